"""How many copies of a NumPy array does pickle make, on the way out and on the way back?

The peak of the dump comes on top of the array that is dumped.  The peak of the load counts the
array that comes back.

    python scripts/tutorial/pickle-array.py --how protocol-2
    python scripts/tutorial/pickle-array.py --how protocol-5
    python scripts/tutorial/pickle-array.py --how numpy.save
    python scripts/tutorial/pickle-array.py --how in-memory
    python scripts/tutorial/pickle-array.py --how out-of-band
"""

from __future__ import annotations

import pickle
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measured.command import Experiment, Failure, execute, need_memory, optional, parser
from measured.files import OwnFile, data_folder, whole_file
from measured.options import add_folder, add_number
from measured.units import MIB

with optional():
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Load = Callable[[], Array]


def to_file(array: Array, path: Path, protocol: int) -> Load:
    with whole_file(path) as file:
        pickle.dump(array, file, protocol)
    return partial(from_file, OwnFile(path))


def from_file(written: OwnFile) -> Array:
    with written.open() as file:
        array: Array = pickle.load(file)  # what to_file has just written
    return array


def numpy_save(array: Array, path: Path) -> Load:
    with whole_file(path) as file:
        np.save(file, array)
    return partial(np.load, path)


def in_memory(array: Array, _path: Path) -> Load:
    message = pickle.dumps(array, protocol=5)
    return partial(pickle.loads, message)


def out_of_band(array: Array, _path: Path) -> Load:
    buffers: list[pickle.PickleBuffer] = []
    message = pickle.dumps(array, protocol=5, buffer_callback=buffers.append)
    return partial(pickle.loads, message, buffers=buffers)


WAYS: dict[str, Callable[[Array, Path], Load]] = {
    **{f"protocol-{number}": partial(to_file, protocol=number) for number in (2, 3, 4, 5)},
    "numpy.save": numpy_save,
    "in-memory": in_memory,
    "out-of-band": out_of_band,
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(8 * options.mib * MIB, f"pickling {options.mib:,} MiB", "give --mib less")
    array = np.random.default_rng(2013).random(options.mib * MIB // 8)
    size, first = array.nbytes, array[:1000].tobytes()
    with data_folder(options.dir) as folder:
        path = folder / "array.data"
        with experiment.step("dump") as dump:
            load_again = WAYS[options.how](array, path)
        del array
        with experiment.step("load") as load:
            back = load_again()
        if path.exists():
            file_size = path.stat().st_size / MIB
            experiment.record("file", file_size, "MiB", "os.stat", label="size of the file")
    if back.nbytes != size or back[:1000].tobytes() != first:
        raise Failure("what came back is not what was written")
    for name, step in (("dump", dump), ("load", load)):
        copies = step.peak * MIB / size
        label = f"peak of the {name}"
        experiment.record(f"{name}.copies", copies, "copies", step.peak_instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["numpy"])
    add_number(arguments, "--mib", 48, "size of the array in MiB")
    arguments.add_argument(
        "--how",
        choices=WAYS,
        default=f"protocol-{pickle.DEFAULT_PROTOCOL}",
        help="(default: %(default)s)",
    )
    add_folder(arguments, "array.data")
    execute(main, arguments)
