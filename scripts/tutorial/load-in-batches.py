"""What does it cost to add up one column of a text file: all rows at once, or a batch at a time?

A batch is a list of rows, each a list of floats.  One batch lives at a time.

    python scripts/tutorial/load-in-batches.py --batch 1_000
    python scripts/tutorial/load-in-batches.py --batch 100_000
"""

from argparse import Namespace
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from measured.command import Experiment, execute, need_memory, parser
from measured.files import data_folder
from measured.number_file import COLUMNS, NUMBER_SIZE, write_numbers
from measured.options import add_folder, add_number
from measured.units import MIB

Row = list[float]


def batches(file: BinaryIO, size: int) -> Iterator[list[Row]]:
    """Yield lists of at most `size` rows, until the file ends."""
    rows = ([float(text) for text in line.split(b",")] for line in file)
    while True:
        batch = list(islice(rows, size))
        if not batch:
            return
        yield batch
        del batch  # or this name, too, would keep it alive


def sum_of_column(path: Path, column: int, batch_size: int) -> float:
    total = 0.0
    with path.open("rb") as file:
        for batch in batches(file, batch_size):
            for row in batch:
                total += row[column]
            del batch, row  # let go of the batch before the next one is read
    return total


def main(experiment: Experiment, options: Namespace) -> None:
    size = options.rows * COLUMNS * NUMBER_SIZE
    at_once = min(options.rows, options.batch)
    need_memory(10 * at_once * COLUMNS * NUMBER_SIZE, f"{at_once:,} rows", "give --batch less")
    with data_folder(options.dir) as folder:
        path = folder / "numbers.csv"
        write_numbers(path, options.rows)
        with experiment.step("sum") as step:
            total = sum_of_column(path, column=2, batch_size=options.batch)
    mean = total / options.rows
    experiment.say(f"mean of the third column: {mean:.5f}")
    experiment.record("file", size / MIB, "MiB", "its numbers", label="size of the file")
    label = "peak, against the size of the file"
    experiment.record("copies", step.peak * MIB / size, "copies", step.peak_instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["numpy"])
    add_number(arguments, "--rows", 100_000, "rows of eight numbers")
    add_number(arguments, "--batch", 1_000, "rows to hold at once")
    add_folder(arguments, "numbers.csv")
    execute(main, arguments)
