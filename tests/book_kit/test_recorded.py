"""What other interpreters said, and how the book quotes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elements import Elements

from book_kit import project
from book_kit.evidence import recorded
from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import BrokenFile
from book_kit.running.experiment import Result
from book_kit.show import history


def record(version: str, **more: Any) -> dict[str, Any]:
    return {
        "implementation": "CPython",
        "version": version,
        "bits": 64,
        "platform": "linux x86_64",
        "recorded": "2026-11-24",
        "sizes": {"[]": 56, "()": 48},
        "growth": {"list": [[0, 56], [1, 88]]},
        "facts": {"largest_cached_int": 256, "gc_thresholds": [700, 10, 10]},
        "behaviors": {"million-floats": [{"alive": 30.0}, {"alive": 31.0}, {"alive": 35.0}]},
        "instruments": {"sizes": "sys.getsizeof", "behaviors": "the kernel"},
        "cannot": {},
        **more,
    }


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "_toc.yml").touch()
    path = tmp_path / "book" / "recorded" / "interpreters.json"
    path.parent.mkdir(parents=True)
    content = [
        record("2.7.18", sizes={"[]": 72, "()": 56}),
        record("3.11.2"),
        record("3.11.7", sizes={"[]": 56, "()": 40}),
        record("3.14.2", bits=32, platform="emscripten wasm32", sizes={"[]": 28}),
        record("3.11.17", implementation="PyPy", sizes={}, behaviors={}),
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setenv(project.VARIABLE, str(tmp_path))
    recorded.interpreters.cache_clear()
    yield path
    recorded.interpreters.cache_clear()


def test_an_interpreter_is_known_by_its_version_or_by_what_it_is() -> None:
    labels = [one.label for one in recorded.latest()]
    assert labels == ["2.7", "3.11", "wasm32", "PyPy"]


def test_of_two_records_of_a_version_the_later_one_counts() -> None:
    assert recorded.figure("3.11", "()").value == 40


def write(file: Path, *records: dict[str, Any]) -> None:
    file.write_text(json.dumps(records), encoding="utf-8")
    recorded.interpreters.cache_clear()


@pytest.mark.parametrize(
    ("older", "later"),
    [
        ("3.11.2", "3.11.14"),
        ("3.15.0alpha2", "3.15.0"),
        ("3.15.0alpha9", "3.15.0alpha10"),
        ("3.15.0alpha9", "3.15.0beta1"),
        ("3.15.0beta4", "3.15.0candidate1"),
        ("3.15.0candidate3", "3.15.0"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_latest_is_the_highest_version_wherever_it_stands_in_the_file(
    file: Path, older: str, later: str, turned: bool
) -> None:
    pair = [record(older), record(later)]
    write(file, *(reversed(pair) if turned else pair))
    assert [one.content["version"] for one in recorded.latest()] == [later]
    assert [one.content["version"] for one in recorded.interpreters()] == [older, later]


def test_of_one_version_the_build_of_python_org_comes_before_a_patched_one(file: Path) -> None:
    stock, patched = record("3.6.15", sizes={"[]": 64}), record("3.6.15", note="patched")
    for pair in ([stock, patched], [patched, stock]):
        write(file, *pair)
        assert recorded.figure("3.6", "[]").value == 64


def test_builds_that_differ_in_their_objects_have_labels_of_their_own(file: Path) -> None:
    write(
        file,
        record("3.14.2", gil=True, unicode="wide"),
        record("3.14.2", gil=False, unicode="wide"),
        record("3.14.2", gil=False, debug=True),
        record("3.12.1", debug=True),
        record("2.7.18", unicode="narrow"),
        record("3.14.2", bits=32),
        record("3.14.2", bits=32, gil=False),
    )
    labels = {one.label for one in recorded.latest()}
    assert labels == {
        "3.14",
        "3.14t",
        "3.14td",
        "3.12d",
        "2.7n",
        "3.14, 32 bits",
        "3.14t, 32 bits",
    }
    assert [one.label for one in history.cpythons()] == ["3.14"]


def test_a_note_on_the_build_is_told_with_every_figure(file: Path) -> None:
    write(file, record("3.6.15", note="built with a patch"))
    for name in ("[]", "largest_cached_int", "million-floats.alive"):
        assert "built with a patch" in recorded.figure("3.6", name).source
    html = history.table({"a list": "[]"}, {}, caption="Sizes").html
    assert "built with a patch" in html
    assert recorded.builds()[0][-1] == "built with a patch"


def test_a_step_that_a_run_lacks_is_refused_by_name(file: Path) -> None:
    runs = [{"alive": 1.0, "dead": 0.5}, {"alive": 1.0}]
    one = recorded.Interpreter(record("3.11.2", behaviors={"million-floats": runs}))
    assert one.behavior("million-floats", "dead") is None
    write(file, one.content)
    with pytest.raises(BrokenFile, match="the runs of million-floats name different steps"):
        recorded.figure("3.11", "million-floats.alive")


BROKEN = {
    "cut": '[{"implementation": "CPython"',
    "empty": "",
    "an object": "{}",
    "no record": "[1]",
    "without sizes": json.dumps([{k: v for k, v in record("3.11.2").items() if k != "sizes"}]),
    "no version": json.dumps([record("three")]),
    "a size that is text": json.dumps([record("3.11.2", sizes={"[]": "56"})]),
    "a size that is NaN": json.dumps([record("3.11.2", sizes={"[]": float("nan")})]),
    "growth of one number": json.dumps([record("3.11.2", growth={"list": [1]})]),
    "a step that is null": json.dumps(
        [record("3.11.2", behaviors={"million-floats": [{"alive": None}]})]
    ),
    "no run": json.dumps([record("3.11.2", behaviors={"million-floats": [1]})]),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_record_is_named_with_a_remedy_in_a_line(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    recorded.interpreters.cache_clear()
    for ask in (recorded.latest, lambda: recorded.figure("3.11", "[]"), history.cpythons):
        with pytest.raises(BrokenFile) as raised:
            ask()
        (line,) = str(raised.value).splitlines()
        assert line.startswith("interpreters.json is broken: ")
        assert "git checkout -- book/recorded/interpreters.json" in line


def test_a_missing_record_is_named_with_a_remedy(file: Path) -> None:
    file.unlink()
    with pytest.raises(BrokenFile, match=r"interpreters\.json is missing; .git checkout"):
        recorded.latest()


def test_an_expression_has_a_size_in_bytes_and_says_where_it_comes_from() -> None:
    figure = recorded.figure("2.7", "[]")
    assert str(figure).replace("\N{NO-BREAK SPACE}", " ") == "72 bytes"
    for part in ("2026-11-24", "CPython 2.7.18", "64 bits", "linux x86_64", "sys.getsizeof"):
        assert part in figure.source


def test_a_step_of_a_job_is_the_median_of_its_runs() -> None:
    figure = recorded.figure("2.7", "million-floats.alive")
    assert (figure.value, figure.unit) == (31.0, "MiB")
    assert "median of 3 runs" in figure.source


def test_a_fact_is_a_count() -> None:
    assert recorded.figure("3.11", "largest_cached_int").value == 256


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("1.5", "[]"),
        ("2.7", "nothing"),
        ("PyPy", "[]"),
        ("PyPy", "million-floats.alive"),
        ("2.7", "million-floats.never"),
        ("2.7", "gc_thresholds"),
    ],
)
def test_what_is_not_on_record_is_refused(label: str, name: str) -> None:
    with pytest.raises(LookupError):
        recorded.figure(label, name)


def test_a_table_marks_what_changed_from_one_version_to_the_next() -> None:
    html = history.table({"a list": "[]"}, {}, caption="Sizes", others=["wasm32"]).html
    assert html.count("changed") == 1
    assert ">72<" in html
    assert ">56<" in html
    assert ">28<" in html


def test_a_table_may_begin_with_a_version_and_have_no_column_for_the_build() -> None:
    html = history.table({"a list": "[]"}, {}, caption="Sizes", since="3.11").html
    assert Elements(html).text == "Sizesobject3.11a list56"


def test_an_interpreter_that_cannot_say_has_an_empty_cell() -> None:
    html = history.table({"a list": "[]"}, {}, caption="Sizes", others=["PyPy"]).html
    assert '<td class="number quoted"></td>' in html


def test_a_line_goes_from_version_to_version() -> None:
    markup = history.lines({"a list": "[]"}, y="bytes", alt="It falls.", caption="Sizes")
    assert "from 72 at 2.7 to 56 at 3.11" in markup.html


def test_memory_counts_as_changed_only_beyond_what_runs_differ_by() -> None:
    html = history.table({"alive": "million-floats.alive"}, {}, caption="Memory").html
    assert ">31.0<" in html
    assert "changed" not in html


def test_bare_numbers_in_two_units_never_stand_side_by_side() -> None:
    two = {"a list": "[]", "alive": "million-floats.alive"}
    with pytest.raises(ValueError, match=r"a list \(2\.7\) in bytes, alive \(2\.7\) in MiB"):
        history.table(two, {}, caption="Sizes")
    with pytest.raises(ValueError, match="more than one unit"):
        history.lines(two, y="bytes", alt="Both.", caption="Sizes")
    here = Measurement("[]", "KiB", (0.1,), "scale")
    build = {"": Result("object-sizes", "", "", {"[]": here}, "", 0, 0)}
    with pytest.raises(ValueError, match="this build"):
        history.table({"a list": "[]"}, build, caption="Sizes")
