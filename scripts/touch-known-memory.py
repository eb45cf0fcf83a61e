"""Which instrument sees which memory?  Take exactly N MiB in one way, and ask one instrument.

The system's own counters are read every time.  A heap profiler, which changes the process that it
watches, comes on top only when asked for, so each one is asked in a process of its own.

    python scripts/touch-known-memory.py --case bytearray
    python scripts/touch-known-memory.py --case file-map --instrument memray
"""

import ctypes
import mmap
import os
import subprocess
import sys
import tracemalloc
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import psutil

from measured.command import Experiment, count, execute, need_memory, parser
from measured.files import data_folder, whole_file
from measured.units import MIB

CHILD = "import sys; taken = bytearray(int(sys.argv[1])); print('ready', flush=True); input()"
# Windows has no such flag: there, pages without a file are always private or explicitly shared.
PRIVATE = {"flags": mmap.MAP_PRIVATE} if hasattr(mmap, "MAP_PRIVATE") else {}


def touch(memory: bytearray | mmap.mmap) -> object:
    for start_of_page in range(0, len(memory), mmap.PAGESIZE):
        memory[start_of_page] = 1
    return memory


def malloc(size: int) -> int:
    library = ctypes.CDLL(None if os.name == "posix" else "msvcrt")
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    address: int = library.malloc(size)
    ctypes.memset(address, 1, size)
    return address


def map_and_read(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    sum(mapped[:: mmap.PAGESIZE])  # a byte of every page
    return mapped


def child_with(size: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(size)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    return child


def ways_to_take(size: int, path: Path) -> dict[str, Callable[[], object]]:
    return {
        "bytearray": lambda: touch(bytearray(size)),
        "list": lambda: [b"\1" * MIB for _ in range(size // MIB)],
        "freed": lambda: touch(bytearray(size)) and None,
        "untouched": lambda: bytes(size),
        "private-map": lambda: touch(mmap.mmap(-1, size, **PRIVATE)),
        "shared-map": lambda: touch(mmap.mmap(-1, size)),
        "file-map": lambda: map_and_read(path),
        "ctypes-malloc": lambda: malloc(size),
        "child": lambda: child_with(size),
    }


def ask_system(experiment: Experiment, take: Callable[[], object]) -> object:
    process = psutil.Process()
    before = process.memory_info().rss
    with experiment.step("touch"):
        taken = take()
    psutil_sees = process.memory_info().rss - before
    experiment.record("psutil", psutil_sees / MIB, "MiB", "psutil")
    experiment.record("getsizeof", sys.getsizeof(taken) / MIB, "MiB", "sys.getsizeof")
    return taken


def ask_memory_profiler(experiment: Experiment, take: Callable[[], object]) -> object:
    import memory_profiler

    def one_line() -> object:
        taken = take()
        return taken

    profiler = memory_profiler.LineProfiler()
    taken = profiler(one_line)()
    ((_file, lines),) = profiler.code_map.items()
    _def, of_one_line, _return = [figures[0] for _number, figures in lines if figures]
    experiment.record("memory_profiler", of_one_line, "MiB", "memory_profiler's Increment")
    return taken


def ask_tracemalloc(experiment: Experiment, take: Callable[[], object]) -> object:
    tracemalloc.start()
    with experiment.step("touch-under-tracemalloc"):
        taken = take()
    current, peak = tracemalloc.get_traced_memory()
    experiment.record("tracemalloc.peak", peak / MIB, "MiB", "tracemalloc")
    experiment.record("tracemalloc.current", current / MIB, "MiB", "tracemalloc")
    return taken


def ask_memray(experiment: Experiment, take: Callable[[], object]) -> object:
    try:
        import memray
    except ImportError:
        for figure in ("memray.peak", "memray.current", "touch-under-memray.retained"):
            experiment.cannot(figure, "memray has no build for this system")
        return None
    with data_folder(None) as folder:
        with memray.Tracker(folder / "memray.bin"), experiment.step("touch-under-memray"):
            taken = take()
        report = memray.FileReader(folder / "memray.bin")
        peak = sum(record.size for record in report.get_high_watermark_allocation_records())
        current = sum(record.size for record in report.get_leaked_allocation_records())
    experiment.record("memray.peak", peak / MIB, "MiB", "memray")
    experiment.record("memray.current", current / MIB, "MiB", "memray")
    return taken


INSTRUMENTS = {
    "system": ask_system,
    "memory_profiler": ask_memory_profiler,
    "tracemalloc": ask_tracemalloc,
    "memray": ask_memray,
}


def main(experiment: Experiment, options: Namespace) -> None:
    size = options.mib * MIB
    need_memory(size, f"{options.mib:,} MiB", "give --mib less")
    with data_folder(None) as folder:
        path = folder / "known"
        if options.case == "file-map":
            with whole_file(path) as file:
                file.writelines(os.urandom(MIB) for _ in range(options.mib))
        take = ways_to_take(size, path)[options.case]
        taken = INSTRUMENTS[options.instrument](experiment, take)
    if isinstance(taken, subprocess.Popen):
        taken.communicate()


if __name__ == "__main__":
    arguments = parser(__doc__)
    cases = list(ways_to_take(0, Path()))
    arguments.add_argument("--case", choices=cases, default="bytearray", help="how to take it")
    arguments.add_argument("--mib", type=count, default=64, metavar="N", help="how much")
    arguments.add_argument(
        "--instrument", choices=list(INSTRUMENTS), default="system", help="who watches"
    )
    execute(main, arguments)
