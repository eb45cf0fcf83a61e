"""Run a script in fresh interpreters, as often as its figures need, and gather what it measured."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from book_kit import project
from book_kit.evidence.quantity import Measurement
from book_kit.running import progress
from measured.object_graph import Graph

#: Seconds after which a run counts as hung.
LONGEST_RUN = 600


class ExperimentError(Exception):
    """A script failed; the message carries the reason that it gave."""


@dataclass(frozen=True)
class Result:
    """What a script measured in all its repeats.

    Attributes
    ----------
    script
        The script's name, without its folder and `.py`.
    command
        What a reader types to run it.
    key
        What the names of its figures begin with in the book.
    output
        What the last repeat printed for its reader.
    seconds
        Time on the clock for all repeats.
    peak_mib
        The highest resident memory of any repeat, in MiB.
    series
        Points for pictures, of the last repeat.
    graphs
        What names referred to, for pictures, in the last repeat.
    unavailable
        Figures that cannot be had on this machine, each with the reason.
    environment
        Where the last repeat ran, as `measured.environment` describes it.
    """

    script: str
    command: str
    key: str
    measurements: Mapping[str, Measurement]
    output: str
    seconds: float
    peak_mib: float
    series: Mapping[str, list[tuple[float, float]]] = field(default_factory=dict)
    unavailable: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    graphs: Mapping[str, Graph] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Measurement:
        """Return one figure; `Unavailable` where this machine cannot give it."""
        if name in self.unavailable:
            raise Unavailable(f"{self.key}.{name}", self.unavailable[name])
        try:
            return self.measurements[name]
        except KeyError:
            known = ", ".join(self.measurements)
            raise LookupError(f"{self.script} measured no {name!r}; it measured {known}") from None

    def get(self, name: str) -> Measurement | None:
        """Return one figure, or None where this machine cannot give it: a table's empty cell."""
        return None if name in self.unavailable else self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.measurements)


class Unavailable(LookupError):
    """A figure that this machine cannot give; `reason` says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} is not measured here: {reason}")
        self.reason = reason


def command_line(script: str, *arguments: object) -> str:
    """Return what a reader types to run a script, from the root of the project."""
    return shlex.join(["python", project.shown(project.script(script)), *map(str, arguments)])


def run(
    script: str,
    *arguments: object,
    repeats: int = 3,
    key: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Result:
    """Run a script `repeats` times, each in a fresh interpreter.

    Parameters
    ----------
    script
        Its name, without its folder and `.py`.
    *arguments
        Its command line, without `--json`.
    repeats
        How often; each run gives one value of every figure.
    key
        What the names of its figures begin with; the script's name unless given.
    environment
        Variables to set for it, such as `{"PYTHONMALLOC": "malloc"}`.

    Raises
    ------
    ExperimentError
        If a run fails or takes longer than `LONGEST_RUN` seconds.
    """
    shown = " ".join(f"{name}={value}" for name, value in (environment or {}).items())
    command = f"{shown} {command_line(script, *arguments)}".strip()
    started = time.perf_counter()
    runs = []
    output = ""
    for number in range(1, repeats + 1):
        once = time.perf_counter()
        report, output = _run_once(script, [str(a) for a in arguments], environment or {})
        runs.append(report)
        progress.say(f"    {command}  [{number}/{repeats}, {time.perf_counter() - once:.1f} s]")
    return Result(
        script=script,
        command=command,
        key=key or script,
        measurements=_gather(key or script, runs),
        output=output,
        seconds=time.perf_counter() - started,
        peak_mib=max(report["process_peak_mib"] for report in runs),
        series={n: [(x, y) for x, y in points] for n, points in runs[-1]["series"].items()},
        unavailable={name: why for report in runs for name, why in report["unavailable"].items()},
        environment=runs[-1]["environment"],
        graphs={name: Graph.from_json(drawn) for name, drawn in runs[-1]["graphs"].items()},
    )


def _run_once(
    script: str, arguments: list[str], environment: Mapping[str, str]
) -> tuple[dict[str, Any], str]:
    finished = fresh_interpreter(
        [str(project.script(script)), *arguments, "--json"], environment, script
    )
    return json.loads(finished.stdout), finished.stderr


def fresh_interpreter(
    arguments: list[str], environment: Mapping[str, str], script: str
) -> subprocess.CompletedProcess[str]:
    """Run this interpreter anew from the project's root, and wait for it.

    Raises
    ------
    ExperimentError
        If it fails, or takes longer than `LONGEST_RUN` seconds.
    """
    variables = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", **environment}
    variables.pop(progress.VARIABLE, None)
    try:
        finished = subprocess.run(
            [sys.executable, *arguments],
            cwd=project.root(),
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LONGEST_RUN,
        )
    except subprocess.TimeoutExpired:
        raise ExperimentError(f"{script} did not finish in {LONGEST_RUN} s") from None
    if finished.returncode != 0:
        said = finished.stderr.strip().splitlines() or ["it gave no reason"]
        raise ExperimentError(f"{script} failed with exit code {finished.returncode}: {said[-1]}")
    return finished


def _gather(key: str, runs: list[dict[str, Any]]) -> dict[str, Measurement]:
    gathered = {}
    for name, first in runs[0]["measurements"].items():
        values = tuple(float(report["measurements"][name]["value"]) for report in runs)
        gathered[name] = Measurement(f"{key}.{name}", first["unit"], values, first["instrument"])
    return gathered
