"""What does a point cost, with coordinates of its own, by the way in which you keep it?

Makes a million points and divides all memory that they made the process take by their number: the
objects, their coordinates, and the lists or arrays that hold them.

    python scripts/objects/points-as.py --how slots --fields 8
"""

import gc
from argparse import Namespace
from array import array
from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import make_dataclass

from measured import memory
from measured.command import Experiment, execute, need_library, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

GENEROUS_SIZE = 150  # bytes of a field of a point, in any way
TRACED = 10_000  # points
Parts = Sequence[float]  # what is added to the number of a point, for each of its coordinates


def names(parts: Parts) -> list[str]:
    return [f"x{number}" for number in range(len(parts))]


def rows(number: int, parts: Parts, make: Callable[..., object]) -> object:
    """Keep a list of objects, one a point."""
    return [make(*[n + part for part in parts]) for n in range(number)]


def dicts(number: int, parts: Parts) -> object:
    keys = names(parts)
    return rows(number, parts, lambda *values: dict(zip(keys, values, strict=True)))


def objects(number: int, parts: Parts) -> object:
    return rows(number, parts, make_dataclass("Plain", names(parts)))


def slots(number: int, parts: Parts) -> object:
    return rows(number, parts, make_dataclass("Slotted", names(parts), slots=True))


def tuples(number: int, parts: Parts) -> object:
    return rows(number, parts, lambda *values: values)


def named_tuples(number: int, parts: Parts) -> object:
    return rows(number, parts, namedtuple("Point", names(parts)))


def lists(number: int, parts: Parts) -> object:
    return [[n + part for n in range(number)] for part in parts]


def arrays(number: int, parts: Parts) -> object:
    columns = [array("d", [part]) * number for part in parts]
    for column, part in zip(columns, parts, strict=True):
        for n in range(number):
            column[n] = n + part
    return columns


def numpy_columns(number: int, parts: Parts) -> object:
    need_library("numpy")
    import numpy as np

    return [np.fromiter((n + part for n in range(number)), float, number) for part in parts]


def numpy_records(number: int, parts: Parts) -> object:
    need_library("numpy")
    import numpy as np

    points = (tuple(n + part for part in parts) for n in range(number))
    return np.fromiter(points, [(name, float) for name in names(parts)], number)


WAYS: dict[str, Callable[[int, Parts], object]] = {
    "dicts": dicts,
    "objects": objects,
    "slots": slots,
    "tuples": tuples,
    "namedtuples": named_tuples,
    "lists": lists,
    "arrays": arrays,
    "numpy-columns": numpy_columns,
    "numpy-records": numpy_records,
}


def main(experiment: Experiment, options: Namespace) -> None:
    number, make = options.number, WAYS[options.how]
    parts = [(field + 1) / 16 for field in range(options.fields)]
    need_memory(GENEROUS_SIZE * options.fields * number, f"{number:,} points", "give --number less")
    gc.disable()  # its passes take time and free nothing: every point stays alive
    make(100, parts)  # imports, and all else that happens once
    start = memory.read()
    points = make(number, parts)
    grown, instrument = memory.private_growth(start, memory.read())
    del points
    experiment.record("each", grown / number, "bytes each", instrument, label="a point")
    with Traced() as traced:
        points = make(TRACED, parts)
    each = traced.held / TRACED
    experiment.record("traced", each, "bytes each", "tracemalloc", label="  traced")
    del points


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--how", choices=WAYS, default="slots", help="how to keep the points")
    add_number(arguments, "--number", 1_000_000, "points to make")
    add_number(arguments, "--fields", 3, "coordinates of a point")
    execute(main, arguments)
