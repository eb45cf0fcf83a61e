"""Where does a small object live?  In a block of its size class, in a pool, in an arena.

CPython's allocator prints its own statistics.  This script makes a thousand objects of one size
at a time, and looks in which class the number of blocks grew.

    python scripts/tutorial/pools-and-arenas.py
"""

import sys
from argparse import Namespace
from itertools import pairwise

from measured import pymalloc
from measured.command import Experiment, execute, parser
from measured.pymalloc import INSTRUMENT, statistics
from measured.units import KIB, MIB

OBJECTS = 1_000
EMPTY = sys.getsizeof(b"")
#: Either side of three ends of a class.
SIZES = (48, 49, 64, 65, 512, 513)


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
        for name in ("step", "largest", "pool", "arena", "pools", *map("block[{}]".format, SIZES)):
            experiment.cannot(name, reason)
        return

    experiment.say("an object of …  gets a block of …")
    for size in SIZES:
        block = class_that_grew(size)
        shown = f"{block:>12} bytes" if block else "  none: not a small object"
        experiment.say(f"{size:>9} bytes {shown}")
        experiment.keep(f"block[{size}]", block or 0, "bytes", INSTRUMENT)

    now = statistics()
    sizes = sorted(now.classes)
    step = min(larger - smaller for smaller, larger in pairwise(sizes))
    experiment.say("")
    experiment.record("step", step, "bytes", INSTRUMENT, label="from one size class to the next")
    experiment.record("largest", now.largest, "bytes", INSTRUMENT, label="largest small object")
    experiment.record("pool", now.pool_size / KIB, "KiB", INSTRUMENT, label="a pool")
    experiment.record("arena", now.arena_size / MIB, "MiB", INSTRUMENT, label="an arena")
    pools = now.arena_size // now.pool_size
    experiment.record("pools", pools, "count", INSTRUMENT, label="pools to an arena")
    experiment.record("arenas", now.arenas, "count", INSTRUMENT, label="arenas in this process")
    used = now.allocated / now.held
    experiment.record("used", used, "fraction", INSTRUMENT, label="of their bytes, in use")


if __name__ == "__main__":
    execute(main, parser(__doc__))
