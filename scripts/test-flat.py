"""Is a flat file better?  Write a million rows as text, a row a line, read them, watch memory.

The third experiment of the classic tutorial, which never ran it: "it takes a long time".  The
original read each line with `eval`, which runs whatever the file says.  This one parses literals.

    python scripts/test-flat.py
    python scripts/test-flat.py --load FILE
    python -m memory_profiler scripts/test-flat.py
"""

import ast
import warnings
from argparse import Namespace
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO

from measured.command import Experiment, Failure, count, execute, need_memory, parser
from measured.files import data_folder, refuse_other_encodings, whole_file
from measured.profiling import profile, untraced
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows

LONGEST_LINE = 200  # bytes; a row takes about 70


def flat_file(path: Path) -> AbstractContextManager[IO[str]]:
    return whole_file(path, "w", encoding="ascii", newline="\n")


@untraced
def write_rows(rows: Iterable[Row], file: IO[str]) -> None:
    file.writelines(f"{row}\n" for row in rows)


@untraced
def read_rows(file: BinaryIO) -> list[Row]:
    """Parse a flat file; a line that is not a row is a Failure with its number."""
    rows = []
    for number, line in enumerate(iter(partial(file.readline, LONGEST_LINE + 1), b""), start=1):
        if len(line) > LONGEST_LINE:
            raise Failure(f"{file.name}, line {number}: longer than {LONGEST_LINE} bytes")
        if not line.endswith(b"\n"):
            raise Failure(f"{file.name}, line {number}: cut off, it has no end of line")
        try:
            row = ast.literal_eval(line.decode("ascii"))
            text_is_a_row = type(row) is tuple and [*map(type, row)] == [float, str, int]
        except (ValueError, TypeError, SyntaxError, RecursionError):
            text_is_a_row = False
        if not text_is_a_row:
            raise Failure(f"{file.name}, line {number}: not a row (a float, a string, an integer)")
        rows.append(row)
    return rows


@profile
def create_file(path: Path, records: int) -> None:
    x = make_rows(records)
    with flat_file(path) as f:
        write_rows(x, f)
    del x


@profile
def load_file(path: Path) -> list[Row]:
    with path.open("rb") as f:
        y = read_rows(f)
    return y


def main(experiment: Experiment, options: Namespace) -> None:
    experiment.steps(create_file, {"make": "x =", "write": "write_rows", "del": "del x"})
    experiment.steps(load_file, {"read": "y ="})
    if options.load is not None:
        rows = load_existing(options.load)
    else:
        n = options.records
        need_memory(GENEROUS_ROW_SIZE * n, f"{n:,} rows", "give --records less")
        with data_folder(options.dir) as folder:
            path = folder / "machin.flat"
            create_file(path, n)
            size = path.stat().st_size / 2**20
            experiment.record("file", size, "MiB", "os.stat", label="size of the file")
            rows = load_file(path)
    experiment.record("rows", len(rows), "count", "len", label="rows read back")


def load_existing(path: Path) -> list[Row]:
    if not path.is_file():
        raise Failure(f"{path}: {'not a regular file' if path.exists() else 'no such file'}")
    refuse_other_encodings(path)
    need_memory(5 * path.stat().st_size, f"reading {path}", "give a smaller file")
    with warnings.catch_warnings(action="ignore"):  # the parser's, about lines that are no rows
        rows = load_file(path)
    if not rows:
        raise Failure(f"{path}: holds no rows")
    return rows


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
