"""Hold the figures of one build against those of another, and say what explains a difference.

A build writes its figures to `numbers.json`; a copy of that file, kept with the book, holds the
published ones.  Different is not an error: another version, word size, allocator, system or
processor has every right to its own figures, and which of them can move a figure depends on what
it is a figure of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book_kit.evidence.quantity import Measurement, is_number
from book_kit.evidence.quoted import restore
from measured import units

PUBLISHED = "published.json"

Environment = Mapping[str, str]

_INTERPRETER = ("implementation", "python", "bits")
_ALLOCATION = ("allocator", "malloc", "variables")
_MEMORY = (
    *_INTERPRETER,
    *_ALLOCATION,
    "libc",
    "system",
    "page size",
    "transparent huge pages",
)
_TIME = (*_INTERPRETER, *_ALLOCATION, "processor", "cores", "system")
#: Two figures agree if they are closer than this share of the published one, by what they are.
_CLOSE_MEMORY, _CLOSE_TIME = 0.03, 0.25
#: They also agree if they are this close: an arena of 1 MiB, say, or a fiftieth of a whole.
_CLOSE_BY = {"MiB": 1.0, "fraction": 0.02, "times": 0.02, "copies": 0.05, "bytes each": 0.5}
_EXACT = ("bytes", "count")  # units of what an object says of itself
_UNITS_OF_TIME = ("s", "ms", "µs", "µs each")
#: A ratio has lost its unit: the clock that its instrument begins with tells one of times.
_RATIOS = ("times", "fraction")
_CLOCKS = "time."
#: How the names of instruments begin that the system or the allocator has a say in.
_INSTRUMENTS_OF_MEMORY = (
    "/proc/",
    "the kernel's",
    "psutil",
    "resident memory",
    "resource.getrusage",
    "memory_profiler",
    "memray",
    "tracemalloc",
    "sys._debugmallocstats",
)


class BrokenNumbers(Exception):
    """A file of figures cannot be read; the message says in a line what to do."""


@dataclass(frozen=True)
class Numbers:
    """The figures of one build, by name, and where it was measured.

    Attributes
    ----------
    environment
        What most of the figures have in common.
    figures
        Each figure by its name.
    pages
        For each name the page that the figure stands on.
    where
        For some names what of their environment differs from the common one, such as
        `{"allocator": "malloc"}` for an experiment that sets `PYTHONMALLOC`.
    incomplete
        Why the build is not whole, a reason each: a page that failed, a claim that does not hold.
    """

    environment: Environment
    figures: Mapping[str, Measurement]
    pages: Mapping[str, str]
    where: Mapping[str, Environment] = field(default_factory=dict)
    incomplete: tuple[str, ...] = ()

    def environment_of(self, name: str) -> Environment:
        """Return the whole environment in which one figure was measured."""
        return {**self.environment, **self.where.get(name, {})}

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, as `numbers.json` has it."""
        return {
            "environment": dict(self.environment),
            "incomplete": list(self.incomplete),
            "figures": [self._entry(name) for name in self.figures],
        }

    def _entry(self, name: str) -> dict[str, Any]:
        entry = {**self.figures[name].as_json(), "page": self.pages[name]}
        where = self.where.get(name)
        return {**entry, "where": dict(where)} if where else entry

    @classmethod
    def from_json(cls, content: Any) -> Numbers:
        """Make it from what `as_json` returned; `incomplete` and `where` may be absent.

        Raises
        ------
        ValueError
            If the content is of another form; the message says where, as the end of "it …".
        """
        if not isinstance(content, dict):
            raise ValueError("is no object")
        figures, pages, where = {}, {}, {}
        for entry in _part(content, "figures", list):
            figure = _figure(entry)
            if figure.name in figures:
                raise ValueError(f"has {figure.name} twice")
            figures[figure.name] = figure
            pages[figure.name] = _part(entry, "page", str)
            if entry.get("where"):
                where[figure.name] = _texts(entry, "where")
        incomplete = tuple(map(str, _part(content, "incomplete", list, [])))
        return cls(_texts(content, "environment"), figures, pages, where, incomplete)


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
        return Numbers.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BrokenNumbers(f"there is no {path.name}; {_remedy(path)}") from None
    except OSError as error:
        raise BrokenNumbers(f"{path.name} cannot be read: {error.strerror}") from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise BrokenNumbers(f"{path.name} is broken: no JSON; {_remedy(path)}") from None
    except ValueError as error:
        raise BrokenNumbers(f"{path.name} is broken: it {error}; {_remedy(path)}") from None


def _remedy(path: Path) -> str:
    return restore(path) if path.name == PUBLISHED else "run `make book` first"


def _part(content: Mapping[str, Any], key: str, kind: type, default: Any = None) -> Any:
    found = content.get(key, default)
    if not isinstance(found, kind):
        raise ValueError(f"has {key!r} missing or of another type")
    return found


def _texts(content: Mapping[str, Any], key: str) -> dict[str, str]:
    found: dict[str, str] = _part(content, key, dict)
    wrong = [name for name, value in found.items() if not isinstance(value, str)]
    if wrong:
        raise ValueError(f"has under {key!r} no text for {wrong[0]}")
    return found


def _figure(entry: Any) -> Measurement:
    if not isinstance(entry, dict):
        raise ValueError("has a figure that is no object")
    name = _part(entry, "name", str)
    values = entry.get("values")
    if not isinstance(values, list) or not values or not all(map(is_number, values)):
        raise ValueError(f"has no list of numbers for {name}")
    unit = _part(entry, "unit", str)
    if not units.known(unit):
        raise ValueError(f"has {name} in {unit!r}, which is no unit of the book")
    return Measurement(name, unit, tuple(values), _part(entry, "instrument", str))


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
            why = explain(theirs, published.environment_of(name), here.environment_of(name))
        rows.append(Row(name, published.pages[name], theirs, mine, agrees, why))
    return rows


def differing(published: Environment, here: Environment) -> dict[str, tuple[str, str]]:
    """Return what differs between two machines, out of all that can move a figure.

    Each with what it is in the published environment and here, `none` where nothing is said of it.
    """
    both = {key: _both(published, here, key) for key in dict.fromkeys(_MEMORY + _TIME)}
    return {key: (theirs, mine) for key, (theirs, mine) in both.items() if theirs != mine}


def _both(published: Environment, here: Environment, key: str) -> tuple[str, str]:
    theirs, mine = published.get(key), here.get(key)
    if key == "malloc" and (theirs or mine):  # figures from before it was named had the C library's
        theirs, mine = theirs or published.get("libc"), mine or here.get("libc")
    return theirs or "none", mine or "none"


def explain(figure: Measurement, published: Environment, here: Environment) -> str:
    """Say what differs between the environments of two figures that can move them."""
    can = {"time": _TIME, "memory": _MEMORY, "object": _INTERPRETER}[kind(figure)]
    differences = differing(published, here).items()
    found = [f"{key} {theirs} → {mine}" for key, (theirs, mine) in differences if key in can]
    return "; ".join(found) or "nothing that we record: runs differ by as much"


def _agree(theirs: Measurement, mine: Measurement) -> bool:
    what = kind(theirs)
    if theirs.unit in _EXACT and what == "object":
        return theirs.median == mine.median
    share = _CLOSE_TIME if what == "time" else _CLOSE_MEMORY
    room = max(abs(theirs.median) * share, _CLOSE_BY.get(theirs.unit, 0.0))
    return mine.low <= theirs.high + room and mine.high >= theirs.low - room


def kind(figure: Measurement) -> str:
    """Say what a figure is one of: `time`, `memory` of a process, or an `object`."""
    names = re.split(r", (?:and )?|; ", figure.instrument)
    ratio_of_times = figure.unit in _RATIOS and any(name.startswith(_CLOCKS) for name in names)
    if figure.unit in _UNITS_OF_TIME or ratio_of_times:
        return "time"
    return "memory" if any(name.startswith(_INSTRUMENTS_OF_MEMORY) for name in names) else "object"
