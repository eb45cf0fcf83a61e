"""What does pickle's memo cost while it writes, and what does it cost to do without?

The memo is the pickler's table of every object that it has written so far.  Each way of writing
the same rows treats it differently:

    plain     pickle.dump, once, for all rows
    batches   pickle.dump for each batch of rows, all into one file
    clear     one pickler for all batches, with clear_memo() after each
    reuse     one pickler for all batches, and nothing cleared
    fast      a pickler with `fast` set, which keeps no memo
    python    the pickler written in Python, whose memo is a dictionary

Whatever pickles the file then holds are loaded one after the other, and not kept.

    python scripts/tutorial/pickle-memo.py --how fast
"""

import pickle
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import IO

from measured.command import Experiment, execute, need_memory, parser
from measured.files import OwnFile, data_folder, whole_file
from measured.options import add_number
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows

BATCH = 5_000  # rows


def batches_of(rows: list[Row]) -> Iterator[list[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def plain(rows: list[Row], file: IO[bytes]) -> None:
    pickle.dump(rows, file)


def batches(rows: list[Row], file: IO[bytes]) -> None:
    for batch in batches_of(rows):
        pickle.dump(batch, file)


def clear(rows: list[Row], file: IO[bytes]) -> None:
    pickler = pickle.Pickler(file)
    for batch in batches_of(rows):
        pickler.dump(batch)
        pickler.clear_memo()


def reuse(rows: list[Row], file: IO[bytes]) -> None:
    pickler = pickle.Pickler(file)
    for batch in batches_of(rows):
        pickler.dump(batch)


def fast(rows: list[Row], file: IO[bytes]) -> None:
    pickler = pickle.Pickler(file)
    pickler.fast = True
    pickler.dump(rows)


def python(rows: list[Row], file: IO[bytes]) -> None:
    # Private, but the only way to the implementation that other Pythons and Python 2 use.
    pickle._Pickler(file).dump(rows)


WAYS: dict[str, Callable[[list[Row], IO[bytes]], None]] = {
    way.__name__: way for way in (plain, batches, clear, reuse, fast, python)
}


def read_back(file: IO[bytes], *, one_unpickler: bool) -> int:
    """Load pickle after pickle from the file that this run wrote; count the rows."""
    unpickler = pickle.Unpickler(file)
    rows = 0
    while True:
        try:
            rows += len((unpickler if one_unpickler else pickle.Unpickler(file)).load())
        except EOFError:
            return rows


def main(experiment: Experiment, options: Namespace) -> None:
    needed = 4 * GENEROUS_ROW_SIZE * options.records
    need_memory(needed, f"pickling {options.records:,} rows", "give --records less")
    with experiment.step("make"):
        rows = make_rows(options.records)
    with data_folder(None) as folder:
        path = folder / "rows.pkl"
        with experiment.step("dump"), whole_file(path) as file:
            WAYS[options.how](rows, file)
        del rows
        written = OwnFile(path)
        size = path.stat().st_size
        experiment.record("file", size / 2**20, "MiB", "os.stat", label="size of the file")
        with experiment.step("load"), written.open() as file:
            # What one pickler wrote without clearing refers back to earlier pickles.
            found = read_back(file, one_unpickler=options.how == "reuse")
    experiment.record("rows", found, "count", "len", label="rows read back")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 250_000, "rows to write")
    arguments.add_argument("--how", choices=WAYS, default="plain", help="one of the ways above")
    execute(main, arguments)
