"""Does a list of known length take less memory than one that grew?

Makes the same list in several ways, and keeps them all so that none takes another's place.  The
items exist beforehand.  At the default length, a list that grows has just grown.

    python scripts/objects/ways-to-make-a-list.py
"""

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence

from measured import memory
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number


def append(items: Sequence[int]) -> list[int]:
    made = []
    for item in items:
        made.append(item)
    return made


def assign(items: Sequence[int]) -> list[int]:
    made = [0] * len(items)
    for place, item in enumerate(items):
        made[place] = item
    return made


Make = Callable[[Sequence[int]], Sequence[int]]
WAYS: dict[str, tuple[str, Make]] = {
    "append": ("append each", append),
    "comprehension": ("[item for item in items]", lambda items: [item for item in items]),  # noqa: C416
    "generator": ("list(item for item in items)", lambda items: list(item for item in items)),  # noqa: C400
    "assign": ("[0] * length, then assign", assign),
    "list": ("list(items)", lambda items: list(items)),
    "tuple": ("tuple(item for item in items)", lambda items: tuple(item for item in items)),
}


def main(experiment: Experiment, options: Namespace) -> None:
    length = options.length
    need_memory(120 * length, f"lists of {length:,} items", "give --length less")
    items = list(range(length))
    kept = []
    experiment.say(f"{'bytes for each item':<32}{'says':>7}{'takes':>7}{'CPU':>9}")
    for name, (label, make) in WAYS.items():
        before, start = memory.read(), time.process_time()
        kept.append(make(items))
        seconds = time.process_time() - start
        after = memory.read()
        taken, instrument = memory.private_growth(before, after)
        if after.anonymous is None:
            experiment.cannot(f"{name}.touched", "needs Linux")
        else:
            experiment.keep(f"{name}.touched", taken / length, "bytes each", instrument)
        says = sys.getsizeof(kept[-1])
        experiment.keep(f"{name}.says", says / length, "bytes each", "sys.getsizeof")
        experiment.keep(f"{name}.takes", taken / length, "bytes each", instrument)
        experiment.keep(f"{name}.cpu", seconds, "s", "time.process_time")
        costs = f"{says / length:>7.2f}{taken / length:>7.2f}{seconds * 1000:>6.1f} ms"
        experiment.say(f"{label:<32}{costs}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 950_000, "items in the list")
    execute(main, arguments)
