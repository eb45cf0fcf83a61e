"""What each of many equal objects costs: the memory that all of them take, divided by their number.

Two instruments, because each is blind somewhere:

anonymous memory
    counts the blocks with their padding, the allocator's own share and everything else that the
    objects made the process take; it is the price.
tracemalloc
    counts what the objects asked the allocator for, to the byte.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

from measured import memory, tracing
from measured.command import Experiment
from measured.tracing import Traced

_TRACED = 10_000  # objects; tracing is slow, and exact for any number


def names(name: str = "each") -> tuple[str, str, str]:
    """Return what the three figures are called, also where none of them can be had."""
    return name, f"{name}.traced", f"{name}.says"


def cost_of_each(
    experiment: Experiment,
    make: Callable[[int], object],
    number: int,
    *,
    name: str = "each",
    label: str | None = None,
) -> None:
    """Make `number` objects and record what each costs, in bytes.

    Kept as `NAME` (what `memory.private_growth` gives), `NAME.traced` (tracemalloc) and
    `NAME.says` (`sys.getsizeof` of one object, without what it refers to).  The list that holds
    the objects is made before the first reading and is not counted.

    Parameters
    ----------
    experiment
        What keeps the figures.
    make
        Makes one object from its number.  Whatever else it refers to should exist already, or is
        counted with it: a number above the small ones is an object too.
    number
        How many; the allocator takes memory a MiB at a time, so a million give a fair share.
        Once a process: memory that an earlier round freed would be filled again unseen.
    name, label
        What the figures are called, and how they are announced.
    """
    # At its first object a class may make things that stay, such as the keys its instances share.
    says = sys.getsizeof(make(0))
    holder: list[object] = [None] * number
    was_enabled = gc.isenabled()
    gc.disable()  # passes of the collector take time and free nothing: every object stays alive
    try:
        start = memory.read()
        for place in range(number):
            holder[place] = make(place)
        end = memory.read()
        traced = _traced(make)
    finally:
        if was_enabled:
            gc.enable()
    grown, instrument = memory.private_growth(start, end)
    grown_name, traced_name, says_name = names(name)
    record = experiment.record
    record(grown_name, grown / number, "bytes each", instrument, label=label)
    record(traced_name, traced, "bytes each", tracing.INSTRUMENT, label="  traced")
    record(says_name, says, "bytes", "sys.getsizeof", label="  sys.getsizeof")


def _traced(make: Callable[[int], object]) -> float:
    """Return the bytes that each object asks for, while no free list has one to spare."""
    holder: list[object] = [None] * _TRACED
    with Traced() as traced:
        before = traced.held
        for place in range(_TRACED):
            holder[place] = make(place)
        after = traced.held
    return (after - before) / _TRACED
