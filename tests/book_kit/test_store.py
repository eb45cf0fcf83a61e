"""What an experiment reported is kept by what it depended on, and given only while that holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from book_kit import project
from book_kit.running import dependence, store
from book_kit.running.dependence import Inputs, digest, gather
from book_kit.running.store import Request

REQUEST = Request("scripts/pears.py", ("--size", "1"), 3)
VALUE = {"runs": [{"output": "{}", "error": "naïve \N{BULLET}"}], "seconds": 0.1, "measured": 1.5}


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project with one script."""
    (tmp_path / "_toc.yml").touch()
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "pears.py").write_text("PEARS = 23\n")
    monkeypatch.setenv(project.VARIABLE, str(tmp_path))
    yield tmp_path


def inputs() -> Inputs:
    return Inputs({"scripts/pears.py": digest(Path("scripts/pears.py"))}, {})


def files() -> list[Path]:
    return [path for path in project.results().rglob("*") if path.is_file()]


def test_what_was_kept_answers_the_same_request() -> None:
    assert store.answer(REQUEST) is None
    name = store.keep(REQUEST, inputs(), VALUE)
    assert store.answer(REQUEST) == (name, VALUE)
    assert store.digest_of_answer(REQUEST) == name


@pytest.mark.parametrize(
    "other",
    [
        Request("scripts/apples.py", ("--size", "1"), 3),
        Request("scripts/pears.py", ("--size", "2"), 3),
        Request("scripts/pears.py", ("--size", "1"), 1),
        Request("scripts/pears.py", ("--size", "1"), 3, (("PYTHONMALLOC", "malloc"),)),
        Request("scripts/pears.py", ("--size", "1"), 3, under=("-m", "memory_profiler")),
    ],
)
def test_another_request_has_another_answer(other: Request) -> None:
    store.keep(REQUEST, inputs(), VALUE)
    assert store.answer(other) is None


def test_an_answer_counts_while_its_inputs_are_as_they_were(root: Path) -> None:
    first = store.keep(REQUEST, inputs(), VALUE)
    (root / "scripts" / "pears.py").write_text("PEARS = 24\n")
    assert store.answer(REQUEST) is None
    second = store.keep(REQUEST, inputs(), {**VALUE, "seconds": 0.2})
    assert store.digest_of_answer(REQUEST) == second
    (root / "scripts" / "pears.py").write_text("PEARS = 23\n")
    assert store.digest_of_answer(REQUEST) == first


def test_a_distribution_of_another_version_is_another_input() -> None:
    assert Inputs({}, {"pytest": pytest.__version__}).hold()
    assert not Inputs({}, {"pytest": "0.1"}).hold()
    assert not Inputs({}, {"no-such-distribution": "1.0"}).hold()


def test_what_lacked_something_depends_on_all_that_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = inputs().and_every_distribution()
    assert lacking.hold()
    monkeypatch.setattr(dependence, "_versions", lambda: {"a-new-one": "1.0"})
    assert not lacking.hold()
    assert inputs().hold()


@pytest.mark.parametrize("damage", ["", "{", "null", '{"digest": "0", "content": {}}', "\0" * 64])
def test_what_cannot_be_read_is_no_answer_and_stands_in_nobody_s_way(damage: str) -> None:
    name = store.keep(REQUEST, inputs(), VALUE)
    for file in files():
        whole = file.read_bytes()
        file.write_text(damage)
        assert store.answer(REQUEST) is None, file
        file.write_bytes(whole)
        assert store.answer(REQUEST) == (name, VALUE), file
        file.write_text(damage)
        assert store.keep(REQUEST, inputs(), VALUE) == name
        assert store.answer(REQUEST) == (name, VALUE)


def test_a_value_that_was_tampered_with_is_no_answer() -> None:
    name = store.keep(REQUEST, inputs(), VALUE)
    place = project.results() / "values" / f"{name}.json"
    kept = json.loads(place.read_text())
    kept["content"]["seconds"] = 99
    place.write_text(json.dumps(kept))
    assert store.answer(REQUEST) is None
    assert not place.exists()


def test_again_asks_nothing_and_keeps_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep(REQUEST, inputs(), VALUE)
    monkeypatch.setenv(store.AGAIN, "1")
    assert store.answer(REQUEST) is None
    name = store.keep(REQUEST, inputs(), {**VALUE, "seconds": 0.3})
    monkeypatch.delenv(store.AGAIN)
    assert store.digest_of_answer(REQUEST) == name


def test_the_store_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        store.keep(Request("scripts/pears.py", (), number), inputs(), VALUE | {"seconds": number})
    assert len(files()) == 40
    monkeypatch.setattr(store, "_MOST_BYTES", 4_000)
    store.tidy()
    assert sum(file.stat().st_size for file in files()) <= 4_000
    assert files()


def test_modules_of_the_project_count_by_content_and_installed_ones_by_version(root: Path) -> None:
    module = root / "scripts" / "pears.py"
    data = root / "pears.txt"
    data.write_text("23")
    found = gather(
        {"__main__": str(module), "pytest": str(pytest.__file__), "json": str(json.__file__)},
        [str(data), str(root / "gone.txt"), "/proc/self/status"],
        since=0,
    )
    assert set(found.files) == {"scripts/pears.py", "pears.txt", "gone.txt"}
    assert found.distributions == {"pytest": pytest.__version__}
    assert found.hold()
    data.write_text("24")
    assert not found.hold()
