"""The growth of this process's memory at chosen moments, by two instruments side by side.

resident
    pages in physical memory, as `measured.memory` reads them.
arenas
    what CPython's allocator for small objects has from the system, by its own account.
"""

from __future__ import annotations

from measured import memory, pymalloc, units
from measured.command import Experiment
from measured.units import MIB


class Moments:
    """Watch from now on; each look is kept as NAME (resident) and `arenas.NAME`, in MiB.

    Where there are no arenas, their figures are unavailable, with the reason.

    Parameters
    ----------
    experiment
        What keeps the figures, and prints them as a table.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._without_arenas = pymalloc.absent()  # asked before anything is read
        self._start = _read()
        self._grown: dict[str, dict[str, float]] = {}
        self._say("growth of", {column: column for column in self._start})

    def look(self, name: str, label: str) -> None:
        """Read both instruments, and keep how much each has grown since the start."""
        now = _read()
        self._grown[name] = {column: now[column] - self._start[column] for column in now}
        self._keep(name, label, "MiB", self._grown[name])

    def share_returned(self, name: str, highest: str, after: str) -> None:
        """Keep which share of the growth at the look `highest` was gone at the look `after`."""
        grown, left = self._grown[highest], self._grown[after]
        shares = {
            column: (grown[column] - left[column]) / grown[column]
            for column in grown
            if grown[column] > 0
        }
        self._keep(name, "given back", "fraction", shares)

    def _keep(self, name: str, label: str, unit: str, figures: dict[str, float]) -> None:
        instruments = {"resident": memory.read().instrument, "arenas": pymalloc.INSTRUMENT}
        for column, instrument in instruments.items():
            full_name = name if column == "resident" else f"{column}.{name}"
            if column in figures:
                self._experiment.keep(full_name, figures[column], unit, instrument)
            else:
                reason = self._without_arenas or "too few objects to make it grow"
                self._experiment.unavailable[full_name] = reason
        signed = unit == "MiB"
        written = {name: units.write(mib, unit, signed=signed) for name, mib in figures.items()}
        self._say(label, written)

    def _say(self, label: str, cells: dict[str, str]) -> None:
        line = "".join(f"{cells.get(column, ''):>13}" for column in ("resident", "arenas"))
        self._experiment.say(f"{label:<24}{line}".rstrip())


def _read() -> dict[str, float]:
    readings = {"resident": memory.read().resident / MIB}
    if pymalloc.absent() is None:
        readings["arenas"] = pymalloc.statistics().held / MIB
    return readings
