"""How many copies of a NumPy array does pickle make, on the way out and on the way back?

For each way, the peak of writing comes on top of the array that is written; the peak of reading
includes the array that comes back.

    python scripts/pickle-array.py --how protocol-2
    python scripts/pickle-array.py --how protocol-5
    python scripts/pickle-array.py --how out-of-band
    python scripts/pickle-array.py --how numpy.save
"""

import pickle
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from measured.command import Experiment, Failure, count, execute, need_memory, parser
from measured.files import OwnFile, data_folder, whole_file
from measured.units import MIB

Array = NDArray[np.float64]


def dump(array: Array, path: Path, protocol: int) -> None:
    with whole_file(path) as file:
        pickle.dump(array, file, protocol)


def load(path: Path) -> Array:
    with OwnFile(path).open() as file:
        array: Array = pickle.load(file)  # only ever the file that this run has just written
    return array


def dump_out_of_band(array: Array, path: Path) -> None:
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(array, protocol=5, buffer_callback=buffers.append)
    with whole_file(path) as file:
        pickle.dump((head, [buffer.raw().nbytes for buffer in buffers]), file)
        for buffer in buffers:
            file.write(buffer.raw())  # the array's own memory


def load_out_of_band(path: Path) -> Array:
    with OwnFile(path).open() as file:
        head, sizes = pickle.load(file)
        buffers = [bytearray(size) for size in sizes]
        for buffer in buffers:
            file.readinto(buffer)  # type: ignore[attr-defined]
    array: Array = pickle.loads(head, buffers=buffers)
    return array


def save(array: Array, path: Path) -> None:
    with whole_file(path) as file:
        np.save(file, array)


def load_npy(path: Path) -> Array:
    array: Array = np.load(path)
    return array


WAYS: dict[str, tuple[Callable[[Array, Path], None], Callable[[Path], Array]]] = {
    **{f"protocol-{n}": (partial(dump, protocol=n), load) for n in (2, 3, 4, 5)},
    "out-of-band": (dump_out_of_band, load_out_of_band),
    "numpy.save": (save, load_npy),
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(options.mib * 8 * MIB, f"pickling {options.mib:,} MiB", "give --mib less")
    write, read = WAYS[options.how]
    array = np.random.default_rng(2013).random(options.mib * MIB // 8)
    size = array.nbytes
    with data_folder(options.dir) as folder:
        path = folder / "array.data"
        with experiment.step("dump") as dumping:
            write(array, path)
        experiment.record("file", path.stat().st_size / MIB, "MiB", "os.stat", label="the file")
        first_and_last = array[[0, -1]]
        del array
        with experiment.step("load") as loading:
            back = read(path)
    if not np.array_equal(back[[0, -1]], first_and_last):
        raise Failure("what came back is not what was written")
    for name, step in (("dump", dumping), ("load", loading)):
        copies = step.peak * MIB / size
        label = f"peak of the {name}"
        experiment.record(f"{name}.copies", copies, "copies", step.peak_instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--mib", type=count, default=64, metavar="N", help="size of the array")
    arguments.add_argument("--how", choices=WAYS, default=f"protocol-{pickle.DEFAULT_PROTOCOL}")
    arguments.add_argument(
        "--dir", type=Path, metavar="DIR", help="folder for array.data, which then stays"
    )
    execute(main, arguments)
