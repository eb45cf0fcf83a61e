"""How does memory rise and fall while pickle writes, from the first row to the last?

Makes rows, and pickles them in one of three ways while another process samples this one's memory:

    dump     pickle.dump, into a file
    dumps    pickle.dumps, which returns the pickle as bytes
    batches  pickle.dump for each batch of rows, all into one file

    python scripts/tutorial/pickle-over-time.py --how dumps
"""

import pickle
import time
from argparse import Namespace
from collections.abc import Callable
from typing import IO

from measured import memory, over_time
from measured.command import Experiment, execute, need_memory, parser
from measured.files import data_folder, whole_file
from measured.options import add_number
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows
from measured.units import MIB

BATCH = 5_000  # rows
BEFORE, AFTER = 0.05, 0.1  # of the time of the whole, that is drawn before and after it
MOVES = 0.003  # of the highest, that memory must move by for a point of the picture


def dump(rows: list[Row], file: IO[bytes]) -> None:
    pickle.dump(rows, file)


def dumps(rows: list[Row], _file: IO[bytes]) -> bytes:
    return pickle.dumps(rows)


def batches(rows: list[Row], file: IO[bytes]) -> None:
    for start in range(0, len(rows), BATCH):
        pickle.dump(rows[start : start + BATCH], file)


WAYS: dict[str, Callable[[list[Row], IO[bytes]], bytes | None]] = {
    way.__name__: way for way in (dump, dumps, batches)
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(
        2 * GENEROUS_ROW_SIZE * options.records, f"{options.records:,} rows", "give --records less"
    )
    empty = memory.read().resident / MIB
    rows = make_rows(options.records)
    with data_folder(None) as folder, over_time.sampled() as samples:
        time.sleep(0.1)
        with whole_file(folder / "rows.pkl") as file, experiment.step("call") as step:
            start = time.monotonic()
            written = WAYS[options.how](rows, file)
            end = time.monotonic()
        time.sleep(0.2)

    seen = over_time.around(samples, start, end, before=BEFORE, after=AFTER)
    points = [(100 * share, size - empty) for share, size in seen]
    highest = max(size for _, size in points)
    before = points[0][1]
    experiment.series("memory", over_time.bends(points, MOVES * highest))
    for name, size, label in (
        ("before", before, "the rows, before"),
        ("highest", highest, "highest"),
        ("after", points[-1][1], "after"),
    ):
        experiment.record(name, size, "MiB", over_time.INSTRUMENT, label=label)
    rise = highest - before
    apart = abs(rise - step.peak) / highest
    label = "peak by samples and by the kernel, apart"
    experiment.record("apart", apart, "fraction", over_time.INSTRUMENT, label=label)
    experiment.record("kept", len(written or b"") / MIB, "MiB", "len", label="bytes returned")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 1_000_000, "rows to pickle")
    arguments.add_argument("--how", choices=WAYS, default="dump", help="one of the ways above")
    execute(main, arguments)
