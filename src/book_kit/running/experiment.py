"""Run a script in fresh interpreters, as often as its figures need, and gather what it measured."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book_kit import project
from book_kit.evidence.quantity import Measurement
from book_kit.running import dependence, interpreter, progress, store
from book_kit.running.interpreter import ExperimentError
from book_kit.running.store import Request
from measured import units
from measured.files import temporary_folder
from measured.object_graph import Graph

#: What the cells of this process have asked for, with the digest of each answer.
asked: list[tuple[Request, str]] = []


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
        What a repeat printed for its reader: the one that `typical` picks.
    seconds
        Time on the clock for all repeats, when they ran.
    waited
        Time on the clock that this build spent on them: next to nothing where the store had them.
    peak_mib
        The highest resident memory of any repeat, in MiB.
    series
        Points for pictures, of the repeat that `output` shows.
    graphs
        What names referred to, for pictures, in that repeat.
    unavailable
        Figures that cannot be had on this machine, each with the reason.
    environment
        Where it ran, as `measured.environment` describes it, and when.
    """

    script: str
    command: str
    key: str
    measurements: Mapping[str, Measurement]
    output: str
    seconds: float
    peak_mib: float
    waited: float = 0.0
    series: Mapping[str, list[tuple[float, float]]] = field(default_factory=dict)
    unavailable: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    graphs: Mapping[str, Graph] = field(default_factory=dict)
    missing: str = ""

    def __getitem__(self, name: str) -> Measurement:
        """Return one figure; `Unavailable` where this machine cannot give it."""
        if self.missing:
            raise Unavailable(f"{self.key}.{name}", self.missing)
        if name in self.unavailable:
            raise Unavailable(f"{self.key}.{name}", self.unavailable[name])
        try:
            return self.measurements[name]
        except KeyError:
            known = ", ".join(self.measurements)
            raise LookupError(f"{self.script} measured no {name!r}; it measured {known}") from None

    def get(self, name: str) -> Measurement | None:
        """Return one figure, or None where this machine cannot give it: a table's empty cell."""
        return None if self.missing or name in self.unavailable else self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.measurements)


class Unavailable(LookupError):
    """A figure that this machine cannot give; `reason` says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} is not measured here: {reason}")
        self.reason = reason


def command_line(request: Request) -> str:
    """Return what a reader types to run it, from the root of the project."""
    shown = " ".join(f"{name}={value}" for name, value in request.variables)
    words = shlex.join(["python", *request.under, request.script, *request.words])
    return f"{shown} {words}".strip()


def request(
    script: str,
    arguments: Sequence[object],
    repeats: int,
    environment: Mapping[str, str] | None = None,
    under: Sequence[str] = (),
) -> Request:
    """Make the request for a script, which is found by its name."""
    return Request(
        project.shown(project.script(script)),
        tuple(map(str, arguments)),
        repeats,
        tuple((environment or {}).items()),
        tuple(under),
    )


def run(
    script: str,
    *arguments: object,
    repeats: int = 3,
    key: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Result:
    """Run a script `repeats` times, each in a fresh interpreter, or recall what it reported.

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
        If a run fails, takes too long, or its repeats do not measure the same figures.
    LookupError
        If there is no script of that name.
    """
    wanted = request(script, arguments, repeats, environment)
    started = time.perf_counter()
    value = obtain(wanted, as_json=True)
    return _result(script, key or script, wanted, value, time.perf_counter() - started)


def obtain(wanted: Request, *, as_json: bool) -> dict[str, Any]:
    """Return what the repeats of a request printed: from the store, or else by running them.

    Parameters
    ----------
    wanted
        The request.
    as_json
        Whether the script is to report in JSON.

    Returns
    -------
    dict
        In `runs` for each repeat what it wrote to standard `output` and `error`, the `seconds`
        that all of them took, and the moment at which the last one was `measured`.
    """
    found = store.answer(wanted)
    if found is not None:
        asked.append((wanted, found[0]))
        progress.say(f"    {command_line(wanted)}  [as measured {day(found[1])}]")
        return found[1]
    words = [*wanted.under, wanted.script, *wanted.words, *(["--json"] if as_json else [])]
    name = Path(wanted.script).stem
    started, clock, runs = time.time(), time.perf_counter(), []
    with temporary_folder("measured-inputs-") as folder:
        for number in range(1, wanted.repeats + 1):
            once = time.perf_counter()
            finished = interpreter.run(words, dict(wanted.variables), name, folder)
            runs.append({"output": finished.stdout, "error": finished.stderr})
            took = time.perf_counter() - once
            interpreter.say(command_line(wanted), number, wanted.repeats, took)
        inputs = dependence.told_in(folder, started)
    if as_json and any(_lacks_something(name, run["output"]) for run in runs):
        inputs = inputs.and_every_distribution()
    value = {"runs": runs, "seconds": time.perf_counter() - clock, "measured": time.time()}
    asked.append((wanted, store.keep(wanted, inputs, value)))
    return value


def _lacks_something(script: str, output: str) -> bool:
    report = _report(script, output)
    return bool(report.get("missing") or report.get("unavailable"))


def day(value: Mapping[str, Any]) -> str:
    """Return when a value was measured, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(value["measured"]))


def _result(
    script: str, key: str, wanted: Request, value: Mapping[str, Any], waited: float
) -> Result:
    reports = [_report(script, run["output"]) for run in value["runs"]]
    missing = next((one["missing"] for one in reports if one.get("missing")), "")
    measurements = {} if missing else _gather(script, key, reports)
    printed = _printed(measurements, [run["error"] for run in value["runs"]])
    shown = typical(printed or list(measurements.values()), len(reports))
    report = reports[shown]
    return Result(
        script=script,
        command=command_line(wanted),
        key=key,
        measurements=measurements,
        output=value["runs"][shown]["error"],
        seconds=value["seconds"],
        waited=waited,
        peak_mib=max(one["process_peak_mib"] for one in reports),
        series={n: [(x, y) for x, y in points] for n, points in report["series"].items()},
        unavailable={name: why for one in reports for name, why in one["unavailable"].items()},
        environment={**report["environment"], "measured": day(value)},
        graphs={name: Graph.from_json(drawn) for name, drawn in report["graphs"].items()},
        missing=missing,
    )


def _report(script: str, text: str) -> dict[str, Any]:
    try:
        report = json.loads(text)
    except ValueError:
        raise ExperimentError(f"{script} reported no JSON object: {text[:60]!r}") from None
    if not isinstance(report, dict):
        raise ExperimentError(f"{script} reported no JSON object: {text[:60]!r}")
    return report


def _gather(script: str, key: str, reports: Sequence[Mapping[str, Any]]) -> dict[str, Measurement]:
    """Make a measurement of each figure; a repeat that lacks one gives it up, with its reason."""
    names = [list(report["measurements"]) for report in reports]
    unavailable = {name for report in reports for name in report["unavailable"]}
    gathered = {}
    for name in dict.fromkeys(name for some in names for name in some):
        lacking = [number for number, some in enumerate(names, start=1) if name not in some]
        if lacking and name not in unavailable:
            raise ExperimentError(
                f"{script} measured {name!r} in some repeats and not in number {lacking[0]}; "
                "it has to record it, or to say why it cannot, in each"
            )
        if lacking:
            continue
        entries = [report["measurements"][name] for report in reports]
        for what in ("unit", "instrument"):
            if len({entry[what] for entry in entries}) > 1:
                raise ExperimentError(f"{script} measured {name!r} with more than one {what}")
        values = tuple(float(entry["value"]) for entry in entries)
        gathered[name] = Measurement(
            f"{key}.{name}", entries[0]["unit"], values, entries[0]["instrument"], (key,)
        )
    return gathered


def _printed(measurements: Mapping[str, Measurement], outputs: Sequence[str]) -> list[Measurement]:
    """Pick the figures that every repeat prints as this book writes them, with a unit or without.

    What a listing does not show has no say in which one is shown: of a step, that is all but its
    peak and what it retained.
    """

    def of_a_step(name: str) -> bool:
        step, _, what = name.rpartition(".")
        return f"{step}.retained" in measurements and what not in ("peak", "retained")

    def stands(figure: Measurement, number: int) -> bool:
        return units.digits(figure.values[number], figure.unit) in outputs[number]

    named = [one for name, one in measurements.items() if not of_a_step(name)]
    return [one for one in named if all(stands(one, at) for at in range(len(outputs)))]


def typical(figures: Sequence[Measurement], repeats: int) -> int:
    """Return the number of the repeat to show: prose quotes medians, and the two should agree.

    It is the one with the fewest figures that a reader would see differ from their medians; of
    several such, the one whose figures lie nearest to them.
    """
    medians = [units.digits(one.median, one.unit) for one in figures]

    def differing(number: int) -> int:
        written = (units.digits(one.values[number], one.unit) for one in figures)
        return sum(mine != median for mine, median in zip(written, medians, strict=True))

    def distance(number: int) -> float:
        total = 0.0
        for one in figures:
            scale = max(abs(value) for value in one.values)
            total += abs(one.values[number] - one.median) / scale if scale else 0.0
        return total

    return min(range(repeats), key=lambda number: (differing(number), distance(number)))
