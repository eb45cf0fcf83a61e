"""Is a flat file better?  Write a million rows as text, a row a line, read them, watch memory.

The third experiment of the classic tutorial, which never ran it: "it takes a long time".  The
original read each line with `eval`, which runs whatever the file says.  This one parses literals.

    python scripts/test-flat.py
    python scripts/test-flat.py --load FILE
    python -m memory_profiler scripts/test-flat.py
"""

import ast
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from measured.command import Experiment, Failure, count, execute, need_memory, parser
from measured.files import data_folder, whole_file
from measured.profiling import profile, untraced
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows

LONGEST_LINE = 200  # bytes; a row takes about 70


@untraced
def write_rows(rows: Iterable[Row], file: TextIO) -> None:
    for row in rows:
        print(row, file=file)


@untraced
def read_rows(file: BinaryIO) -> list[Row]:
    return list(parse(file))


def parse(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a flat file; a line that is not a row is a Failure with its number."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Failure(f"{file.name}, line {number}: longer than {LONGEST_LINE} bytes")
        if not line.endswith(b"\n"):
            raise Failure(f"{file.name}, line {number}: cut off, it has no end of line")
        try:
            row = ast.literal_eval(line.decode("ascii"))
            text_is_a_row = list(map(type, row)) == [float, str, int]
        except (ValueError, TypeError, SyntaxError, RecursionError):
            text_is_a_row = False
        if not text_is_a_row:
            raise Failure(f"{file.name}, line {number}: not a row (a float, a string, an integer)")
        yield row


@profile
def create_file(experiment: Experiment, path: Path, records: int) -> None:
    with experiment.step("make"):
        x = make_rows(records)
    with experiment.step("write"), whole_file(path, "w", encoding="ascii", newline="\n") as file:
        write_rows(x, file)
    with experiment.step("del"):
        del x


@profile
def load_file(experiment: Experiment, path: Path) -> list[Row]:
    with experiment.step("read"), path.open("rb") as file:
        y = read_rows(file)
    return y


def main(experiment: Experiment, options: Namespace) -> None:
    if options.load is not None:
        load_existing(experiment, options.load)
        return
    needed = GENEROUS_ROW_SIZE * options.records
    need_memory(needed, f"{options.records:,} rows", "give --records less")
    with data_folder(options.dir) as folder:
        path = folder / "machin.flat"
        create_file(experiment, path, options.records)
        size = path.stat().st_size
        experiment.record("file", size / 2**20, "MiB", "os.stat", label="size of the file")
        rows = load_file(experiment, path)
    experiment.record("rows", len(rows), "count", "len", label="rows read back")


def load_existing(experiment: Experiment, path: Path) -> None:
    if not path.is_file():
        raise Failure(f"{path}: {'not a regular file' if path.exists() else 'no such file'}")
    need_memory(5 * path.stat().st_size, f"reading {path}", "give a smaller file")
    rows = load_file(experiment, path)
    if not rows:
        raise Failure(f"{path}: holds no rows")
    experiment.record("rows", len(rows), "count", "len", label="rows read")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--records", type=count, default=1_000_000, metavar="N", help="rows to write"
    )
    where = arguments.add_mutually_exclusive_group()
    where.add_argument(
        "--dir", type=Path, metavar="DIR", help="folder for machin.flat, which then stays"
    )
    where.add_argument("--load", type=Path, metavar="FILE", help="read this flat file, write none")
    execute(main, arguments)
