"""A measured quantity: a value with a unit, its repeats, its instrument."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from measured import units

#: Units that people say in round numbers.
_SPOKEN = ("times", "copies")


@dataclass(frozen=True)
class Measurement:
    """A quantity that was measured `n` times, each time in a fresh process.

    Attributes
    ----------
    name
        What the book calls it.
    unit
        One of `measured.units`.
    values
        One figure per repeat, in the order in which they were taken; never empty.
    instrument
        What measured it.
    runs
        The keys of the experiments that its values come from, as `book_kit.protocol.Run` has them.
        They do not travel with the figure: whoever keeps it keeps them beside it.
    """

    name: str
    unit: str
    values: tuple[float, ...]
    instrument: str
    runs: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError(f"{self.name} has no values")

    @property
    def n(self) -> int:
        """How many times it was measured."""
        return len(self.values)

    @property
    def median(self) -> float:
        """The middle of the values; of an even number the lower of the two in the middle.

        So it is a figure that one of the repeats had, which a listing may show.
        """
        return statistics.median_low(self.values)

    @property
    def low(self) -> float:
        """The lowest value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The highest value."""
        return max(self.values)

    def __str__(self) -> str:
        return units.write(self.median, self.unit)

    def signed(self) -> str:
        """Write the median with its sign: `+38.3 MiB`."""
        return units.write(self.median, self.unit, signed=True)

    def spoken(self) -> str:
        """Write the median as one would say it: `about 7 times`; whole from two on.

        Only multiples are spoken of so: other units are written as always.
        """
        if self.unit not in _SPOKEN:
            return str(self)
        decimals = 0 if abs(self.median) >= 2 else 1
        return f"about {self.median:,.{decimals}f}\N{NO-BREAK SPACE}{self.unit}"

    def spread(self) -> str:
        """Write the lowest and the highest value: `38.2 to 38.4 MiB`."""
        return units.write_range(self.low, self.high, self.unit)

    def evidence(self) -> str:
        """Say how the figure came about: `median of 3 runs, 38.2 to 38.4 MiB; …`."""
        runs = "one run" if self.n == 1 else f"median of {self.n} runs, {self.spread()}"
        return f"{runs}; {self.instrument}"

    def __truediv__(self, other: Measurement) -> Measurement:
        """Divide by another measurement of the same unit; the result is in `times`.

        Repeats of one process pair up, one by one.  Where the two were not measured equally
        often, every value meets every other: the widest spread that the figures allow.
        """
        self._same_unit(other)
        values = self._pairwise(other, lambda mine, theirs: mine / theirs)
        name = f"{self.name} / {other.name}"
        return Measurement(name, "times", values, _joint(self, other), _runs(self, other))

    def __sub__(self, other: Measurement) -> Measurement:
        """Subtract another measurement of the same unit; repeats pair up as in a division."""
        self._same_unit(other)
        values = self._pairwise(other, lambda mine, theirs: mine - theirs)
        name = f"{self.name} - {other.name}"
        return Measurement(name, self.unit, values, _joint(self, other), _runs(self, other))

    def _same_unit(self, other: Measurement) -> None:
        if self.unit != other.unit:
            raise ValueError(f"{self.name} is in {self.unit}, {other.name} in {other.unit}")

    def _pairwise(
        self, other: Measurement, combine: Callable[[float, float], float]
    ) -> tuple[float, ...]:
        if self.n == other.n:
            return tuple(map(combine, self.values, other.values))
        return tuple(combine(mine, theirs) for mine in self.values for theirs in other.values)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Measurement:
        """Make it from what `as_json` returned; other keys are passed over."""
        return cls(
            content["name"], content["unit"], tuple(content["values"]), content["instrument"]
        )

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            "name": self.name,
            "unit": self.unit,
            "values": list(self.values),
            "instrument": self.instrument,
        }


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value that was read from a file is a number to calculate with.

    Truth values, NaN and Infinity are none, which JSON as Python reads it may all have.
    """
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return abs(value) <= sys.float_info.max


def _runs(one: Measurement, other: Measurement) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.runs + other.runs))


def _joint(one: Measurement, other: Measurement) -> str:
    same = one.instrument == other.instrument
    return one.instrument if same else f"{one.instrument}, and {other.instrument}"
