"""What does an object really take, when there are a million of them?

`sys.getsizeof` says what an object's type reports.  This fills a list, made beforehand, with a
million new objects and divides what two other instruments saw by the number of objects: the
growth of resident memory, and the bytes that `tracemalloc` saw Python ask for.

    python scripts/tutorial/block-sizes.py --kind float
"""

import sys
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

TRACED = 10_000  # objects; enough, since tracemalloc counts every byte
GENEROUS_SIZE = 120  # bytes of an object of any kind, with its place in the list

KINDS: dict[str, Callable[[int], object]] = {
    "none": lambda _number: None,
    "int": lambda number: number + 1_000,
    "float": lambda number: number / 7,
    "str": lambda number: str(number + 1_000_000),
    "list": lambda _number: [],
    "dict": lambda _number: {},
}


def fill(places: list[object], make: Callable[[int], object]) -> None:
    for number in range(len(places)):
        places[number] = make(number)


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(GENEROUS_SIZE * options.number, f"{options.number:,} objects", "give --number less")
    make = KINDS[options.kind]
    reported = sys.getsizeof(make(options.number - 1))
    places: list[object] = [None] * options.number
    traced_places: list[object] = [None] * TRACED

    with experiment.step("fill") as step:
        fill(places, make)

    with Traced() as traced:
        fill(traced_places, make)

    resident = step.retained * 2**20 / options.number
    experiment.record("reported", reported, "bytes each", "sys.getsizeof")
    experiment.record("traced", traced.held / TRACED, "bytes each", "tracemalloc")
    experiment.record("resident", resident, "bytes each", step.instrument)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--kind", choices=KINDS, default="int", help="what to make")
    add_number(arguments, "--number", 1_000_000, "objects to make")
    execute(main, arguments)
