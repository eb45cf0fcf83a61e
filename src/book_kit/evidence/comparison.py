"""Hold the figures of one build against those of another, and say what explains a difference.

A build writes its figures to `numbers.json`; a copy of that file, kept with the book, holds the
published ones.  Different is not an error: another version, word size, allocator, system or
processor has every right to its own figures, and which of them can move a figure depends on the
instrument that took it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book_kit.evidence.quantity import Measurement

PUBLISHED = "published.json"

_INTERPRETER = ("implementation", "python", "bits")
_MEMORY = (*_INTERPRETER, "allocator", "libc", "system", "page size", "transparent huge pages")
_TIME = (*_INTERPRETER, "processor", "cores", "system")
#: Two figures agree if they are closer than this share of the published one, by what they are.
_CLOSE_MEMORY, _CLOSE_TIME = 0.03, 0.25
#: They also agree if they are this close: an arena of 1 MiB, say, or a fiftieth of a whole.
_CLOSE_BY = {"MiB": 1.0, "fraction": 0.02, "times": 0.02, "copies": 0.05, "bytes each": 0.5}
_EXACT = ("bytes", "count")  # units of what an object says of itself
#: Words of the instruments that the system or the allocator has a say in; no object's own size.
_INSTRUMENTS_OF_MEMORY = (
    "/proc/",
    "kernel",
    "psutil",
    "resident",
    "getrusage",
    "memory_profiler",
    "memray",
    "tracemalloc",
    "_debugmallocstats",
)


class BrokenNumbers(Exception):
    """A file of figures cannot be read; the message says in a line what to do."""


@dataclass(frozen=True)
class Numbers:
    """The figures of one build, by name, with the page of each, and where it was measured."""

    environment: Mapping[str, str]
    figures: Mapping[str, Measurement]
    pages: Mapping[str, str]
    incomplete: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, as `numbers.json` has it."""
        return {
            "environment": dict(self.environment),
            "figures": [
                {**figure.as_json(), "page": self.pages[name]}
                for name, figure in self.figures.items()
            ],
        }


@dataclass(frozen=True)
class Row:
    """One published figure beside the figure of this machine.

    Attributes
    ----------
    agrees
        Whether both are the same, within what runs differ by; None where this machine has none.
    why
        What explains a difference; empty where there is none.
    """

    name: str
    page: str
    published: Measurement
    here: Measurement | None
    agrees: bool | None
    why: str


def read(path: Path) -> Numbers:
    """Read the figures of a build.

    Raises
    ------
    BrokenNumbers
        If the file is missing or is no such file.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        entries = loaded["figures"]
        return Numbers(
            environment=dict(loaded["environment"]),
            figures={entry["name"]: Measurement.from_json(entry) for entry in entries},
            pages={entry["name"]: entry["page"] for entry in entries},
        )
    except OSError:
        raise BrokenNumbers(f"there is no {path.name}; {_remedy(path)}") from None
    except (ValueError, KeyError, TypeError):
        raise BrokenNumbers(f"{path.name} is broken; {_remedy(path)}") from None


def _remedy(path: Path) -> str:
    published = path.name == PUBLISHED
    return (
        "`make publish-numbers` makes it, after a build" if published else "run `make book` first"
    )


def compare(published: Numbers, here: Numbers) -> list[Row]:
    """Put each published figure beside the one of this machine, in the published order."""
    rows = []
    for name, theirs in published.figures.items():
        mine = here.figures.get(name)
        if mine is not None and mine.unit != theirs.unit:
            mine = None
        agrees = None if mine is None else _agree(theirs, mine)
        why = ""
        if agrees is None:
            why = "not measured here"
        elif not agrees:
            why = explain(theirs, published.environment, here.environment)
        rows.append(Row(name, published.pages[name], theirs, mine, agrees, why))
    return rows


def differing(published: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Name what differs between two machines, out of all that can move a figure."""
    return [key for key in dict.fromkeys(_MEMORY + _TIME) if published.get(key) != here.get(key)]


def explain(figure: Measurement, published: Mapping[str, str], here: Mapping[str, str]) -> str:
    """Say what differs between two machines that can move this figure."""
    can = _TIME if _is_time(figure) else _MEMORY if _is_memory(figure) else _INTERPRETER
    found = [key for key in differing(published, here) if key in can]
    if not found:
        return "nothing that we record: runs differ by as much"
    return "; ".join(f"{key} {published.get(key)} → {here.get(key)}" for key in found)


def _agree(theirs: Measurement, mine: Measurement) -> bool:
    memory = _is_memory(theirs)
    if theirs.unit in _EXACT and not memory:
        return theirs.median == mine.median
    share = _CLOSE_TIME if _is_time(theirs) else _CLOSE_MEMORY
    room = max(abs(theirs.median) * share, _CLOSE_BY.get(theirs.unit, 0.0))
    return mine.low <= theirs.high + room and mine.high >= theirs.low - room


def _is_time(figure: Measurement) -> bool:
    return "time" in figure.instrument or figure.unit in ("s", "ms", "µs", "µs each")


def _is_memory(figure: Measurement) -> bool:
    return any(word in figure.instrument for word in _INSTRUMENTS_OF_MEMORY)
