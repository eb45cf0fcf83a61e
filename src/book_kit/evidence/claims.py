"""A claim: a sentence of the book, with a check that can fail.

A bound is checked against every repeat, not against their median: a claim that holds in two runs
out of three does not hold.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from book_kit.evidence.quantity import Measurement
from measured import units

Of = TypeVar("Of")

#: The allocators that a claim may be about: what an environment calls their place, and how to say
#: who has it instead.
_ALLOCATORS = {
    "pymalloc": ("allocator", "this Python uses"),
    "glibc": ("malloc", "malloc here is"),
}


#: What to say of a claim that holds, does not, or was not measured; and its class in HTML.
VERDICTS = {True: "holds", False: "does not hold", None: "not measured here"}
STATES = {True: "holds", False: "fails", None: "unmeasured"}


@dataclass(frozen=True)
class Bound:
    """The range in which a figure must lie, both ends included; None where it has no end.

    Attributes
    ----------
    low, high
        The ends, in the unit of the figure.
    """

    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a bound needs an end: a check without one cannot fail")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"no figure is both above {self.low} and below {self.high}")

    def admits(self, value: float) -> bool:
        """Whether `value` lies in the range; not-a-number lies in none."""
        if math.isnan(value):
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return f"== {_end(self.low)}"
        if self.high is None:
            assert self.low is not None
            return f">= {_end(self.low)}"
        if self.low is None:
            return f"<= {_end(self.high)}"
        return f"{_end(self.low)} .. {_end(self.high)}"

    @classmethod
    def parse(cls, text: str) -> Bound:
        """Read a bound as `str` writes it.

        Raises
        ------
        ValueError
            If the text is not a bound.
        """
        if ".." in text:
            low, high = text.split("..")
            return cls(float(low), float(high))
        sign, _, number = text.partition(" ")
        value = float(number)
        ends = {"==": (value, value), ">=": (value, None), "<=": (None, value)}
        if sign not in ends:
            raise ValueError(f"not a bound: {text!r}")
        return cls(*ends[sign])

    def in_words(self, unit: str) -> str:
        """Write it for a reader: `at least 2.00 MiB`."""
        if self.low is not None and self.low == self.high:
            return f"exactly {units.write(self.low, unit)}"
        if self.high is None:
            assert self.low is not None
            return f"at least {units.write(self.low, unit)}"
        if self.low is None:
            return f"at most {units.write(self.high, unit)}"
        return f"from {units.write_range(self.low, self.high, unit)}"


def _end(value: float) -> str:
    short = f"{value:g}"  # six digits, which are not enough for every end
    return short if float(short) == value else repr(float(value)).removesuffix(".0")


@dataclass(frozen=True)
class Claim:
    """A sentence of the book with its figure and its bound.

    Attributes
    ----------
    id
        Its name in the ledger; T1 to T25 are the claims of the classic tutorial.
    statement
        The sentence.
    measured
        The figure; None where this machine cannot measure it, and `why_not` says why.
    script
        The script that measured it: its path below `scripts/`, without `.py`.
    python
        The version of Python that it speaks of.
    runs
        The keys of the experiments that its figure comes from.
    """

    id: str
    statement: str
    bound: Bound
    measured: Measurement | None
    script: str
    why_not: str = ""
    python: str = ".".join(map(str, sys.version_info[:3]))
    runs: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """Whether every repeat lies within the bound; None where nothing was measured."""
        if self.measured is None:
            return None
        return all(self.bound.admits(value) for value in self.measured.values)

    def as_json(self) -> dict[str, object]:
        """Return it as plain values; `page` is added by the book, which knows it."""
        figure = self.measured
        return {
            "id": self.id,
            "statement": self.statement,
            "measured": figure.median if figure else None,
            "unit": figure.unit if figure else None,
            "bound": str(self.bound),
            "holds": self.holds,
            "script": self.script,
            "python": self.python,
            "values": list(figure.values) if figure else [],
            "instrument": figure.instrument if figure else None,
            "why_not": self.why_not,
            "runs": list(self.runs),
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Claim:
        """Make it from what `as_json` returned; other keys are passed over."""
        figure = None
        if content["values"]:
            figure = Measurement.from_json({**content, "name": content["id"]})
        return cls(
            content["id"],
            content["statement"],
            Bound.parse(content["bound"]),
            figure,
            content["script"],
            content["why_not"],
            content["python"],
            tuple(content["runs"]),
        )


def other_allocator(needs: Sequence[str], environments: Iterable[Mapping[str, str]]) -> str:
    """Say which allocator kept a claim from being checked; empty where it has those it is about.

    Parameters
    ----------
    needs
        `pymalloc` behind small objects, `glibc` behind `malloc`, or both.
    environments
        Where the figure's experiments ran, as `measured.environment` describes it.
    """
    for one in environments:
        for name in needs:
            place, instead = _ALLOCATORS[name]
            found = one.get(place, "unknown")
            if found.split()[0] != name:
                return f"needs {name}, and {instead} {found}"
    return ""


def for_this_version(by_version: Mapping[str, Of], version: tuple[int, ...]) -> Of:
    """Pick what holds for a version of Python, from a map of first versions.

    Parameters
    ----------
    by_version
        Such as `{"3.11": 49, "3.12": 41}`: 49 from 3.11 on, 41 from 3.12 on.  A first version
        may be a patch release, such as `3.12.7`.
    version
        Major and minor version, and the patch level where it matters.

    Raises
    ------
    LookupError
        If the map begins with a later version.
    """
    firsts = {tuple(map(int, first.split("."))): value for first, value in by_version.items()}
    reached = [first for first in firsts if first <= version]
    if not reached:
        raise LookupError(f"nothing is claimed for Python {'.'.join(map(str, version))}")
    return firsts[max(reached)]
