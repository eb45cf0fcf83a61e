"""How many copies of the data does it take to load a text file into a NumPy array?

The numbers in the file take as many bytes as the array that holds them, so one copy is the size
of the file, and of the array.  The peak is measured while the array is filled.

    python scripts/tutorial/fill-array.py --how row-by-row
    python scripts/tutorial/fill-array.py --how list-first
    python scripts/tutorial/fill-array.py --how loadtxt
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from measured.command import Experiment, execute, need_memory, optional, parser
from measured.files import data_folder
from measured.number_file import COLUMNS, NUMBER_SIZE, write_numbers
from measured.options import add_folder, add_number
from measured.units import MIB

with optional():
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def row_by_row(path: Path, rows: int) -> Array:
    array = np.empty((rows, COLUMNS))
    with path.open("rb") as file:
        for number, line in enumerate(file):
            array[number] = [float(text) for text in line.split(b",")]
    return array


def list_first(path: Path, _rows: int) -> Array:
    with path.open("rb") as file:
        rows = [[float(text) for text in line.split(b",")] for line in file]
    return np.array(rows)


def loadtxt(path: Path, _rows: int) -> Array:
    return np.loadtxt(path, delimiter=",")


WAYS: dict[str, Callable[[Path, int], Array]] = {
    "row-by-row": row_by_row,
    "list-first": list_first,
    "loadtxt": loadtxt,
}


def main(experiment: Experiment, options: Namespace) -> None:
    size = options.rows * COLUMNS * NUMBER_SIZE
    need_memory(10 * size, f"loading {options.rows:,} rows", "give --rows less")
    with data_folder(options.dir) as folder:
        path = folder / "numbers.csv"
        write_numbers(path, options.rows)
        with experiment.step("fill") as step:
            array = WAYS[options.how](path, options.rows)
    experiment.record("array", array.nbytes / MIB, "MiB", "ndarray.nbytes", label="the array")
    copies = step.peak * MIB / array.nbytes
    experiment.record("copies", copies, "copies", step.peak_instrument, label="peak of filling it")


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["numpy"])
    add_number(arguments, "--rows", 250_000, "rows of eight numbers")
    arguments.add_argument(
        "--how", choices=WAYS, default="row-by-row", help="(default: %(default)s)"
    )
    add_folder(arguments, "numbers.csv")
    execute(main, arguments)
