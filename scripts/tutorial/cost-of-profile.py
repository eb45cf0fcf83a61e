"""What does memory_profiler's decorator cost, and whom does it slow?

It sets a trace function for the whole thread (`sys.settrace`).  Python calls it for every line of
the decorated function, where it reads the resident memory, and also for every line of every
Python function that is called from there, where it has nothing to read.  Work that runs in C has
no lines.

    python scripts/tutorial/cost-of-profile.py
"""

import time
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, optional, parser
from measured.options import add_number

with optional():
    import memory_profiler

ENOUGH = 0.1  # seconds of CPU time, far above the resolution of the clock


def append_floats(length: int) -> list[float]:
    floats = []
    for number in range(length):
        floats.append(float(number))
    return floats


def call_append_floats(length: int) -> list[float]:
    return append_floats(length)


def map_floats(length: int) -> list[float]:
    return list(map(float, range(length)))


def cpu_per_item(function: Callable[[int], list[float]], length: int) -> float:
    """Return the fewest seconds of CPU time an item, of enough calls to be sure of it."""
    calls: list[float] = []
    while sum(calls) < ENOUGH:
        started = time.process_time()
        function(length)
        calls.append(time.process_time() - started)
    return min(calls) / length


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(40 * 100 * options.items, f"{100 * options.items:,} floats", "give --items less")
    # The faster the work, the more of it, so that what one call costs once does not count.
    cases = {
        "own": (append_floats, 1, "a loop in the decorated function"),
        "called": (call_append_floats, 10, "the same loop, in a function that it calls"),
        "in-c": (map_floats, 100, "the same work, done by map in C"),
    }
    for name, (function, times, label) in cases.items():
        length = times * options.items
        profiled = memory_profiler.LineProfiler()(function)
        plain = cpu_per_item(function, length)
        traced = cpu_per_item(profiled, length)
        clock = "time.process_time"
        experiment.record(f"{name}.plain", plain * 1e6, "µs each", clock, label=label)
        experiment.record(f"{name}.profiled", traced * 1e6, "µs each", clock, label="  profiled")
        experiment.record(f"{name}.slowdown", traced / plain, "times", clock, label="  slower by")


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["memory_profiler"])
    add_number(arguments, "--items", 2_000, "floats that the slowest case makes")
    execute(main, arguments)
