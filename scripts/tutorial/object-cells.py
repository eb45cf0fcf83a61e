"""Which bytes of an object are what, and how many does its block have to spare?

Looks into the bytes of an int, a float, a string and a list: the reference count is the word that
grows when something refers to the object, the type is the word with the address of the type, and
the value is where its bytes are found.  What lies between them are the fields of that type.  The
block is the least distance between two of many such objects that are alive at once.

    python scripts/tutorial/object-cells.py
"""

import ctypes
import struct
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from itertools import pairwise

from measured.command import Experiment, Failure, execute, parser

WORD = ctypes.sizeof(ctypes.c_void_p)
MANY = 5_000  # objects alive at once
NUMBER, RATIO, ITEMS = 999, 3.14, (4, "toaster", 230.1)
TEXT = b"ham"  # decoded below: a literal may be immortal, and its references uncounted
#: How to make another object of each kind, the one that is looked at, and the bytes of its value.
KINDS: dict[str, tuple[Callable[[int], object], object, bytes]] = {
    "int": (lambda n: NUMBER + n, int(str(NUMBER)), NUMBER.to_bytes(4, sys.byteorder)),
    "float": (lambda n: RATIO + n, float(str(RATIO)), struct.pack("d", RATIO)),
    "str": (lambda n: f"{n % 1_000:03}", TEXT.decode(), TEXT + b"\0"),
    "list": (lambda _: [*ITEMS][:], [*ITEMS][:], b""),
}
#: The words between type and value: a string had one more before Python 3.12.
FIELDS = {
    "int": ["length"],
    "float": [],
    "str": ["length", "hash", "state", *(["wide"] if sys.version_info < (3, 12) else [])],
    "list": ["length"],
}


def words(place: int, number: int) -> tuple[int, ...]:
    return struct.unpack(f"{number}n", ctypes.string_at(place, number * WORD))


def distance(places: Iterable[int]) -> int:
    return min(after - before for before, after in pairwise(sorted(places)))


def counts_references(one: object) -> bool:
    before = words(id(one), 1)[0]
    others = [one] * 7
    return words(id(one), 1)[0] - before == len(others)


def array_of(a_list: object) -> int:
    """Return the address of the array that a list refers to."""
    return words(id(a_list), 4)[3]


def main(experiment: Experiment, _options: Namespace) -> None:
    if sys.implementation.name != "cpython" or object.__basicsize__ != 2 * WORD:
        raise Failure("these are the structures of CPython with a global lock")
    wrong = 0

    def keep(name: str, parts: dict[str, int], block: int, reported: int) -> None:
        sizes = {part: size for part, size in parts.items() if size}
        sizes["spare"] = block - sum(sizes.values())
        for part, size in sizes.items():
            experiment.keep(f"{name}.{part}", size, "bytes", "found in the object's own bytes")
        told = " + ".join(f"{part} {size}" for part, size in sizes.items())
        experiment.say(f"{name:<6} {told}")
        experiment.record(f"{name}.reported", reported, "bytes", "sys.getsizeof")
        experiment.record(f"{name}.block", block, "bytes", "distance of addresses")

    for name, (make, one, value) in KINDS.items():
        alive = [make(number) for number in range(MANY)]
        size = sys.getsizeof(one)
        collector = size - one.__sizeof__()
        parts = {"collector": collector, "count": WORD, "type": WORD}
        parts |= dict.fromkeys(FIELDS[name], WORD)
        place = sum(parts.values()) - collector
        wrong += not counts_references(one)
        wrong += words(id(one), 2)[1] != id(type(one))
        found = ctypes.string_at(id(one), one.__sizeof__())
        if name == "list":
            parts |= {"items": WORD, "room": WORD}
            wrong += words(array_of(one), len(ITEMS)) != tuple(map(id, ITEMS))
            wrong += words(id(one), 5)[2:5:2] != (len(ITEMS), len(ITEMS))
            size -= len(ITEMS) * WORD  # the array lies elsewhere, and is counted with the list
        else:
            parts["value"] = len(value)
            wrong += found[place : place + len(value)] != value
        wrong += sum(parts.values()) != size
        keep(name, parts, distance(map(id, alive)), size)
    array = {"references": len(ITEMS) * WORD}
    keep("array", array, distance(map(array_of, alive)), array["references"])
    experiment.record("wrong", wrong, "count", "ctypes", label="parts elsewhere than drawn")


if __name__ == "__main__":
    execute(main, parser(__doc__))
