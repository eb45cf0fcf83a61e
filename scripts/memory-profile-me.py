"""What does `copy.deepcopy` of a million integers cost, and what does `del` give back?

The first experiment of the classic tutorial.  Run it both ways: alone, it reads the kernel's
counters around each step; under memory_profiler, it prints the table that the original printed.

    python scripts/memory-profile-me.py
    python -m memory_profiler scripts/memory-profile-me.py
"""

import copy
from argparse import Namespace

from measured.command import Experiment, count, execute, need_memory, parser
from measured.profiling import profile, untraced

# Otherwise memory_profiler would trace every call inside deepcopy: one for each integer.
deepcopy = untraced(copy.deepcopy)


@untraced
def share_of_same_objects(x: list[int], y: list[int]) -> float:
    """Say which part of two lists, item by item, is not just equal but the very same object."""
    return sum(map(int.__eq__, map(id, x), map(id, y))) / len(x)


@profile
def function(experiment: Experiment, length: int) -> list[int]:
    with experiment.step("list"):
        x = list(range(length))
    with experiment.step("deepcopy"):
        y = deepcopy(x)
    same = share_of_same_objects(x, y)
    with experiment.step("del"):
        del x
    experiment.record("same", same, "fraction", "is", label="items of y that are items of x")
    return y


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(60 * options.length, f"a list of {options.length:,} integers", "give --length less")
    y = function(experiment, options.length)
    with experiment.step("del y"):
        del y


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--length", type=count, default=1_000_000, metavar="N", help="integers in the list"
    )
    execute(main, arguments)
