"""Where do the bytes of a file live: in memory of your own, or in pages that belong to the file?

`--how read` copies the file into an array.  `--how map` maps it and touches every byte.  The pages
of the map can be taken out of the process and are there again when they are touched: the last
steps show both.  What the kernel keeps of the file in its cache is not looked at.

    python scripts/tutorial/memory-map.py --how read
    python scripts/tutorial/memory-map.py --how map
"""

import mmap
import sys
from argparse import Namespace
from pathlib import Path

from measured.command import Experiment, Failure, execute, need_memory, optional, parser
from measured.files import data_folder, whole_file
from measured.options import add_folder, add_number
from measured.units import MIB

with optional():
    import numpy as np

NUMBERS_PER_MIB = MIB // 8


def write_file(path: Path, mib: int) -> None:
    """Write `mib` MiB of random 64-bit floats, one MiB at a time."""
    random = np.random.default_rng(2013)
    with whole_file(path) as file:
        for _ in range(mib):
            file.write(random.random(NUMBERS_PER_MIB).tobytes())


def read(experiment: Experiment, path: Path) -> None:
    with experiment.step("read"):
        array = np.fromfile(path)
        total = array.sum()
    experiment.say(f"sum: {total:,.6f}")


def map_file(experiment: Experiment, path: Path) -> None:
    with path.open("rb") as file, experiment.step("open"):
        pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        array = np.frombuffer(pages)
    with experiment.step("read"):
        total = array.sum()
    experiment.say(f"sum: {total:,.6f}")
    drop_and_come_back(experiment, pages, float(total))
    del array
    pages.close()


def drop_and_come_back(experiment: Experiment, pages: mmap.mmap, total: float) -> None:
    if sys.platform != "linux":
        for name in ("dropped", "again", "same"):
            experiment.cannot(name, "needs Linux, where MADV_DONTNEED acts at once")
        return
    with experiment.step("drop") as drop:
        pages.madvise(mmap.MADV_DONTNEED)
    with experiment.step("touch again") as again:
        total_again = np.frombuffer(pages).sum()
    for name, mib, label in (
        ("dropped", -drop.retained, "share of the map no longer resident"),
        ("again", again.retained, "share of the map resident again"),
    ):
        share = mib * MIB / len(pages)
        experiment.record(name, share, "fraction", drop.instrument, label=label)
    same = float(total_again == total)
    experiment.record("same", same, "fraction", "==", label="sum after that equals sum before")


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(2 * options.mib * MIB, f"a file of {options.mib:,} MiB", "give --mib less")
    with data_folder(options.dir) as folder:
        path = folder / "numbers.raw"
        write_file(path, options.mib)
        if path.stat().st_size != options.mib * MIB:
            raise Failure(f"{path}: not {options.mib} MiB long")
        if options.how == "read":
            read(experiment, path)
        else:
            map_file(experiment, path)


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["numpy"])
    add_number(arguments, "--mib", 64, "size of the file in MiB")
    arguments.add_argument(
        "--how", choices=["read", "map"], default="map", help="(default: %(default)s)"
    )
    add_folder(arguments, "numbers.raw")
    execute(main, arguments)
