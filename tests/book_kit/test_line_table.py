"""memory_profiler's table of lines is read back as figures, row by row."""

from __future__ import annotations

import subprocess

import pytest

from book_kit.running import interpreter, line_table
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

MIBS = ("0.859", "1.121", "0.793")


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


@pytest.mark.parametrize(
    ("beginning", "increment"),
    [("x = list(", 38.3), ("y = copy", 1007.7), ("del x", -7.6), ("@profile", 51.9)],
)
@pytest.mark.usefixtures("printed")
def test_a_line_is_found_by_how_its_code_begins(beginning: str, increment: float) -> None:
    table = line_table.run("memory-profile-me", lines={"line": beginning}, key="probe.lines")
    assert table["line"].values == (increment,)
    assert table["line"].unit == "MiB"
    assert table["line"].name == "probe.lines.line"
    assert table["line"].instrument == "memory_profiler's Increment"


@pytest.mark.usefixtures("printed")
def test_every_repeat_gives_an_increment() -> None:
    table = line_table.run("memory-profile-me", lines={"list": "x ="}, repeats=2, key="probe.lines")
    assert table["list"].values == (38.3, 38.5)


def test_the_table_shown_is_of_the_repeat_that_has_the_median(printed: list[str]) -> None:
    printed[:] = [PRINTED.replace("38.3 MiB           1", f"{mib} MiB           1") for mib in MIBS]
    table = line_table.run("memory-profile-me", lines={"list": "x ="}, repeats=3, key="probe.lines")
    assert table["list"].median == 0.859
    assert "0.859 MiB" in table.text


@pytest.mark.parametrize("beginning", ["z = ", "def function", "range(", "38.3"])
@pytest.mark.usefixtures("printed")
def test_a_line_that_has_no_figure_is_an_error_that_names_it(beginning: str) -> None:
    with pytest.raises(ExperimentError, match="has no line"):
        line_table.run("memory-profile-me", lines={"line": beginning}, key="probe.lines")


@pytest.mark.usefixtures("printed")
def test_the_text_is_the_table_and_not_what_the_script_printed_before_it() -> None:
    table = line_table.run("memory-profile-me", lines={}, key="probe.lines")
    assert table.text.startswith("Filename: scripts/memory-profile-me.py")
    assert table.text.endswith("del x")


def test_output_without_a_table_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, stdout="nothing\n", stderr="")

    monkeypatch.setattr(interpreter, "run", run)
    with pytest.raises(ExperimentError, match="has no line 'x'"):
        line_table.run("memory-profile-me", lines={"line": "x"}, key="probe.lines")


def test_the_profiler_s_own_table_of_a_script_is_read() -> None:
    table = line_table.run(
        "memory-profile-me",
        "--length",
        1_000_000,
        lines={"list": "x = list(range", "copy": "y = deepcopy", "del": "del x"},
        key="lines",
    )
    # A list of a million integers: a pointer of 8 bytes and a block of 32 bytes each.
    assert table["list"].median == pytest.approx(40_000_000 / 2**20, rel=0.05)
    # The copy is a list of the same integers: pointers alone, and the list grows as it is made.
    assert 0.9 * 8_000_000 / 2**20 < table["copy"].median < 0.5 * table["list"].median
    assert table["del"].median < 0
