"""memory_profiler's table of lines, run in a fresh interpreter and read back as figures."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from book_kit.evidence.quantity import Measurement
from book_kit.running import experiment
from book_kit.running.interpreter import ExperimentError
from measured import environment

INSTRUMENT = "memory_profiler's Increment"

_UNDER = ("-m", "memory_profiler")
_ROW = re.compile(
    r"^\s*(?P<number>\d+)\s+(?P<usage>-?[\d.]+) MiB\s+(?P<increment>-?[\d.]+) MiB"
    r"\s+(?P<occurrences>\d+)\s{2,}(?P<code>.*)$"
)


@dataclass(frozen=True)
class LineTable:
    """What `python -m memory_profiler scripts/SCRIPT.py` printed.

    Attributes
    ----------
    script, command, key, seconds, waited, environment
        As for `book_kit.running.experiment.Result`.
    text
        The tables of one repeat, as printed: the one that `experiment.typical` picks.
    increments
        For each name that was asked for, the Increment of its line, in MiB.
    """

    script: str
    command: str
    key: str
    text: str
    increments: Mapping[str, Measurement]
    seconds: float
    waited: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Measurement:
        return self.increments[name]


def run(
    script: str, *arguments: object, lines: Mapping[str, str], repeats: int = 1, key: str
) -> LineTable:
    """Run a script under memory_profiler, in fresh interpreters.

    Parameters
    ----------
    script, arguments, repeats, key
        As for `book_kit.running.experiment.run`.
    lines
        For each figure, its name and how its line of code begins.

    Raises
    ------
    ExperimentError
        If a run fails, or no line of its table begins as `lines` says.
    """
    wanted = experiment.request(script, arguments, repeats, under=_UNDER)
    started = time.perf_counter()
    value = experiment.obtain(wanted, as_json=False)
    tables = [_table(run["output"]) for run in value["runs"]]
    increments = {
        name: Measurement(
            f"{key}.{name}",
            "MiB",
            tuple(_increment(text, beginning, script) for text in tables),
            INSTRUMENT,
            (key,),
        )
        for name, beginning in lines.items()
    }
    return LineTable(
        script,
        experiment.command_line(wanted),
        key,
        tables[experiment.typical(list(increments.values()), len(tables))],
        increments,
        value["seconds"],
        time.perf_counter() - started,
        {**environment.describe(), "measured": experiment.day(value)},
    )


def _table(printed: str) -> str:
    return printed[printed.index("Filename:") :].rstrip() if "Filename:" in printed else ""


def _increment(text: str, beginning: str, script: str) -> float:
    for line in text.splitlines():
        row = _ROW.match(line)
        if row and row["code"].lstrip().startswith(beginning):
            return float(row["increment"])
    raise ExperimentError(f"memory_profiler's table of {script} has no line {beginning!r}")
