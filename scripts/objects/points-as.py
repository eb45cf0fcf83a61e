"""What does a point cost, with three coordinates of its own, by the way in which you keep it?

Makes a million points and divides all memory that they made the process take by their number: the
objects, their coordinates, and the lists or arrays that hold them.

    python scripts/objects/points-as.py --how slots
"""

import gc
from argparse import Namespace
from array import array
from collections.abc import Callable

from measured import memory
from measured.command import Experiment, execute, need_library, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

GENEROUS_SIZE = 400  # bytes of a point, in any way
TRACED = 10_000  # points
PARTS = (0.25, 0.5, 0.75)


class Plain:
    """The class that everybody writes."""

    def __init__(self, x: float, y: float, z: float) -> None:
        self.x = x
        self.y = y
        self.z = z


class Slotted:
    """The same, with its attributes declared."""

    __slots__ = ("x", "y", "z")

    def __init__(self, x: float, y: float, z: float) -> None:
        self.x = x
        self.y = y
        self.z = z


def rows(make: Callable[[float, float, float], object]) -> Callable[[int], object]:
    """Keep a list of objects, one a point."""
    x, y, z = PARTS
    return lambda number: [make(n + x, n + y, n + z) for n in range(number)]


def lists(number: int) -> object:
    return [[n + part for n in range(number)] for part in PARTS]


def arrays(number: int) -> object:
    columns = [array("d", [part]) * number for part in PARTS]
    for column, part in zip(columns, PARTS, strict=True):
        for n in range(number):
            column[n] = n + part
    return columns


def numpy_columns(number: int) -> object:
    need_library("numpy")
    import numpy as np

    return [np.fromiter((n + part for n in range(number)), float, number) for part in PARTS]


def numpy_records(number: int) -> object:
    need_library("numpy")
    import numpy as np

    record = np.dtype([("x", float), ("y", float), ("z", float)])
    x, y, z = PARTS
    return np.fromiter(((n + x, n + y, n + z) for n in range(number)), record, number)


WAYS: dict[str, Callable[[int], object]] = {
    "dicts": rows(lambda x, y, z: {"x": x, "y": y, "z": z}),
    "objects": rows(Plain),
    "slots": rows(Slotted),
    "tuples": rows(lambda x, y, z: (x, y, z)),
    "lists": lists,
    "arrays": arrays,
    "numpy-columns": numpy_columns,
    "numpy-records": numpy_records,
}


def main(experiment: Experiment, options: Namespace) -> None:
    number, make = options.number, WAYS[options.how]
    need_memory(GENEROUS_SIZE * number, f"{number:,} points", "give --number less")
    gc.disable()  # its passes take time and free nothing: every point stays alive
    make(100)  # imports, and all else that happens once
    start = memory.read()
    points = make(number)
    end = memory.read()
    grown, instrument = memory.private_growth(start, end)
    del points
    experiment.record("each", grown / number, "bytes each", instrument, label="a point")

    with Traced() as traced:
        points = make(TRACED)
    each = traced.held / TRACED
    experiment.record("traced", each, "bytes each", "tracemalloc", label="  traced")
    del points


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--how", choices=WAYS, default="slots", help="how to keep the points")
    add_number(arguments, "--number", 1_000_000, "points to make")
    execute(main, arguments)
