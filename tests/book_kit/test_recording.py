"""Asking interpreters what objects cost: finding them, putting the question, keeping the answer."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from book_kit.recording import __main__ as recorder
from book_kit.recording import ask, find
from measured import probe

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs shell scripts as interpreters")
#: Jobs of behavior take seconds each; the recorder's own work shows with sizes alone.
NO_BEHAVIORS: dict[str, tuple[str, ...]] = {}


def interpreter(folder: Path, name: str, body: str | None = None) -> Path:
    """Make a program that acts as an interpreter: this one, unless `body` says what it does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    acts = body or f'exec {sys.executable} "$@"'
    path.write_text(f"#!/bin/sh\n{acts}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any interpreter."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(probe, "STEPS", NO_BEHAVIORS)
    return tmp_path


def recorded(path: Path) -> list[dict[str, object]]:
    loaded: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@POSIX
def test_interpreters_are_found_on_the_path_and_by_pyenv_each_once(machine: Path) -> None:
    python = interpreter(machine / "bin", "python3.11")
    interpreter(machine / "bin", "python3-config")
    interpreter(machine / "bin", "pythonw-helper")
    (machine / "bin" / "python3").symlink_to(python)
    pypy = interpreter(machine / "pyenv" / "versions" / "pypy" / "bin", "pypy3")
    interpreter(machine / "pyenv" / "shims", "python2.7")
    assert {Path(command[0]).resolve() for command in find.find()} == {python, pypy}


@POSIX
def test_a_record_says_who_was_asked_when_and_what_the_answer_was(machine: Path) -> None:
    interpreter(machine / "bin", "python3")
    file = machine / "interpreters.json"
    assert recorder.main(["--file", str(file)]) == 0
    (one,) = recorded(file)
    assert {"implementation", "version", "bits", "platform", "recorded", "sizes"} <= set(one)
    assert one["version"] == probe.identity()["version"]
    sizes = one["sizes"]
    assert isinstance(sizes, dict)
    assert sizes["[]"] == sys.getsizeof([])
    assert len(sizes) >= 40


@POSIX
def test_a_new_record_replaces_the_old_one_of_the_same_interpreter_only(machine: Path) -> None:
    python = interpreter(machine / "bin", "python3")
    file = machine / "interpreters.json"
    recorder.main(["--file", str(file)])
    (mine,) = recorded(file)
    other = {**mine, "version": "2.7.18", "sizes": {"[]": 72}}
    file.write_text(json.dumps([other, {**mine, "sizes": {"[]": 1}}]), encoding="utf-8")
    assert recorder.main(["--only", "--file", str(file), str(python)]) == 0
    assert recorded(file) == [other, mine]


@POSIX
def test_what_does_not_answer_is_left_out_with_the_reason(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    interpreter(machine / "bin", "python2", "echo 'no such version' >&2; exit 3")
    interpreter(machine / "bin", "python3", "echo hello")
    assert recorder.main(["--file", str(machine / "interpreters.json")]) == 1
    said = capsys.readouterr().err
    assert "no such version" in said
    assert "not JSON" in said
    assert "no interpreter answered" in said
    assert not (machine / "interpreters.json").exists()


def test_a_command_that_is_not_there_is_left_out(machine: Path) -> None:
    file = machine / "interpreters.json"
    assert recorder.main(["--only", "--file", str(file), "no-such-python"]) == 1
    assert not file.exists()


@pytest.mark.parametrize("content", ["[{", "{}", "[1]", '[{"version": "3.11.2"}]'])
def test_a_broken_record_is_named_in_a_line_and_stays_as_it_is(
    machine: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = machine / "interpreters.json"
    file.write_text(content, encoding="utf-8")
    assert recorder.main(["--only", "--file", str(file), sys.executable]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("interpreters: interpreters.json is broken: ")
    assert file.read_text(encoding="utf-8") == content


def test_a_command_with_an_open_quote_is_named(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = machine / "interpreters.json"
    assert recorder.main(["--only", "--file", str(file), "'python3"]) == 1
    assert 'the COMMAND "\'python3" is broken' in capsys.readouterr().err


def says(folder: Path, name: str, **differently: object) -> Path:
    """Make a program that answers as this interpreter does, but for some of what it says."""
    answer = json.dumps({**probe.everything_without_a_kernel(), **differently})
    return interpreter(folder, name, f"/bin/cat <<'end'\n{answer}\nend")


@POSIX
def test_builds_of_one_version_each_have_a_record_of_their_own(machine: Path) -> None:
    usual: dict[str, object] = {
        "implementation": "CPython",
        "version": "3.14.2",
        "bits": 64,
        "unicode": "wide",
    }
    builds: list[dict[str, object]] = [
        {},
        {"gil": False},
        {"gil": False, "debug": True},
        {"debug": True},
        {"bits": 32},
        {"version": "3.14.2candidate1"},
        {"unicode": "narrow"},
        {"platform": "darwin arm64"},
    ]
    commands = [
        str(
            says(
                machine / "bin", f"python{number}", **{**usual, "gil": True, "debug": False, **one}
            )
        )
        for number, one in enumerate(builds)
    ]
    file = machine / "interpreters.json"
    assert recorder.main(["--only", "--file", str(file), *commands]) == 0
    assert recorder.main(["--only", "--file", str(file), *reversed(commands)]) == 0
    assert len(recorded(file)) == len(builds)


@POSIX
def test_records_stand_in_the_order_of_their_versions(machine: Path) -> None:
    versions = [
        "3.11.14",
        "3.15.0",
        "3.15.0alpha7",
        "3.11.2",
        "3.9.18",
        "3.15.0beta1",
        "3.15.0alpha12",
    ]
    commands = [
        str(says(machine / "bin", f"python-{version}", version=version)) for version in versions
    ]
    file = machine / "interpreters.json"
    assert recorder.main(["--only", "--file", str(file), *commands]) == 0
    assert [one["version"] for one in recorded(file)] == [
        "3.9.18",
        "3.11.2",
        "3.11.14",
        "3.15.0alpha7",
        "3.15.0alpha12",
        "3.15.0beta1",
        "3.15.0",
    ]


@POSIX
@pytest.mark.parametrize(
    ("version", "empty_list", "noted"),
    [
        ("3.6.15", 72, True),
        ("3.6.15", 64, False),
        ("3.7.3", 72, True),
        ("3.7.4candidate1", 72, False),
        ("3.7.16", 72, False),
        ("2.7.18", 72, False),
        ("3.8.18", 56, False),
    ],
)
def test_a_build_with_a_header_that_its_version_has_not_is_noted(
    machine: Path, version: str, empty_list: int, noted: bool
) -> None:
    who = {"implementation": "CPython", "version": version, "bits": 64, "gil": True}
    sizes = {**probe.sizes()["sizes"], "[]": empty_list}
    command = says(machine / "bin", "python", **who, unicode="wide", debug=False, sizes=sizes)
    assert ("bpo-27987" in ask.sizes((str(command),)).get("note", "")) is noted


@POSIX
@pytest.mark.parametrize("answer", ["3", "null", "{}", '{"version": "3.11.2"}', "[]"])
def test_an_answer_that_is_not_the_probes_is_left_out_with_the_reason(
    machine: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    command = interpreter(machine / "bin", "python", f"echo '{answer}'")
    file = machine / "interpreters.json"
    assert recorder.main(["--only", "--file", str(file), str(command)]) == 1
    assert "left out, its answer is no" in capsys.readouterr().err


@POSIX
def test_runs_that_name_different_steps_are_no_record(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "STEPS", {"million-floats": ("alive",)})
    answer = json.dumps({**probe.everything_without_a_kernel(), "platform": "linux"})
    once = machine / "once"
    acts = (
        f"if [ $2 = sizes ]; then /bin/cat <<'end'\n{answer}\nend\n"
        f"elif [ -e {once} ]; then echo '{{}}'; else echo '{{\"alive\": 1}}'; : > {once}; fi"
    )
    command = interpreter(machine / "bin", "python", acts)
    file = machine / "interpreters.json"
    assert recorder.main(["--only", "--file", str(file), str(command)]) == 0
    (one,) = recorded(file)
    assert one["behaviors"] == {}
    assert "different steps" in str(one["cannot"])


@POSIX
def test_an_interpreter_is_asked_without_the_variables_that_change_its_answers(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONMALLOC", "malloc")
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    command = interpreter(machine / "bin", "python", "export -p > \"$0.variables\"; echo '{}'")
    with pytest.raises(ask.Refusal):
        ask.sizes((str(command),))
    passed_on = command.with_name("python.variables").read_text(encoding="utf-8")
    assert "MALLOC" not in passed_on
    assert "PATH=" in passed_on


@pytest.mark.parametrize("expression", [*probe.SIZES, *probe.NEWER_SIZES])
def test_every_expression_stands_on_its_own(expression: str) -> None:
    assert probe.size_of(expression) == sys.getsizeof(eval(expression, {}))


@pytest.mark.parametrize("container", ["list", "dict", "set", "bytearray", "str"])
def test_growth_begins_empty_and_never_shrinks(container: str) -> None:
    curve = probe.sizes()["growth"][container]
    items = [point[0] for point in curve]
    sizes = [point[1] for point in curve]
    assert items[0] == 0
    assert len(curve) > 3
    assert items == sorted(set(items))
    assert sizes == sorted(set(sizes))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's counters")
@pytest.mark.parametrize("job", ["million-floats", "survivors-contiguous", "memory-profile-me"])
def test_a_job_measures_the_steps_that_the_record_names(job: str) -> None:
    answer = ask._ask((sys.executable,), job)
    assert set(answer) == set(probe.STEPS[job])
