"""How should a text of many short lines lie in memory so that each line is at hand?

`--how` says what is kept of a file of lines:

    str      a list with a string for each line
    bytes    a list with a bytes object for each line
    views    the file in one bytes object, and a list with a memoryview for each line
    offsets  the file in one bytes object, and an array of where each line ends

    python scripts/objects/lines-in-memory.py --how offsets
"""

import re
import sys
from argparse import Namespace
from array import array
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from measured.command import Experiment, execute, need_memory, parser
from measured.files import data_folder, whole_file
from measured.options import add_folder, add_number
from measured.units import MIB

GENEROUS_SIZE = 300  # bytes of a line in the most expensive way

Kept = list[str] | list[bytes] | tuple[bytes, list[memoryview]] | tuple[bytes, "array[int]"]


def strings(path: Path) -> Kept:
    with path.open(encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def bytes_objects(path: Path) -> Kept:
    with path.open("rb") as file:
        return [line.rstrip(b"\n") for line in file]


def line_ends(encoded: bytes) -> "array[int]":
    return array("Q", (found.end() for found in re.finditer(b"\n", encoded)))


def views(path: Path) -> Kept:
    encoded = path.read_bytes()
    whole = memoryview(encoded)
    ends = array("Q", [0]) + line_ends(encoded)
    return encoded, [whole[start : end - 1] for start, end in pairwise(ends)]


def offsets(path: Path) -> Kept:
    encoded = path.read_bytes()
    return encoded, line_ends(encoded)


WAYS: dict[str, Callable[[Path], Kept]] = {
    "str": strings,
    "bytes": bytes_objects,
    "views": views,
    "offsets": offsets,
}


def reported(kept: Kept) -> int:
    """Add up what every object that is kept says of itself."""
    size = sys.getsizeof(kept)
    if isinstance(kept, list):
        return size + sum(map(sys.getsizeof, kept))
    encoded, places = kept
    size += sys.getsizeof(encoded) + sys.getsizeof(places)
    return size + (sum(map(sys.getsizeof, places)) if isinstance(places, list) else 0)


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(GENEROUS_SIZE * options.number, f"{options.number:,} lines", "give --number less")
    with data_folder(options.dir) as folder:
        path = folder / "lines.txt"
        with whole_file(path) as file:
            for number in range(options.number):
                file.write(b"line number %08d\n" % number)
        size = path.stat().st_size
        with experiment.step("keep") as step:
            kept = WAYS[options.how](path)
    for name, amount, instrument, label in (
        ("text", size, "the file's size", "a line in the file"),
        ("each", step.private * MIB, step.private_instrument, "a line in memory"),
        ("says", reported(kept), "sys.getsizeof", "  sys.getsizeof of all that is kept"),
    ):
        experiment.record(name, amount / options.number, "bytes each", instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--how", choices=list(WAYS), default="str", help="what is kept")
    add_number(arguments, "--number", 200_000, "lines")
    add_folder(arguments, "lines.txt")
    execute(main, arguments)
