"""memory_profiler's table of lines, run in a fresh interpreter and read back as figures."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from book_kit import project
from book_kit.evidence.quantity import Measurement
from book_kit.running import progress
from book_kit.running.experiment import ExperimentError, fresh_interpreter

INSTRUMENT = "memory_profiler's Increment"

_ROW = re.compile(
    r"^\s*(?P<number>\d+)\s+(?P<usage>-?[\d.]+) MiB\s+(?P<increment>-?[\d.]+) MiB"
    r"\s+(?P<occurrences>\d+)\s{2,}(?P<code>.*)$"
)


@dataclass(frozen=True)
class LineTable:
    """What `python -m memory_profiler scripts/SCRIPT.py` printed.

    Attributes
    ----------
    script, command, key
        As for `book_kit.running.experiment.Result`.
    text
        The tables of the last repeat, as printed.
    increments
        For each name that was asked for, the Increment of its line, in MiB.
    seconds
        Time on the clock for all repeats.
    """

    script: str
    command: str
    key: str
    text: str
    increments: Mapping[str, Measurement]
    seconds: float

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
    words = ["-m", "memory_profiler", project.shown(project.script(script)), *map(str, arguments)]
    command = " ".join(["python", *words])
    started = time.perf_counter()
    values: dict[str, list[float]] = {name: [] for name in lines}
    text = ""
    for number in range(1, repeats + 1):
        once = time.perf_counter()
        printed = fresh_interpreter(words, {}, script).stdout
        text = printed[printed.index("Filename:") :].rstrip() if "Filename:" in printed else ""
        for name, beginning in lines.items():
            values[name].append(_increment(text, beginning, script))
        progress.say(f"    {command}  [{number}/{repeats}, {time.perf_counter() - once:.1f} s]")
    increments = {
        name: Measurement(f"{key}.{name}", "MiB", tuple(found), INSTRUMENT)
        for name, found in values.items()
    }
    return LineTable(script, command, key, text, increments, time.perf_counter() - started)


def _increment(text: str, beginning: str, script: str) -> float:
    for line in text.splitlines():
        row = _ROW.match(line)
        if row and row["code"].lstrip().startswith(beginning):
            return float(row["increment"])
    raise ExperimentError(f"memory_profiler's table of {script} has no line {beginning!r}")
