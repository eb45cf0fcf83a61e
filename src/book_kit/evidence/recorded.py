"""What other interpreters said of themselves, quoted from one data file with its provenance.

`make interpreters` writes the file; `book_kit.recording.ask` says what is in it.
"""

from __future__ import annotations

import json
import re
import statistics
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from book_kit import project
from book_kit.evidence.quantity import is_number
from book_kit.evidence.quoted import BrokenFile, Figure

FILE = "interpreters.json"
#: Steps of jobs that count something; all others are in MiB.
_COUNTS = {"same_items"}
_IMPLEMENTATIONS = ("CPython", "PyPy")

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:(a|alpha|b|beta|c|rc|candidate)(\d+))?\+?")
_STAGES = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "candidate": 2}
_FINAL = 3

#: What every record has, and of which type.
_PARTS: dict[str, type] = {
    "implementation": str,
    "version": str,
    "bits": int,
    "platform": str,
    "recorded": str,
    "sizes": dict,
    "growth": dict,
    "facts": dict,
    "instruments": dict,
    "behaviors": dict,
}


def version_order(text: str) -> tuple[int, ...]:
    """Return what versions sort by: 3.11.2 before 3.11.14, an alpha before its final.

    Raises
    ------
    ValueError
        If the text is no version of Python.
    """
    found = _VERSION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no version of Python")
    major, minor, patch, stage, serial = found.groups()
    last = (_STAGES[stage], int(serial)) if stage else (_FINAL, 0)
    return int(major), int(minor), int(patch), *last


@dataclass(frozen=True)
class Interpreter:
    """One interpreter, and what was recorded of it."""

    content: dict[str, Any]

    @property
    def label(self) -> str:
        """What the book calls it.

        `2.7` to `3.15` for CPython on 64 bits, `3.14t` for a free-threaded build of it, `wasm32`
        for CPython in WebAssembly, `PyPy`.
        """
        implementation, bits = self.content["implementation"], self.content["bits"]
        if implementation != "CPython":
            name = str(implementation)
        elif bits == 32 and "emscripten" in self.content["platform"]:
            name = "wasm32"
        else:
            name = ".".join(self.content["version"].split(".")[:2])
            return name + self.variant + (f", {bits} bits" if bits != 64 else "")
        return f"{name} {self.variant}".rstrip()

    @property
    def variant(self) -> str:
        """How its build differs from the usual one, in the letters of `sys.abiflags`.

        `t` is free-threaded and `d` made for debugging; objects of either are larger.  A build of
        Python 2 with narrow Unicode has an `n`.
        """
        marks = {
            "t": not self.content.get("gil", True),
            "d": self.content.get("debug", False),
            "n": self.content.get("unicode") == "narrow",
        }
        return "".join(letter for letter, holds in marks.items() if holds)

    @property
    def is_usual_cpython(self) -> bool:
        """Whether it has a place among the versions of CPython on 64 bits."""
        usual = ("CPython", 64, "")
        return (self.content["implementation"], self.content["bits"], self.variant) == usual

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from every other interpreter; of one identity there is one record."""
        who = (self.content[key] for key in ("implementation", "version", "bits", "platform"))
        return *who, self.variant, self.note

    @property
    def place(self) -> tuple[Any, ...]:
        """What records sort by: CPython by version, 64 bits first, then the others."""
        name = self.content["implementation"]
        known = name in _IMPLEMENTATIONS
        first = _IMPLEMENTATIONS.index(name) if known else len(_IMPLEMENTATIONS)
        order = version_order(self.content["version"])
        others = (self.content["platform"], self.note)
        return first, name, -self.content["bits"], self.variant, order, *others

    @property
    def name(self) -> str:
        """Its implementation and full version."""
        return f"{self.content['implementation']} {self.content['version']}{self.variant}"

    @property
    def note(self) -> str:
        """How its build differs from the one that python.org publishes; empty if it does not."""
        return str(self.content.get("note", ""))

    @property
    def where(self) -> str:
        """Who was asked, where and when."""
        who = (
            f"recorded {self.content['recorded']}: {self.name}, {self.content['bits']} bits, "
            f"{self.content['platform']}"
        )
        return f"{who}; {self.note}" if self.note else who

    def size(self, expression: str) -> Figure | None:
        """Return its `sys.getsizeof` of an expression, in bytes; None where it cannot say."""
        value = self.content["sizes"].get(expression)
        return None if value is None else Figure(float(value), "bytes", self._source("sizes"))

    def growth(self, container: str) -> list[tuple[int, int]]:
        """Return how a container grows: items, and bytes from there on."""
        return [(items, size) for items, size in self.content["growth"].get(container, [])]

    def fact(self, name: str) -> Figure | None:
        """Return one of its facts, a number, such as `largest_cached_int`."""
        value = self.content["facts"].get(name)
        return Figure(float(value), "count", self._source("facts")) if is_number(value) else None

    def behavior(self, job: str, step: str) -> Figure | None:
        """Return the median of its runs for one step of a job; None where a run cannot say."""
        runs = self.content["behaviors"].get(job)
        if not runs or not all(step in run for run in runs):
            return None
        value = statistics.median(run[step] for run in runs)
        unit = "count" if step in _COUNTS else "MiB"
        return Figure(float(value), unit, self._source("behaviors", f"median of {len(runs)} runs"))

    def figure(self, name: str) -> Figure:
        """Return the size, the fact or the step of a job of that name.

        Raises
        ------
        LookupError
            If it has none.
        """
        job, _, step = name.partition(".")
        found = self.size(name) or self.fact(name) or (self.behavior(job, step) if step else None)
        if found is None:
            raise LookupError(f"{FILE} has no figure {name!r} of {self.label}")
        return found

    def _source(self, part: str, *more: str) -> str:
        instrument = self.content["instruments"].get(part, "")
        return "; ".join([self.where, *filter(None, [instrument, *more])])


def load(path: Path) -> list[Interpreter]:
    """Read a file of records.

    Raises
    ------
    BrokenFile
        If it is missing, or is no such file.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenFile(path, "is missing") from None
    except OSError as error:
        raise BrokenFile(path, f"cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise BrokenFile(path, f"is broken: no complete JSON ({error})") from None
    if not isinstance(loaded, list):
        raise BrokenFile(path, "is broken: no list of interpreters")
    for number, content in enumerate(loaded, 1):
        wrong = problem(content)
        if wrong:
            raise BrokenFile(path, f"is broken: in record {number} {wrong}")
    return sorted(map(Interpreter, loaded), key=lambda one: one.place)


def problem(content: object) -> str:
    """Say what keeps a value from being a record of an interpreter; empty if nothing does."""
    if not isinstance(content, dict):
        return "there is no object"
    for key, kind in _PARTS.items():
        if not isinstance(content.get(key), kind):
            return f"{key!r} is missing or of another type"
    try:
        version_order(content["version"])
    except ValueError as error:
        return str(error)
    for name, size in content["sizes"].items():
        if not is_number(size):
            return f"the size of {name} is no number"
    for container, curve in content["growth"].items():
        if not isinstance(curve, list) or not all(map(_is_point, curve)):
            return f"the growth of a {container} is no list of points"
    wrong = (runs_problem(job, runs) for job, runs in content["behaviors"].items())
    return next(filter(None, wrong), "")


def runs_problem(job: str, runs: object) -> str:
    """Say what is wrong with the runs of one job; empty if nothing is."""
    if not isinstance(runs, list) or not all(isinstance(run, dict) for run in runs):
        return f"{job} is no list of runs"
    if any(set(run) != set(runs[0]) for run in runs):
        return f"the runs of {job} name different steps"
    if not all(is_number(value) for run in runs for value in run.values()):
        return f"a step of {job} is no number"
    return ""


def _is_point(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value))


@cache
def interpreters() -> tuple[Interpreter, ...]:
    """Return every recorded interpreter, CPython by version, then the others.

    Raises
    ------
    BrokenFile
        If the record cannot be read.
    """
    return tuple(load(project.recorded(FILE)))


def latest() -> tuple[Interpreter, ...]:
    """Return of each label the interpreter with the highest version.

    Of two with the same version the one counts of which more is known, and the one that is built
    as python.org builds it.
    """
    best: dict[str, Interpreter] = {}
    for one in interpreters():
        other = best.get(one.label)
        if other is None or _rank(one) > _rank(other):
            best[one.label] = one
    return tuple(best.values())


def _rank(one: Interpreter) -> tuple[Any, ...]:
    return version_order(one.content["version"]), len(one.content["behaviors"]), not one.note


def interpreter(label: str) -> Interpreter:
    """Return the interpreter that the book calls `label`.

    Raises
    ------
    LookupError
        If the file has none.
    """
    for one in latest():
        if one.label == label:
            return one
    known = ", ".join(one.label for one in latest())
    raise LookupError(f"{FILE} has no interpreter {label!r}; it has {known}")


def figure(label: str, name: str) -> Figure:
    """Return one recorded figure.

    Parameters
    ----------
    label
        The interpreter, such as `2.7`, `wasm32` or `PyPy`.
    name
        An expression (its size in bytes), a fact such as `largest_cached_int`, or a step of a
        job, such as `million-floats.alive` (in MiB).

    Raises
    ------
    LookupError
        If there is no such interpreter, or it has no such figure.
    """
    return interpreter(label).figure(name)


def builds() -> list[list[str]]:
    """Return for each label who was asked: full version, compiler, platform, day, and its note."""
    keys = ("platform", "recorded")
    return [
        [one.label, one.name, _compiler(one), *(one.content[key] for key in keys), one.note]
        for one in latest()
    ]


def _compiler(one: Interpreter) -> str:
    found = re.search(r"\[(?:PyPy \S+ with )?(\w+ [\w.]+)", one.content.get("build", ""))
    return found[1] if found else ""
