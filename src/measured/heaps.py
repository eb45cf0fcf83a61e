"""What a step may hide: memory that the process held already, and that no object was using.

Resident memory does not rise where an object fits into memory that was freed before and that the
process still holds.  The two allocators behind Python's objects say how much of that they have:
pymalloc in its arenas, glibc in its heaps.  Not all of it need be resident, so it is a bound.
"""

from __future__ import annotations

from measured import c_library, pymalloc, units
from measured.memory import Step
from measured.units import MIB

_LEAST = 0.1  # MiB that are worth a word
_SHARE = 0.05  # of the step, that are


def free() -> float | None:
    """Return how many MiB the allocators hold free, or None where one of them does not tell."""
    in_heap = c_library.free_in_heap()
    in_arenas = pymalloc.spare() if pymalloc.absent() is None else 0
    return None if in_heap is None or in_arenas is None else (in_heap + in_arenas) / MIB


def note(step: Step, before: float | None, after: float | None) -> str:
    """Say what a step's figures may hide, in a few words; nothing where that is little.

    Parameters
    ----------
    step
        The step, which is over.
    before, after
        What `free` said before it and after it.
    """
    if before is None or after is None:
        return ""
    least = max(_LEAST, _SHARE * step.peak)
    filled = before - after
    if filled >= least:
        size = units.write(filled, "MiB")
        return f"up to {size} more may be in memory that was free already"
    nothing_freed = filled > -_LEAST and step.retained > -_LEAST
    if nothing_freed and before >= least and step.peak < before:
        size = units.write(before, "MiB")
        return f"its peak may be up to {size} higher, in memory that was free already"
    return ""
