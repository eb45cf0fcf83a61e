"""What does `copy.deepcopy` of a million integers cost, and what does `del` give back?

The first experiment of the classic tutorial.  Run it both ways: alone, it reads the kernel's
counters around each step; under memory_profiler, it prints the table that the original printed.
With --warm, it first makes and frees one block of 16 MiB, as a process that has already done
some work has.

    python scripts/memory-profile-me.py
    python -m memory_profiler scripts/memory-profile-me.py
"""

import copy
import struct
import sys
from argparse import Namespace

from measured import c_library, memory
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.profiling import profile, untraced
from measured.units import MIB

# Otherwise memory_profiler would trace every call inside deepcopy: one for each integer.
deepcopy = untraced(copy.deepcopy)


@profile
def function(length: int) -> list[int]:
    x = list(range(length))
    y = deepcopy(x)
    del x
    return y


def main(experiment: Experiment, options: Namespace) -> None:
    length = options.length
    need_memory(80 * length, f"a list of {length:,} integers", "give --length less")
    experiment.steps(function, {"list": "x =", "deepcopy": "y =", "del": "del x"})
    if options.warm:
        bytearray(16 * MIB)
    start = memory.read()
    y = function(length)
    with experiment.step("del y"):
        del y
    left = (memory.read().resident - start.resident) / MIB
    experiment.record("left", left, "MiB", start.instrument, label="left over in the end")
    what_went_back(experiment, length)
    compare(experiment, length)


def what_went_back(experiment: Experiment, length: int) -> None:
    """Say which share of the list's own array, without its items, `del x` gave back."""
    if "del.retained" not in experiment.measurements:  # another profiler measured the lines
        return
    freed = experiment.measurements["del.retained"]["value"]
    assert isinstance(freed, float)
    returned = -freed * MIB / (length * struct.calcsize("P"))
    instrument = memory.read().instrument
    label = "share of x that del x gave back"
    experiment.record("returned", returned, "fraction", instrument, label=label)
    reason = c_library.needs_glibc()
    if reason is None:
        experiment.keep("glibc.returned", returned, "fraction", instrument)
    else:
        experiment.cannot("glibc.returned", reason)


def compare(experiment: Experiment, length: int) -> None:
    """Count how many items of a list and its copy are not just equal but the very same object."""
    x = list(range(length))
    y = deepcopy(x)
    same = sum(map(int.__eq__, map(id, x), map(id, y))) / len(x)
    experiment.record("same", same, "fraction", "is", label="items of y that are items of x")
    for name, one in (("x", x), ("y", y)):
        size = sys.getsizeof(one) / MIB
        label = f"size of {name} without its items"
        experiment.record(f"size.{name}", size, "MiB", "sys.getsizeof", label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 1_000_000, "integers in the list")
    arguments.add_argument(
        "--warm", action="store_true", help="make and free a block of 16 MiB first"
    )
    execute(main, arguments)
