"""What goes wrong when the classic tutorial's `show_sizeof` runs on Python 3?

The function is the original, with `print` as Python 3 spells it and nothing else changed.  It is
given a string, which it never finishes, and a list that holds one row of floats thirty times.

    python scripts/tutorial/show-sizeof-classic.py
"""

import contextlib
import io
import re
import sys
from argparse import Namespace
from typing import Any

from measured.command import Experiment, execute, parser
from measured.tracing import Traced

WORD = "toaster"
ROW, TIMES = 1_000, 30  # floats in a row, and how often a list holds that row


def show_sizeof(x: Any, level: int = 0) -> None:
    print("\t" * level, x.__class__, sys.getsizeof(x), x)

    if hasattr(x, "__iter__"):
        if hasattr(x, "items"):
            for xx in x.items():
                show_sizeof(xx, level + 1)
        else:
            for xx in x:
                show_sizeof(xx, level + 1)


def depth_on_a_string(recursion_limit: int) -> int:
    """Say how many objects deep the walk of a word goes before Python stops it."""
    sys.setrecursionlimit(recursion_limit)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            show_sizeof(WORD)
        except RecursionError:
            return printed.getvalue().count("<class 'str'>")
    return 0


def printed_sizes(x: object) -> list[int]:
    """Walk a value, and return every size that the walk prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        show_sizeof(x)
    return [int(size) for size in re.findall(r"^\t* <class '\w+'> (\d+)", printed.getvalue(), re.M)]


def main(experiment: Experiment, _options: Namespace) -> None:
    first = WORD[0]
    same = float(first[0] is first)
    experiment.record("letter", same, "fraction", "is", label="a letter's first letter is itself")
    for limit in (1_000, 5_000):
        depth = depth_on_a_string(limit)
        label = f"objects deep in {WORD!r}, limit {limit:,}"
        experiment.record(f"depth at {limit}", depth, "count", "RecursionError", label=label)

    with Traced() as traced:
        row = [number / 7 for number in range(ROW)]
        table = [row] * TIMES
    sizes = printed_sizes(table)
    once = sum(map(sys.getsizeof, [table, row, *row]))
    experiment.record("shown", sum(sizes), "bytes", "show_sizeof", label="sum of what it prints")
    experiment.record("once", once, "bytes", "sys.getsizeof", label="each object counted once")
    experiment.record("traced", traced.held, "bytes", "tracemalloc", label="what was allocated")


if __name__ == "__main__":
    execute(main, parser(__doc__))
