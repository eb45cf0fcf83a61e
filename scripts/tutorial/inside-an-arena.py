"""What does an arena look like from within, when one object in a hundred survives?

Byte strings are made one by one.  Whenever one stands in a pool that is new, the allocator is
asked how many arenas it has: so the script knows where an arena begins and ends, and which pools
are in it.  Then all strings but every hundredth go, and it looks at who is left in that arena.

    python scripts/tutorial/inside-an-arena.py
    python scripts/tutorial/inside-an-arena.py --one-in 10000
"""

import sys
from argparse import Namespace
from collections import Counter

from measured import pymalloc
from measured.command import Experiment, execute, parser
from measured.options import add_number
from measured.pymalloc import INSTRUMENT, statistics
from measured.units import KIB, MIB

TEXT = b"x" * 60
SIZE = sys.getsizeof(TEXT)

#: What the script tells, in words.
FIGURES = {
    "object": "a byte string",
    "block": "its block",
    "blocks": "blocks to a pool",
    "pool": "a pool",
    "pools": "pools to an arena",
    "arena": "an arena",
    "ours": "pools of byte strings in one arena",
    "made": "byte strings in it",
    "alive": "of them alive in the end",
    "held": "of its pools, with one of those",
}


def copy_of(text: bytes) -> bytes:
    return memoryview(text).tobytes()  # bytes(text) would be the same object


def fill_an_arena(strings: list[bytes], pool_size: int) -> list[int]:
    """Make strings until one arena is begun and full; return their pools in it, by number."""
    arenas, begun = statistics().arenas, 0
    pools: dict[int, None] = {}
    while True:
        strings.append(copy_of(TEXT))
        pool = id(strings[-1]) // pool_size
        if pool in pools:
            continue
        now = statistics().arenas
        begun, arenas = begun + (now > arenas), now
        if begun == 2:
            return list(pools)
        if begun:
            pools[pool] = None


def main(experiment: Experiment, options: Namespace) -> None:
    reason = pymalloc.absent()
    if reason is not None:
        for name in FIGURES:
            experiment.cannot(name, reason)
        return
    pool_size = statistics().pool_size

    def count(some: list[bytes]) -> Counter[int]:
        return Counter(id(text) // pool_size for text in some)

    strings: list[bytes] = []
    pools = fill_an_arena(strings, pool_size)
    now, made = statistics(), count(strings)
    strings = strings[:: options.one_in]
    alive = count(strings)

    block = min(size for size in now.classes if size >= SIZE)
    blocks = max(made[pool] for pool in pools)
    figures = {
        "object": (SIZE, "bytes"),
        "block": (block, "bytes"),
        "blocks": (blocks, "count"),
        "pool": (pool_size / KIB, "KiB"),
        "pools": (now.arena_size // pool_size, "count"),
        "arena": (now.arena_size / MIB, "MiB"),
        "ours": (len(pools), "count"),
        "made": (sum(made[pool] for pool in pools), "count"),
        "alive": (sum(alive[pool] for pool in pools), "count"),
        "held": (sum(alive[pool] > 0 for pool in pools) / len(pools), "fraction"),
    }
    for name, (value, unit) in figures.items():
        experiment.record(name, value, unit, INSTRUMENT, label=FIGURES[name])

    first = min(pools)
    experiment.series("pools", [(pool - first, alive[pool]) for pool in sorted(pools)])
    fullest = max(reversed(pools), key=alive.__getitem__)
    addresses = [id(text) for text in strings if id(text) // pool_size == fullest]
    standing = sorted(address % pool_size // block for address in addresses)
    experiment.series("standing", [(fullest - first, place) for place in standing])


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--one-in", 100, "how rare survivors are")
    execute(main, arguments)
