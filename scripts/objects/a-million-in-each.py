"""What does a container cost for each item, and how high does memory rise while it fills?

The items exist beforehand, so only the container counts.  A list, deque, set, dict, array and
bytearray are filled item by item; the others are made from a list.

    python scripts/objects/a-million-in-each.py --container dict
"""

import sys
from argparse import Namespace
from array import array
from collections import deque
from collections.abc import Callable, Sequence

from measured import c_library
from measured.command import Experiment, execute, need_library, need_memory, parser
from measured.options import add_number
from measured.units import MIB


def fill_list(items: Sequence[int]) -> list[int]:
    filled = []
    for item in items:
        filled.append(item)
    return filled


def fill_deque(items: Sequence[int]) -> deque[int]:
    filled: deque[int] = deque()
    for item in items:
        filled.append(item)
    return filled


def fill_set(items: Sequence[int]) -> set[int]:
    filled = set()
    for item in items:
        filled.add(item)
    return filled


def fill_dict(items: Sequence[int]) -> dict[int, None]:
    filled: dict[int, None] = {}
    for item in items:
        filled[item] = None
    return filled


def fill_array(items: Sequence[int]) -> "array[int]":
    filled = array("q")
    for item in items:
        filled.append(item)
    return filled


def fill_bytearray(items: Sequence[int]) -> bytearray:
    filled = bytearray()
    for item in items:
        filled.append(item & 255)
    return filled


def fill_numpy(items: Sequence[int]) -> object:
    need_library("numpy")
    import numpy as np  # takes as long as all the rest, and the other containers do without

    return np.array(items)


WAYS: dict[str, Callable[[Sequence[int]], object]] = {
    "tuple": tuple,
    "list": fill_list,
    "deque": fill_deque,
    "set": fill_set,
    "frozenset": frozenset,
    "dict": fill_dict,
    "array": fill_array,
    "numpy": fill_numpy,
    "bytearray": fill_bytearray,
}


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.number
    need_memory(150 * number, f"a container of {number:,} items", "give --number less")
    items = list(range(number))
    fill = WAYS[options.container]
    fill(items[:10])  # what a first call imports stays, and is not the container's
    with experiment.step("filled") as step:
        container = fill(items)
    each = step.private * MIB / number
    experiment.record("each", each, "bytes each", step.private_instrument)
    says = sys.getsizeof(container) / number
    experiment.record("says", says, "bytes each", "sys.getsizeof", label="sys.getsizeof")
    reason = c_library.needs_glibc()
    if reason is None:
        experiment.keep("glibc.kept", step.retained, "MiB", step.instrument)
    else:
        experiment.cannot("glibc.kept", reason)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 1_000_000, "items in it")
    arguments.add_argument("--container", choices=list(WAYS), default="list", help="one of nine")
    execute(main, arguments)
