"""Is a dead object's memory used again, and by what?

An object dies, another is made at once, and their addresses are compared.  Then so many objects
die that whole pools empty, and objects of another size are made.

    python scripts/tutorial/address-reuse.py
"""

import sys
from argparse import Namespace
from collections.abc import Callable

from measured import pymalloc
from measured.command import Experiment, execute, parser
from measured.options import add_number

EMPTY_BYTES, EMPTY_STRING = sys.getsizeof(b""), sys.getsizeof("")


def a_bytes(size: int) -> bytes:
    """Make an object of `size` bytes in all, its header included."""
    return bytes(size - EMPTY_BYTES)


def a_string(size: int) -> str:
    return "x" * (size - EMPTY_STRING)


Maker = Callable[[], object]

#: What dies, and what is made right after it.  A float and such an integer are of one size class.
PAIRS: dict[str, tuple[str, Maker, Maker]] = {
    "same": ("same type, same size", lambda: a_bytes(90), lambda: a_bytes(90)),
    "similar": ("other type, same size class", lambda: a_bytes(90), lambda: a_string(96)),
    "other": ("same type, other size class", lambda: a_bytes(90), lambda: a_bytes(112)),
    "float": ("a float after a float", lambda: float("1.5"), lambda: float("2.5")),
    "integer": ("an integer after a float", lambda: float("1.5"), lambda: int("12345")),
}


def successors(first: Maker, second: Maker, tries: int) -> float:
    """Return how often the second object took the address of the first."""
    hits = 0
    for _ in range(tries):
        dying = first()
        address = id(dying)
        del dying
        hits += id(second()) == address
    return hits / tries


def pools_taken_over(size: int, other_size: int, number: int) -> float:
    """Return the share of new objects of another size class that stand in emptied pools."""
    pool = pymalloc.statistics().pool_size
    dying = [a_bytes(size) for _ in range(number)]
    emptied = {id(one) // pool for one in dying}
    del dying
    new = [a_bytes(other_size) for _ in range(number * size // other_size)]
    return sum(id(one) // pool in emptied for one in new) / len(new)


def main(experiment: Experiment, options: Namespace) -> None:
    reason = pymalloc.absent()
    if reason is not None:
        for name in (*PAIRS, "pools"):
            experiment.cannot(name, reason)
        return
    for name, (label, first, second) in PAIRS.items():
        share = successors(first, second, options.tries)
        experiment.record(name, share, "fraction", "id", label=label)
    share = pools_taken_over(96, 240, number=2_000)
    experiment.record("pools", share, "fraction", "id", label="other size class, in emptied pools")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--tries", 10_000, "objects to let die")
    execute(main, arguments)
