"""Programs whose memory is known: each says on its own lines what is true of them, in MiB."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from processes import SRC, run

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
_TRUTH = re.compile(r"(retained|peak|times) (-?[\d.]+)")


def truths(program: Path) -> dict[int, dict[str, float]]:
    """Return what is true of each line, by its number and by what is said of it."""
    said = enumerate(program.read_text().splitlines(), 1)
    return {
        number: {what: float(value) for what, value in _TRUTH.findall(line.rpartition("#")[2])}
        for number, line in said
        if _TRUTH.search(line.rpartition("#")[2])
    }


def others() -> list[str]:
    """Return every other Python of this machine that is new enough, by its path."""
    from book_kit.recording import find

    code = "import sys; print(sys.implementation.name, sys.version_info >= (3, 11), sys.version)"
    mine = run("-c", code).stdout
    found = {}
    for program, *more in find.find():
        if not more:
            said = run("-c", code, interpreter=program).stdout
            if said != mine and said.startswith("cpython True"):
                found[said] = program
    return list(found.values())


def measure(program: Path, folder: Path, interpreter: str = sys.executable) -> dict[str, Any]:
    finished = run(
        "-m",
        "measured",
        "--json",
        folder / "it.json",
        program,
        environment={"PYTHONPATH": str(SRC)},
        interpreter=interpreter,
    )
    assert finished.returncode == 0, finished.stderr
    report: dict[str, Any] = json.loads((folder / "it.json").read_text())
    return report


def deviations(program: Path, report: dict[str, Any]) -> list[str]:
    """Return each figure that is further from the truth than 2 %, or than half a MiB near zero."""
    lines = {line["line"]: line for line in report["lines"]}
    found = []
    for number, truth in truths(program).items():
        for what, true in truth.items():
            measured = lines[number][what if what == "times" else f"{what}_mib"]
            allowed = 0 if what == "times" else max(0.02 * abs(true), 0.5)
            if measured is None or abs(measured - true) > allowed:
                found.append(f"line {number}: {what} {measured}, but {true} is true")
    return found


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_a_program_of_known_memory_is_measured_within_two_percent(
    program: Path, tmp_path: Path
) -> None:
    report = measure(program, tmp_path)
    assert truths(program)
    assert deviations(program, report) == []
    for note in re.findall(r"^# note: (.*)$", program.read_text(), re.M):
        assert any(said.startswith(note) for said in report["notes"])


@pytest.mark.interpreters
def test_so_it_is_on_every_other_python_of_this_machine(tmp_path: Path) -> None:
    pythons = others()
    if not pythons:
        pytest.skip("no other CPython from 3.11 on")
    assert [
        f"{python}, {program.name}, {deviation}"
        for python in pythons
        for program in PROGRAMS
        for deviation in deviations(program, measure(program, tmp_path, python))
    ] == []
