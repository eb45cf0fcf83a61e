"""Does `numpy.load` read a whole .npz file, or only the arrays that you ask for?

The file is written by another process, so that each step of this one starts with nothing behind it.
The steps open the file, take one array out of it, and then the others.

    python scripts/tutorial/savez-lazy.py
    python scripts/tutorial/savez-lazy.py --arrays 8
"""

from argparse import Namespace
from pathlib import Path

from measured.command import Experiment, execute, need_memory, optional, parser
from measured.elsewhere import run_elsewhere
from measured.files import data_folder, whole_file
from measured.options import add_folder, add_number
from measured.units import MIB

with optional():
    import numpy as np


def write(path: Path, arrays: int, mib: int) -> None:
    random = np.random.default_rng(2013)
    layers = {f"layer_{number}": random.random(mib * MIB // 8) for number in range(arrays)}
    with whole_file(path) as file:
        np.savez(file, **layers)  # type: ignore[arg-type]


def main(experiment: Experiment, options: Namespace) -> None:
    size = options.mib * MIB
    need_memory(
        2 * options.arrays * size, f"{options.arrays:,} arrays of {options.mib:,} MiB", "give less"
    )
    with data_folder(options.dir) as folder:
        path = folder / "model.npz"
        run_elsewhere(write, path, options.arrays, options.mib)
        with experiment.step("open") as step_open:
            saved = np.load(path)
        with saved:
            with experiment.step("one") as step_one:
                first = saved["layer_0"]
            same = float(saved["layer_0"] is first)
            with experiment.step("others"):
                others = [saved[name] for name in saved.files[1:]]
        with np.load(path, mmap_mode="r") as asked_for_a_map:
            mapped = float(isinstance(asked_for_a_map["layer_0"], np.memmap))
    experiment.record("arrays", 1 + len(others), "count", "len", label="arrays in the file")
    for name, step in (("open", step_open), ("one", step_one)):
        copies = step.peak * MIB / size
        label = f"{name}: peak, in copies of one array"
        experiment.record(f"{name}.copies", copies, "copies", step.peak_instrument, label=label)
    experiment.record("same", same, "fraction", "is", label="second look gives the same array")
    experiment.record("mapped", mapped, "fraction", "isinstance", label="mmap_mode gives a map")


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["numpy"])
    add_number(arguments, "--arrays", 4, "arrays in the file")
    add_number(arguments, "--mib", 16, "size of each array in MiB")
    add_folder(arguments, "model.npz")
    execute(main, arguments)
