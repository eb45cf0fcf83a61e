"""What does it cost to load a file of many objects: all in one pickle, or one pickle after another?

Each object is a list of rows.  Loading them one at a time, each goes before the next one comes.

    python scripts/tutorial/several-objects.py --how together
    python scripts/tutorial/several-objects.py --how one-at-a-time
"""

import gc
import pickle
from argparse import Namespace
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.elsewhere import run_elsewhere
from measured.files import OwnFile, data_folder, whole_file
from measured.options import add_folder, add_number
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows

Rows = list[Row]


def objects(number: int, records: int) -> Iterator[Rows]:
    """Yield `number` lists of rows; each is made from its own seed, so that order matters."""
    for seed in range(number):
        yield make_rows(records, seed)


def write(path: Path, number: int, records: int, together: bool) -> None:
    things = objects(number, records)
    with whole_file(path) as file:
        for thing in [list(things)] if together else things:
            pickle.dump(thing, file)


def load_together(path: OwnFile) -> Iterator[Rows]:
    with path.open() as file:
        yield from pickle.load(file)


def load_one_at_a_time(path: OwnFile) -> Iterator[Rows]:
    with path.open() as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:  # how pickle says that the file holds no more
                return


def first_number(thing: Rows) -> float:
    return thing[0][0]


def numbers(floats: Iterable[float]) -> "array[float]":
    """Copy numbers out: a float that is kept keeps the whole arena that it lies in."""
    return array("d", floats)


def main(experiment: Experiment, options: Namespace) -> None:
    rows = options.objects * options.records
    need_memory(3 * GENEROUS_ROW_SIZE * rows, f"{rows:,} rows", "give --records less")
    together = options.how == "together"
    first_numbers = numbers(map(first_number, objects(options.objects, 1)))
    with data_folder(options.dir) as folder:
        path = folder / "objects.pkl"
        run_elsewhere(write, path, options.objects, options.records, together)
        load = load_together if together else load_one_at_a_time
        with experiment.step("load"):
            found = numbers(map(first_number, load(OwnFile(path))))
        with experiment.step("collect"):
            gc.collect()  # there are no cycles here, but it also empties the free lists
    if len(found) != options.objects:
        raise Failure(f"{options.objects} objects went into the file, {len(found)} came out")
    in_order = float(found == first_numbers)
    experiment.record("in_order", in_order, "fraction", "==", label="objects in the same order")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--objects", 20, "objects to dump")
    add_number(arguments, "--records", 5_000, "rows in each object")
    arguments.add_argument(
        "--how",
        choices=["together", "one-at-a-time"],
        default="one-at-a-time",
        help="(default: %(default)s)",
    )
    add_folder(arguments, "objects.pkl")
    execute(main, arguments)
