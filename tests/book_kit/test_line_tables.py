"""Both tables of a script's lines are read back as figures, row by row."""

from __future__ import annotations

import json
import subprocess

import pytest

from book_kit.running import interpreter, line_tables
from book_kit.running.interpreter import ExperimentError

PRINTED = """
list           peak   +38.3 MiB   retained   +38.3 MiB
Filename: scripts/memory-profile-me.py

Line #    Mem usage    Increment  Occurrences   Line Contents
=============================================================
    24     51.9 MiB     51.9 MiB           1   @profile
    25                                         def function():
    26     90.2 MiB     38.3 MiB           1       x = list(range(1_000_000))
    27   1097.9 MiB   1007.7 MiB     1000003       y = copy.deepcopy(x)  # 0.5 MiB  7.0 MiB  1
    28     90.3 MiB     -7.6 MiB           1       del x


"""


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the profiler prints, run by run; a test may change it."""
    outputs = [PRINTED, PRINTED.replace("38.3 MiB           1", "38.5 MiB           1")]
    remaining = iter(outputs)

    def run(words: list[str], *_rest: object) -> subprocess.CompletedProcess[str]:
        assert words[:3] == ["-m", "memory_profiler", "scripts/memory-profile-me.py"]
        return subprocess.CompletedProcess(words, 0, stdout=next(remaining), stderr="")

    monkeypatch.setattr(interpreter, "run", run)
    return outputs


def profiled(repeats: int = 1) -> line_tables.LineTable:
    return line_tables.run(
        line_tables.MEMORY_PROFILER, "memory-profile-me", repeats=repeats, key="probe.lines"
    )


@pytest.mark.parametrize(
    ("beginning", "increment"),
    [("x = list(", 38.3), ("y = copy", 1007.7), ("del x", -7.6), ("@profile", 51.9)],
)
@pytest.mark.usefixtures("printed")
def test_a_line_is_found_by_how_its_code_begins(beginning: str, increment: float) -> None:
    figure = profiled().line(beginning).figures["increment"]
    assert figure.values == (increment,)
    assert figure.unit == "MiB"
    assert figure.instrument == "memory_profiler's Increment"


@pytest.mark.usefixtures("printed")
def test_every_repeat_gives_an_increment() -> None:
    assert profiled(repeats=2).line("x =").figures["increment"].values == (38.3, 38.5)


@pytest.mark.parametrize("beginning", ["z = ", "def function", "range(", "38.3"])
@pytest.mark.usefixtures("printed")
def test_a_line_that_has_no_figure_is_an_error_that_names_it(beginning: str) -> None:
    with pytest.raises(ExperimentError, match="has no line"):
        profiled().line(beginning)


@pytest.mark.parametrize(
    ("instrument", "reason"),
    [
        (line_tables.MEMORY_PROFILER, "memory_profiler printed no table of memory-profile-me"),
        (line_tables.MEASURED, "python -m measured reported no table of memory-profile-me"),
    ],
)
def test_output_without_a_table_is_an_error(
    instrument: line_tables.Instrument, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, stdout="nothing\n", stderr="nothing\n")

    monkeypatch.setattr(interpreter, "run", run)
    with pytest.raises(ExperimentError, match=reason):
        line_tables.run(instrument, "memory-profile-me", repeats=1, key="probe.lines")


def test_what_the_program_says_stands_before_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"function": "f", "line": 3, "source": "x = 1", "peak_mib": 2.5, "retained_mib": 1.5}
    unread = {**line, "line": 2, "peak_mib": None, "retained_mib": None}
    report = {"lines": [unread, line], "instrument": "kernel", "environment": {"python": "3.11"}}

    def run(*_arguments: object) -> subprocess.CompletedProcess[str]:
        error = f"a warning\n{json.dumps(report)}\n"
        return subprocess.CompletedProcess([], 0, stdout="own output\n", stderr=error)

    monkeypatch.setattr(interpreter, "run", run)
    table = line_tables.run(line_tables.MEASURED, "memory-profile-me", repeats=2, key="probe.peaks")
    (only,) = table.lines
    assert (only.function, only.number, only.source) == ("f", 3, "x = 1")
    assert only.figures["peak"].values == (2.5, 2.5)
    assert only.figures["retained"].instrument == "kernel"
    assert table.command == "python -m measured scripts/memory-profile-me.py"
    assert table.environment["python"] == "3.11"


def test_both_tables_of_a_script_agree_on_what_a_line_retained() -> None:
    theirs = line_tables.run(
        line_tables.MEMORY_PROFILER, "memory-profile-me", repeats=1, key="lines"
    )
    ours = line_tables.run(line_tables.MEASURED, "memory-profile-me", repeats=1, key="peaks")
    # A list of a million integers: a pointer of 8 bytes and a block of 32 bytes each.
    for figure in (theirs.line("x =").figures["increment"], ours.line("x =").figures["retained"]):
        assert figure.median == pytest.approx(40_000_000 / 2**20, rel=0.05)
    # The copy is a list of the same integers: pointers alone, and the list grows as it is made.
    for figure in (theirs.line("y =").figures["increment"], ours.line("y =").figures["retained"]):
        assert 0.9 * 8_000_000 / 2**20 < figure.median < 10
    assert theirs.line("del x").figures["increment"].median < 0
    assert ours.line("del x").figures["retained"].median < 0
