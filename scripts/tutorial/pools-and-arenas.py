"""Where does a small object live?  In a block of its size class, in a pool, in an arena.

CPython's allocator prints its own statistics.  This script makes a thousand objects of one size
at a time, and looks in which class the number of blocks grew.

    python scripts/tutorial/pools-and-arenas.py
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from itertools import pairwise

from measured import pymalloc
from measured.command import Experiment, execute, parser
from measured.pymalloc import INSTRUMENT, Statistics, statistics
from measured.units import KIB, MIB

OBJECTS = 1_000
EMPTY = sys.getsizeof(b"")
#: Either side of three ends of a class.
SIZES = (48, 49, 64, 65, 512, 513)


BLOCK = "block[{}]"
#: What the statistics say of the allocator itself, by name.
FIGURES: dict[str, tuple[Callable[[Statistics], float], str, str]] = {
    "step": (lambda now: step(now.classes), "bytes", "from one size class to the next"),
    "largest": (lambda now: now.largest, "bytes", "largest small object"),
    "pool": (lambda now: now.pool_size / KIB, "KiB", "a pool"),
    "arena": (lambda now: now.arena_size / MIB, "MiB", "an arena"),
    "pools": (lambda now: now.arena_size // now.pool_size, "count", "pools to an arena"),
    "arenas": (lambda now: now.arenas, "count", "arenas in this process"),
    "used": (lambda now: now.allocated / now.held, "fraction", "of their bytes, in use"),
}


def step(sizes: Iterable[int]) -> int:
    """Return the least distance between two sizes of blocks."""
    return min(larger - smaller for smaller, larger in pairwise(sorted(sizes)))


def class_that_grew(size: int) -> int | None:
    """Make objects of `size` bytes; return the size of the blocks that they got."""
    before = statistics().classes
    objects = [bytes(size - EMPTY) for _ in range(OBJECTS)]
    after = statistics().classes
    grown = {
        one.size: one.used - (before[one.size].used if one.size in before else 0)
        for one in after.values()
    }
    block = max(grown, key=grown.__getitem__)
    return block if grown[block] >= len(objects) // 2 else None


def main(experiment: Experiment, _options: Namespace) -> None:
    reason = pymalloc.absent()
    if reason is not None:
        for name in (*FIGURES, *map(BLOCK.format, SIZES)):
            experiment.cannot(name, reason)
        return

    experiment.say("an object of …  gets a block of …")
    for size in SIZES:
        block = class_that_grew(size)
        shown = f"{block:>12} bytes" if block else "  none: not a small object"
        experiment.say(f"{size:>9} bytes {shown}")
        experiment.keep(BLOCK.format(size), block or 0, "bytes", INSTRUMENT)

    now = statistics()
    experiment.say("")
    for name, (figure, unit, label) in FIGURES.items():
        experiment.record(name, figure(now), unit, INSTRUMENT, label=label)


if __name__ == "__main__":
    execute(main, parser(__doc__))
