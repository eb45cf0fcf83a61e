"""Which instrument sees which memory?  Take exactly N MiB in one way, and ask one instrument.

Each figure is the share of those N MiB that the instrument sees.  Profilers change the process
that they watch, so each is asked in a process of its own.

    python scripts/tutorial/touch-known-memory.py --case bytearray
    python scripts/tutorial/touch-known-memory.py --case file-map --instrument memray
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psutil

from measured.command import Experiment, execute, need_library, need_memory, parser
from measured.files import data_folder
from measured.known_memory import numpy_array, ways_to_take
from measured.options import add_number
from measured.tracing import Traced
from measured.units import MIB

#: By name: the bytes that an instrument sees, and what it is called.
Sight = dict[str, tuple[float, str]]


def ask_system(experiment: Experiment, take: Callable[[], object]) -> Sight:
    process = psutil.Process()
    before = process.memory_info().rss
    with experiment.step("touch") as step:
        taken = take()
    rise = process.memory_info().rss - before
    children = sum(child.memory_info().rss for child in process.children(recursive=True))
    experiment.record("children", children / MIB, "MiB", "psutil", label="its child processes hold")
    return {
        "kernel": (step.retained * MIB, step.instrument),
        "peak": (step.peak * MIB, step.peak_instrument),
        "psutil": (rise, "psutil"),
        "getsizeof": (sys.getsizeof(taken), "sys.getsizeof"),
    }


def ask_memory_profiler(_experiment: Experiment, take: Callable[[], object]) -> Sight:
    need_library("memory_profiler")
    import memory_profiler

    def one_line() -> object:
        taken = take()
        return taken

    profiler = memory_profiler.LineProfiler()
    profiler(one_line)()
    ((_file, lines),) = profiler.code_map.items()
    _def, first, _return = [figures for _number, figures in lines if figures]
    return {"increment": (first[0] * MIB, "memory_profiler's Increment")}


def ask_tracemalloc(experiment: Experiment, take: Callable[[], object]) -> Sight:
    with Traced() as traced, experiment.step("touch-under-tracemalloc") as step:
        _kept_alive = take()
    return {
        "tracemalloc": (traced.peak, "tracemalloc"),
        "tracemalloc.held": (traced.held, "tracemalloc, afterwards"),
        "tracemalloc.kernel": (step.retained * MIB, step.instrument),
    }


def ask_memray(experiment: Experiment, take: Callable[[], object]) -> Sight:
    need_library("memray")
    import memray

    with data_folder(None) as folder:
        with memray.Tracker(folder / "memray.bin"), experiment.step("touch-under-memray") as step:
            _kept_alive = take()
        report = memray.FileReader(folder / "memray.bin")
        peak = sum(record.size for record in report.get_high_watermark_allocation_records())
        held = sum(record.size for record in report.get_leaked_allocation_records())
    return {
        "memray": (peak, "memray"),
        "memray.held": (held, "memray, afterwards"),
        "memray.kernel": (step.retained * MIB, step.instrument),
    }


INSTRUMENTS = {
    "system": ask_system,
    "memory_profiler": ask_memory_profiler,
    "tracemalloc": ask_tracemalloc,
    "memray": ask_memray,
}


def main(experiment: Experiment, options: Namespace) -> None:
    size = options.mib * MIB
    need_memory(size, f"taking {options.mib:,} MiB", "give --mib less")
    with data_folder(None) as folder, ExitStack() as others:
        path = folder / "known"
        if options.case.startswith("file-map"):
            with path.open("wb") as file:
                file.writelines(bytes(MIB) for _ in range(options.mib))
        ways = ways_to_take(size, path, others)
        take = numpy_array(size) if options.case == "numpy" else ways[options.case]
        sight = INSTRUMENTS[options.instrument](experiment, take)
    for name, (seen, instrument) in sight.items():
        experiment.record(name, seen / size, "fraction", instrument, label=f"seen by {instrument}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    cases = [*ways_to_take(MIB, Path(), ExitStack()), "numpy"]
    arguments.add_argument("--case", choices=cases, default="bytearray", help="how to take it")
    add_number(arguments, "--mib", 64, "how much to take")
    arguments.add_argument(
        "--instrument", choices=list(INSTRUMENTS), default="system", help="what watches"
    )
    execute(main, arguments)
