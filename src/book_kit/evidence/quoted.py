"""Figures that this build quotes and did not measure."""

from __future__ import annotations

from dataclasses import dataclass

from measured import units


@dataclass(frozen=True)
class Figure:
    """A figure that this build did not measure, with where it comes from."""

    value: float
    unit: str
    source: str

    def __str__(self) -> str:
        return units.write(self.value, self.unit)

    def signed(self) -> str:
        """Write it with its sign."""
        return units.write(self.value, self.unit, signed=True)
