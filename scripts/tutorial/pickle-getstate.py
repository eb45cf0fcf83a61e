"""What does `__getstate__` save when an object holds the data that it was made from?

`--how everything` pickles the model with its training set.  `--how without-data` leaves the set
out and remembers only where it is; `__setstate__` then reads it again.

    python scripts/tutorial/pickle-getstate.py --how everything
    python scripts/tutorial/pickle-getstate.py --how without-data
"""

import pickle
from argparse import Namespace
from pathlib import Path
from typing import Any

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.elsewhere import run_elsewhere
from measured.files import OwnFile, data_folder, whole_file
from measured.options import add_folder, add_number
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows
from measured.units import KIB


class Model:
    """A model with a few weights, and the training set that they come from."""

    def __init__(self, training_set_path: Path) -> None:
        self.training_set_path = training_set_path
        self.training_set = read_training_set(training_set_path)
        self.weights = [row[0] for row in self.training_set[:100]]


class LeanModel(Model):
    """The same model; its pickle holds the path of the training set, not the set."""

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        del state["training_set"]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.training_set = read_training_set(self.training_set_path)


def write_training_set(path: Path, records: int) -> None:
    with whole_file(path) as file:
        pickle.dump(make_rows(records), file)


def read_training_set(path: Path) -> list[Row]:
    with OwnFile(path).open() as file:
        rows: list[Row] = pickle.load(file)  # only ever the file that main has just written
    return rows


def main(experiment: Experiment, options: Namespace) -> None:
    needed = 3 * GENEROUS_ROW_SIZE * options.records
    need_memory(needed, f"a training set of {options.records:,} rows", "give --records less")
    with data_folder(options.dir) as folder:
        training_set = folder / "training-set.pkl"
        run_elsewhere(write_training_set, training_set, options.records)
        model = (LeanModel if options.how == "without-data" else Model)(training_set)
        path = folder / "model.pkl"
        with experiment.step("dump"), whole_file(path) as file:
            pickle.dump(model, file)
        size = path.stat().st_size / KIB
        with OwnFile(path).open() as file:
            back = pickle.load(file)
    if (back.weights, back.training_set) != (model.weights, model.training_set):
        raise Failure("the model that came back is another one")
    experiment.record("file", size, "KiB", "os.stat", label="size of model.pkl")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 100_000, "rows in the training set")
    arguments.add_argument(
        "--how",
        choices=["everything", "without-data"],
        default="without-data",
        help="(default: %(default)s)",
    )
    add_folder(arguments, "model.pkl", "training-set.pkl")
    execute(main, arguments)
