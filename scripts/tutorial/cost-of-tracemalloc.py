"""What does tracemalloc cost, in memory and in time?

It keeps a trace for every block that is alive: its size, and the lines of code that asked for it.
Make the same list of small objects without it and with it, and compare.

    python scripts/tutorial/cost-of-tracemalloc.py
    python scripts/tutorial/cost-of-tracemalloc.py --frames 25
"""

import tracemalloc
from argparse import Namespace

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

MOST_FRAMES = 65_535  # a traceback counts its frames in 16 bits


def make(length: int) -> list[tuple[int]]:
    return [(number,) for number in range(length)]


def main(experiment: Experiment, options: Namespace) -> None:
    if options.frames > MOST_FRAMES:
        raise Failure(f"tracemalloc keeps at most {MOST_FRAMES:,} frames; give --frames less")
    need_memory(500 * options.length, f"{options.length:,} tuples", "give --length less")
    with experiment.step("plain"):
        made = make(options.length)
    del made
    tracemalloc.start(options.frames)
    with experiment.step("traced"):
        made = make(options.length)
    size, _peak = tracemalloc.get_traced_memory()
    own = tracemalloc.get_tracemalloc_memory()
    experiment.record("size", size / MIB, "MiB", "tracemalloc", label="tracemalloc counts")
    experiment.record("own", own / MIB, "MiB", "tracemalloc", label="tracemalloc says it takes")
    del made


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 200_000, "tuples in the list")
    add_number(arguments, "--frames", 1, "lines of code kept for each block")
    execute(main, arguments)
