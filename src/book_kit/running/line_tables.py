"""Two tables of a script's lines, each from fresh interpreters, read back as figures.

memory_profiler's table is text on standard output; that of `python -m measured` is a line of JSON
on standard error.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from book_kit.evidence.quantity import Measurement
from book_kit.running import experiment
from book_kit.running.interpreter import ExperimentError
from measured import environment

PROFILER = "memory_profiler's Increment"

_ROW = re.compile(
    r"^\s*(?P<number>\d+)\s+(?P<usage>-?[\d.]+) MiB\s+(?P<increment>-?[\d.]+) MiB"
    r"\s+(?P<occurrences>\d+)\s{2,}(?P<code>.*)$"
)


@dataclass(frozen=True)
class Line:
    """A line of source and what one of the tables says of it.

    Attributes
    ----------
    function
        The function that it belongs to; empty where the table does not say.
    number, source
        Its number in its file, and its text.
    figures
        In MiB: `increment` in memory_profiler's table, `peak` and `retained` in the other.
    """

    function: str
    number: int
    source: str
    figures: Mapping[str, Measurement]


@dataclass(frozen=True)
class LineTable:
    """What one of the two instruments said of a script's lines.

    Attributes
    ----------
    script, command, key, seconds, waited, environment
        As for `book_kit.running.experiment.Result`.
    lines
        The lines that have figures, in the order of the table.
    """

    script: str
    command: str
    key: str
    lines: tuple[Line, ...]
    seconds: float
    waited: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict)

    def line(self, beginning: str) -> Line:
        """Return the first line whose code begins so.

        Raises
        ------
        ExperimentError
            If there is none.
        """
        for line in self.lines:
            if line.source.lstrip().startswith(beginning):
                return line
        raise ExperimentError(f"the table of {self.script} has no line {beginning!r}")


@dataclass(frozen=True)
class _Table:
    rows: Sequence[tuple[str, int, str, Mapping[str, float]]]
    instrument: str
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Instrument:
    """What prints a table of a script's lines.

    Attributes
    ----------
    shown
        What a reader puts before the script to have it.
    options
        What comes after that where the book reads it.
    stream
        Where it goes: `output` or `error`.
    read
        Reads it, for the script of that name.
    """

    shown: tuple[str, ...]
    options: tuple[str, ...]
    stream: str
    read: Callable[[str, str], _Table]


def run(
    instrument: Instrument, script: str, *arguments: object, repeats: int, key: str
) -> LineTable:
    """Run a script under an instrument; other parameters as for `book_kit.running.experiment.run`.

    Raises
    ------
    ExperimentError
        If a run fails, or prints no table.
    """
    under = (*instrument.shown, *instrument.options)
    wanted = experiment.request(script, arguments, repeats, under=under)
    started = time.perf_counter()
    value = experiment.obtain(wanted, as_json=False)
    tables = [instrument.read(printed[instrument.stream], script) for printed in value["runs"]]
    lines = []
    for row in zip(*(table.rows for table in tables), strict=True):
        function, number, source, kinds = row[0]
        figures = {
            kind: Measurement(
                f"{key}.{number}.{kind}",
                "MiB",
                tuple(figures[kind] for *_, figures in row),
                tables[0].instrument,
                (key,),
            )
            for kind in kinds
        }
        lines.append(Line(function, number, source, figures))
    return LineTable(
        script,
        experiment.command_line(replace(wanted, under=instrument.shown)),
        key,
        tuple(lines),
        value["seconds"],
        time.perf_counter() - started,
        {**tables[0].environment, "measured": experiment.day(value)},
    )


def _rows_of_text(printed: str, script: str) -> _Table:
    found = [row for row in map(_ROW.match, printed.splitlines()) if row]
    if not found:
        raise ExperimentError(f"memory_profiler printed no table of {script}")
    rows = [
        ("", int(row["number"]), row["code"], {"increment": float(row["increment"])})
        for row in found
    ]
    return _Table(rows, PROFILER, environment.describe())


def _rows_of_json(complained: str, script: str) -> _Table:
    try:
        report: dict[str, Any] = json.loads(complained.strip().splitlines()[-1])
    except (ValueError, IndexError):
        raise ExperimentError(f"python -m measured reported no table of {script}") from None
    rows = [
        (
            line["function"],
            line["line"],
            line["source"],
            {"peak": line["peak_mib"], "retained": line["retained_mib"]},
        )
        for line in report["lines"]
        if line["peak_mib"] is not None
    ]
    return _Table(rows, report["instrument"], report["environment"])


MEMORY_PROFILER = Instrument(("-m", "memory_profiler"), (), "output", _rows_of_text)
MEASURED = Instrument(("-m", "measured"), ("--json", "-"), "error", _rows_of_json)
