"""How much does a data frame of a file take, as it comes, and if you say what you need?

The file has a place, a remark and an amount in each row.  It is read as pandas reads it by itself;
or only the two columns that are needed, with the places as categories.

    python scripts/mend/frame-of-text.py --read all
    python scripts/mend/frame-of-text.py --read needed
"""

from argparse import Namespace
from pathlib import Path
from typing import Any

from measured.command import Experiment, execute, need_memory, parser
from measured.elsewhere import run_elsewhere
from measured.files import data_folder
from measured.options import add_number
from measured.units import MIB

READ: dict[str, dict[str, Any]] = {
    "all": {},
    "needed": {
        "usecols": ["place", "amount"],
        "dtype": {"place": "category", "amount": "float32"},
    },
}


def write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("place,remark,amount\n")
        for row in range(rows):
            file.write(f"place number {row % 200},remark {row} of the day,{row / 7:.2f}\n")


def main(experiment: Experiment, options: Namespace) -> None:
    import pandas

    need_memory(800 * options.rows, f"{options.rows:,} rows", "give --rows less")
    with data_folder(None) as folder:
        path = folder / "rows.csv"
        run_elsewhere(write, path, options.rows)
        experiment.keep("file", path.stat().st_size / MIB, "MiB", "size of the file")
        pandas.read_csv(path, nrows=10)  # what pandas loads by and by is there
        with experiment.step("read"):
            frame = pandas.read_csv(path, **READ[options.read])
    if getattr(frame["place"].dtype, "storage", "python") != "python":
        for name in ("shallow", "deep"):
            experiment.cannot(name, "this pandas keeps no texts as objects")
        return
    by = "DataFrame.memory_usage"
    experiment.record("shallow", frame.memory_usage().sum() / MIB, "MiB", by)
    experiment.record("deep", frame.memory_usage(deep=True).sum() / MIB, "MiB", f"{by}(deep=True)")


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["pandas"])
    arguments.add_argument(
        "--read", choices=list(READ), default="all", help="everything, or what is needed"
    )
    add_number(arguments, "--rows", 500_000, "rows in the file")
    execute(main, arguments)
