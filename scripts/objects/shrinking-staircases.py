"""Does a container shrink while items are removed one by one?

Reads `sys.getsizeof` after every removal from a full list, deque, bytearray, set and dict.

    python scripts/objects/shrinking-staircases.py
"""

import sys
from argparse import Namespace
from collections import deque
from collections.abc import Callable
from typing import Any

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number

Fill = Callable[[range], Any]
Remove = Callable[[Any, int], object]
WAYS: dict[str, tuple[Fill, Remove]] = {
    "list.pop": (list, lambda container, _: container.pop()),
    "list.del": (list, lambda container, _: container.__delitem__(-1)),
    "deque.popleft": (deque, lambda container, _: container.popleft()),
    "bytearray.pop": (lambda items: bytearray(len(items)), lambda container, _: container.pop()),
    "set.discard": (set, lambda container, item: container.discard(item)),
    "dict.pop": (dict.fromkeys, lambda container, item: container.pop(item)),
}


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.number
    need_memory(200 * number, f"containers of {number:,} items", "give --number less")
    experiment.say(f"{'bytes':<16}{'full':>10}{'empty':>10}{'cleared':>10}{'never filled':>14}")
    for name, (fill, remove) in WAYS.items():
        container = fill(range(number))
        sizes = [sys.getsizeof(container)]
        for item in range(number):
            remove(container, item)
            sizes.append(sys.getsizeof(container))
        container.clear()
        looks = {
            "full": sizes[0],
            "empty": sizes[-1],
            "cleared": sys.getsizeof(container),
            "new": sys.getsizeof(fill(range(0))),
        }
        for look, size in looks.items():
            experiment.keep(f"{name}.{look}", size, "bytes", "sys.getsizeof")
        full, empty, cleared, new = looks.values()
        experiment.say(f"{name:<16}{full:>10,}{empty:>10,}{cleared:>10,}{new:>14,}")
        experiment.series(name, enumerate(sizes))


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 1_000, "items in a full container")
    execute(main, arguments)
