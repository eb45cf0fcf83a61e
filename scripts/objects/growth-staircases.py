"""How does a container grow while items are added one by one?

Reads `sys.getsizeof` after every item.  Room is how many items fit before the next growth; where
CPython's source has a rule for it, every growth is compared with the rule.

    python scripts/objects/growth-staircases.py
"""

import sys
from argparse import Namespace
from collections import deque
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number

DRAWN = 56  # items, in the picture of room
DRAWN_FROM = 10  # items, in the picture of bytes for each
SETTLED = 1_000  # items, from which on the smallest containers no longer blur the picture

Add = Callable[[Any, int], object]
ADD: dict[str, tuple[Any, Add]] = {
    "list": ([], lambda container, item: container.append(item)),
    "dict": ({}, lambda container, item: container.setdefault(item)),
    "set": (set(), lambda container, item: container.add(item)),
    "deque": (deque(), lambda container, item: container.append(item)),
    "bytearray": (bytearray(), lambda container, item: container.append(item & 255)),
}


def power_of_two(least: int) -> int:
    return max(8, 1 << (least - 1).bit_length())


def room_in_list(items: int) -> int:
    """Return the places after the growth that made room for this many items."""
    return (items + items // 8 + 6) // 4 * 4


def room_in_dict(items: int) -> int:
    return 2 * power_of_two(3 * (items - 1)) // 3


def room_in_set(items: int) -> int:
    slots = power_of_two((2 if items > 50_000 else 4) * items + 1)
    return (3 * (slots - 1) - 1) // 5  # it grows as soon as three fifths are used


def room_in_deque(items: int) -> int:
    return items + 63  # a block of 64, of which this growth has used one place


RULES = {"list": room_in_list, "dict": room_in_dict, "set": room_in_set, "deque": room_in_deque}


def sizes_while_growing(container: Any, add: Add, most: int) -> list[tuple[int, int]]:
    """Return the items and the size after each growth."""
    steps = [(0, sys.getsizeof(container))]
    for items in range(1, most + 1):
        add(container, items)
        size = sys.getsizeof(container)
        if size != steps[-1][1]:
            steps.append((items, size))
    return steps


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.number
    need_memory(150 * number, f"containers of {number:,} items", "give --number less")
    experiment.series("items", ((items, items) for items in range(DRAWN + 1)))
    experiment.say(
        f"{'bytes for each item':<22}{'least':>8}{'most':>8}{'growths':>10}{'off rule':>10}"
    )
    for name, (container, add) in ADD.items():
        steps = sizes_while_growing(container, add, number)
        rooms = [(items, following - 1) for (items, _), (following, _) in pairwise(steps)]
        ends = [(after - 1, before) for (_, before), (after, _) in pairwise(steps)]
        ends.append((number, steps[-1][1]))
        each = [(items, size / items) for items, size in sorted(steps + ends) if items > 0]
        experiment.series(f"{name}.each", [point for point in each if point[0] >= DRAWN_FROM])
        drawn = [step for step in rooms if step[0] <= DRAWN]
        experiment.series(f"{name}.room", drawn + [(DRAWN, room) for _, room in drawn[-1:]])

        settled = [share for items, share in each if items >= min(SETTLED, number)]
        least, most = min(settled), max(settled)
        experiment.keep(f"{name}.least", least, "bytes each", "sys.getsizeof")
        experiment.keep(f"{name}.most", most, "bytes each", "sys.getsizeof")
        growths = len(steps) - 1
        experiment.keep(f"{name}.growths", growths, "count", "sys.getsizeof")
        line = f"{name:<22}{least:>8.1f}{most:>8.1f}{growths:>10,}"
        if name in RULES:
            off = sum(RULES[name](items) != room for items, room in rooms if items > 0)
            experiment.keep(f"{name}.off", off, "count", "sys.getsizeof")
            line += f"{off:>10}"
        experiment.say(line)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 200_000, "items to add")
    execute(main, arguments)
