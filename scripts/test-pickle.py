"""Is pickle wasteful?  Write a million rows to a pickle, read them back, and watch memory.

The second experiment of the classic tutorial.  Each step prints its peak (how high resident
memory rose while it ran) and what it retained (how much of that was still there afterwards).

    python scripts/test-pickle.py
    python -m memory_profiler scripts/test-pickle.py
"""

import pickle
from argparse import Namespace
from pathlib import Path

from measured.command import Experiment, execute, need_memory, parser
from measured.files import OwnFile, data_folder, whole_file
from measured.options import add_folder, add_number
from measured.profiling import profile
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows


@profile
def create_file(path: Path, records: int, protocol: int) -> None:
    x = make_rows(records)
    with whole_file(path) as f:
        pickle.dump(x, f, protocol)
    del x


@profile
def load_file(written: OwnFile) -> list[Row]:
    with written.open() as f:  # the file of this run
        y: list[Row] = pickle.load(f)
    return y


def main(experiment: Experiment, options: Namespace) -> None:
    needed = 2 * GENEROUS_ROW_SIZE * options.records
    need_memory(needed, f"pickling {options.records:,} rows", "give --records less")
    experiment.steps(create_file, {"make": "x =", "dump": "pickle.dump", "del": "del x"})
    experiment.steps(load_file, {"load": "y: list[Row] ="})
    with data_folder(options.dir) as folder:
        path = folder / "machin.pkl"
        create_file(path, options.records, options.protocol)
        written = OwnFile(path)
        size = path.stat().st_size
        experiment.record("file", size / 2**20, "MiB", "os.stat", label="size of the file")
        rows = load_file(written)
    experiment.record("rows", len(rows), "count", "len", label="rows read back")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 1_000_000, "rows to write")
    arguments.add_argument(
        "--protocol",
        type=int,
        default=pickle.DEFAULT_PROTOCOL,
        choices=range(pickle.HIGHEST_PROTOCOL + 1),
        help="pickle protocol (default: %(default)s)",
    )
    add_folder(arguments, "machin.pkl")
    execute(main, arguments)
