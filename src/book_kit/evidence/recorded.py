"""What other interpreters said of themselves, quoted from one data file with its provenance.

`make interpreters` writes the file; the package `interpreters` says what is in it.
"""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from functools import cache
from typing import Any

from book_kit import project
from book_kit.evidence.quoted import Figure

FILE = "interpreters.json"
#: Steps of jobs that count something; all others are in MiB.
_COUNTS = {"same_items"}


@dataclass(frozen=True)
class Interpreter:
    """One interpreter, and what was recorded of it.

    Attributes
    ----------
    label
        What the book calls it: `2.7` to `3.15` for CPython on 64 bits, `wasm32` for CPython in
        WebAssembly, `PyPy`.
    """

    label: str
    content: dict[str, Any]

    @property
    def name(self) -> str:
        """Its implementation and full version."""
        return f"{self.content['implementation']} {self.content['version']}"

    @property
    def where(self) -> str:
        """Who was asked, where and when."""
        return (
            f"recorded {self.content['recorded']}: {self.name}, {self.content['bits']} bits, "
            f"{self.content['platform']}"
        )

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
        return (
            None
            if not isinstance(value, int | float)
            else Figure(float(value), "count", self._source("facts"))
        )

    def behavior(self, job: str, step: str) -> Figure | None:
        """Return the median of its runs for one step of a job; None where it cannot say."""
        runs = self.content["behaviors"].get(job)
        if not runs or step not in runs[0]:
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


@cache
def interpreters() -> tuple[Interpreter, ...]:
    """Return every interpreter of the file, in its order: CPython by version, then the others."""
    with project.recorded(FILE).open(encoding="utf-8") as file:
        return tuple(Interpreter(_label(content), content) for content in json.load(file))


def latest() -> tuple[Interpreter, ...]:
    """Return of each label the interpreter with the highest version."""
    return tuple({one.label: one for one in interpreters()}.values())


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


def _label(content: dict[str, Any]) -> str:
    minor = ".".join(content["version"].split(".")[:2])
    if content["implementation"] != "CPython":
        return str(content["implementation"])
    if content["bits"] == 32:
        return "wasm32" if "emscripten" in content["platform"] else f"{minor}, 32 bits"
    return minor
