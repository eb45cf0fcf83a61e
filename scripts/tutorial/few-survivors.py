"""Half a million small objects die, and one in a hundred survives.  What comes back?

It depends on where the survivors stand: scattered among the dead, or side by side, in the middle
or at an end.  Either way the script then makes a fresh copy of each survivor, and lets the old one
die.

    python scripts/tutorial/few-survivors.py --keep scattered
    python scripts/tutorial/few-survivors.py --keep contiguous
    python scripts/tutorial/few-survivors.py --keep random
    python scripts/tutorial/few-survivors.py --keep scattered --one-in 10000
"""

import random
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Collection

from measured import units
from measured.command import Experiment, execute, need_memory, parser
from measured.moments import Moments
from measured.options import add_number
from measured.units import KIB, MIB

TEXT = b"x" * 60


#: Which places survive, of so many, when there is room for so few.
KEEP: dict[str, Callable[[int, int], Collection[int]]] = {
    "scattered": lambda number, few: range(0, number, -(-number // few)),
    "contiguous": lambda number, few: range(number // 2, number // 2 + few),
    "first": lambda _number, few: range(few),
    "last": lambda number, few: range(number - few, number),
    "random": lambda number, few: frozenset(random.Random(1).sample(range(number), few)),
}


def copy_of(text: bytes) -> bytes:
    return memoryview(text).tobytes()  # bytes(text) would be the same object


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.objects
    need_memory(200 * number, f"{number:,} byte strings", "give --objects less")
    survivors = KEEP[options.keep](number, -(-number // options.one_in))
    strings = [b""] * number

    moments = Moments(experiment)
    for place in range(number):
        strings[place] = copy_of(TEXT)
    moments.look("alive", "all strings alive")
    stood = Counter(id(text) // MIB for text in strings)

    for place in range(number):
        if place not in survivors:
            strings[place] = b""
    moments.look("kept", "survivors only")
    moments.share_returned("returned", "alive", "kept")
    stands = Counter(id(strings[place]) // MIB for place in survivors)

    for place in survivors:
        strings[place] = copy_of(strings[place])
    moments.look("copied", "survivors, copied")
    moments.share_returned("copied.returned", "alive", "copied")

    size = sum(sys.getsizeof(strings[place]) for place in survivors)
    experiment.keep("survivors", size / KIB, "KiB", "sys.getsizeof")
    written = units.write(size / KIB, "KiB")
    experiment.say(f"{'size of the survivors':<24}{written:>13}")
    shares = [stands[address] / stood[address] for address in sorted(stood)]
    experiment.series("shares", enumerate(shares))


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--objects", 500_000, "byte strings to make")
    arguments.add_argument("--keep", choices=KEEP, default="scattered", help="who survives")
    add_number(arguments, "--one-in", 100, "how rare survivors are")
    execute(main, arguments)
