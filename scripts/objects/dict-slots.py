"""What is in the table of a dict when keys have left, and what makes it smaller?

Reads the table as it lies in memory: its slots, which hold numbers of entries, and the entries in
their order.  First the dict is full, then all but three keys are deleted, then one is added.
Which slot a key falls into depends on its hash, and that of a string changes from run to run
unless PYTHONHASHSEED is set.

    python scripts/objects/dict-slots.py
"""

import ctypes
import sys
from argparse import Namespace
from dataclasses import dataclass

from measured.command import Experiment, Failure, execute, parser

WORD = ctypes.sizeof(ctypes.c_void_p)
KEYS, LEFT, NEW = "abcdefghijklmnopqrstu", "chq", "v"  # 21 fill a table of 32 slots
INDEX_START = 3 * WORD + 8  # of the table: references, what kind it is, room, entries so far
HEADER = 7 * WORD + 8  # of the dict, with the two words of the collector
ENTRY = 2 * WORD  # a reference to a key, one to a value
HOLE, FREE = 0, -1  # in place of a letter's number


@dataclass
class Table:
    """The table of a dict, as it lies in memory."""

    slots: list[int]  # the number of an entry, -1 for a slot never used, -2 for a deleted key
    entries: list[int]  # the number of the letter, from 1; or HOLE; or FREE

    @property
    def size(self) -> int:
        """Return the bytes of a dict with this table, added up."""
        return HEADER + INDEX_START + len(self.slots) + len(self.entries) * ENTRY


def read(place: int, number: int) -> tuple[int, ...]:
    return tuple((ctypes.c_ssize_t * number).from_address(place))


def table_of(a_dict: dict[str, None]) -> Table:
    """Read the table of a dict of 8 to 128 slots, whose keys are letters."""
    (keys,) = read(id(a_dict) + 4 * WORD, 1)
    number = 1 << ctypes.c_uint8.from_address(keys + WORD).value
    slots = [*(ctypes.c_int8 * number).from_address(keys + INDEX_START)]
    room = number * 2 // 3
    used = read(keys + INDEX_START - WORD, 1)[0]
    if not 8 <= number <= 128 or used > room:
        raise Failure("the table of a dict is not laid out as this script knows it")
    pairs = read(keys + INDEX_START + number, 2 * used)
    letters = {id(letter): ord(letter) - ord("a") + 1 for letter in a_dict}
    entries = [
        letters.get(key, HOLE) if value else HOLE
        for key, value in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return Table(slots, entries + [FREE] * (room - used))


def main(experiment: Experiment, _options: Namespace) -> None:
    if sys.implementation.name != "cpython" or object.__basicsize__ != 2 * WORD:
        raise Failure("this is the table of CPython with a global lock")
    off = 0

    def look(name: str, a_dict: dict[str, None]) -> None:
        nonlocal off
        table = table_of(a_dict)
        experiment.series(f"{name}.slots", list(enumerate(table.slots)))
        experiment.series(f"{name}.entries", list(enumerate(table.entries)))
        size = sys.getsizeof(a_dict)
        off += size != table.size
        off += sum(entry > 0 for entry in table.entries) != len(a_dict)
        experiment.record(f"{name}.size", size, "bytes", "sys.getsizeof")
        for what, number in (
            ("keys", len(a_dict)),
            ("holes", table.entries.count(HOLE)),
            ("free", table.entries.count(FREE)),
        ):
            experiment.record(f"{name}.{what}", number, "count", "read from the table")
        signs = ({-1: ".", -2: "x"}.get(slot, str(slot)) for slot in table.slots)
        experiment.say(f"slots   {' '.join(signs)}")

    kept = dict.fromkeys(KEYS)
    look("full", kept)
    for key in KEYS:
        if key not in LEFT:
            del kept[key]
    look("mined", kept)
    kept[NEW] = None
    look("after", kept)
    experiment.record("off", off, "count", "sys.getsizeof", label="tables that do not add up")


if __name__ == "__main__":
    execute(main, parser(__doc__))
