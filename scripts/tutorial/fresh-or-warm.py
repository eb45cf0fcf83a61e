"""Why a fresh process?  Measure the same line in a new interpreter, and in one with a past.

The past: a list of integers was made and most of it thrown away.  What is left of it leaves gaps,
and whatever comes next fills the gaps before it asks the system for anything.

    python scripts/tutorial/fresh-or-warm.py --process fresh
    python scripts/tutorial/fresh-or-warm.py --process warm
"""

from argparse import Namespace

from measured import memory
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(100 * options.length, f"{options.length:,} integers", "give --length less")
    left_over: list[int] = []
    if options.process == "warm":
        left_over = list(range(options.length))[::100]
    start = memory.read()
    experiment.record("start", start.resident / MIB, "MiB", start.instrument, label="at the start")
    with experiment.step("list"):
        x = list(range(options.length))
    experiment.record("length", len(x), "count", "len", label="integers in the list")
    del left_over


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 1_000_000, "integers in the list")
    arguments.add_argument(
        "--process", choices=["fresh", "warm"], default="fresh", help="what went before"
    )
    execute(main, arguments)
