"""What is inside a dictionary, and why do its parts not add up?

Adds up the parts of a dictionary with strings for keys (header, table, entries) and compares the
sum with `sys.getsizeof`, then looks for the pairs that `items()` gives: are they in there?

    python scripts/tutorial/dict-parts.py
"""

import ctypes
import sys
from argparse import Namespace
from itertools import chain

from measured.command import Experiment, execute, parser

WORD = ctypes.sizeof(ctypes.c_void_p)
HEADER = 7 * WORD + 8  # two words for the collector, five for the object, and a version
TABLE = 3 * WORD + 8  # references, two counters, and what kind of table it is
ENTRY = 2 * WORD  # a reference to a key, one to a value; a hash as well, unless all keys are str
MOST = 500  # keys


def slots_for(keys: int) -> int:
    """Return the slots of the hash table: a power of two, never more than two thirds in use."""
    slots = 8
    while usable(slots) < keys:
        slots *= 2
    return slots


def usable(slots: int) -> int:
    return slots * 2 // 3


def size_by_layout(keys: int) -> int:
    if keys == 0:
        return HEADER  # an empty dictionary borrows a table that all empty ones share
    slots = slots_for(keys)
    index = slots * (1 if slots < 256 else 2)  # each slot holds the number of an entry, in bytes
    return HEADER + TABLE + index + usable(slots) * ENTRY


def main(experiment: Experiment, _options: Namespace) -> None:
    classic = {"a": 213, "b": 2131}
    slots = slots_for(len(classic))
    parts = {"header": HEADER, "table": TABLE, "slots": slots, "entries": usable(slots) * ENTRY}
    for name, size in parts.items():
        experiment.record(name, size, "bytes", "computed from the layout")
    experiment.record("whole", sys.getsizeof(classic), "bytes", "sys.getsizeof", label="in all")
    large = {"a": "x" * 10**6, "b": "y" * 10**6}
    experiment.record("large", sys.getsizeof(large), "bytes", "sys.getsizeof", label="large values")
    numbers = {1: 213, 2: 2131}
    experiment.record("int keys", sys.getsizeof(numbers), "bytes", "sys.getsizeof")

    grown: dict[str, int] = {}
    off = 0
    for keys in range(MOST + 1):
        off += sys.getsizeof(grown) != size_by_layout(keys)
        grown[str(keys)] = keys
    label = f"sizes off the layout, 0 to {MOST} keys"
    experiment.record("off", off, "count", "sys.getsizeof", label=label)

    once, again = list(classic.items()), list(classic.items())
    kept = sum(a is b for a, b in zip(once, again, strict=True))
    experiment.record("pairs", kept, "count", "is", label="pairs that two walks have in common")
    kept = sum(map(int.__eq__, map(id, chain(*once)), map(id, chain(*again))))
    experiment.record("parts", kept, "count", "is", label="keys and values in common")


if __name__ == "__main__":
    execute(main, parser(__doc__))
