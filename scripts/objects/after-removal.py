"""Nearly all items leave a container.  Does their memory come back?

Fills a container, removes all but ten of its items, and looks twice: at what the container says
of itself, and at what the process holds.  The items stay alive elsewhere.

    python scripts/objects/after-removal.py --way list.pop
    python scripts/objects/after-removal.py --way dict.pop
"""

import sys
from argparse import Namespace
from collections import deque
from collections.abc import Callable
from typing import Any

from measured import c_library, memory, units
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

LEFT = 10  # items

Items = list[int]


def pop(container: Items, leaving: Items) -> Items:
    for _ in leaving:
        container.pop()
    return container


def popleft(container: deque[int], leaving: Items) -> deque[int]:
    for _ in leaving:
        container.popleft()
    return container


def discard(container: set[int], leaving: Items) -> set[int]:
    for item in leaving:
        container.discard(item)
    return container


def subtract(container: set[int], leaving: Items) -> set[int]:
    container.difference_update(leaving)
    return container


def delete(container: dict[int, None], leaving: Items) -> dict[int, None]:
    for item in leaving:
        del container[item]
    return container


def delete_and_rebuild(container: dict[int, None], leaving: Items) -> dict[int, None]:
    return dict(delete(container, leaving))


WAYS: dict[str, tuple[Callable[[Items], Any], Callable[[Any, Items], Any]]] = {
    "list.pop": (list, pop),
    "deque.popleft": (deque, popleft),
    "set.discard": (set, discard),
    "set.difference": (set, subtract),
    "dict.del": (dict.fromkeys, delete),
    "dict.rebuild": (dict.fromkeys, delete_and_rebuild),
}


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.number
    need_memory(150 * number, f"a container of {number:,} items", "give --number less")
    fill, empty = WAYS[options.way]
    items = list(range(number))
    leaving = items[:-LEFT]
    start = memory.read()

    def look(name: str, container: Any) -> float:
        grown, instrument = memory.private_growth(start, memory.read())
        takes, says = grown / MIB, sys.getsizeof(container) / MIB
        experiment.keep(name, takes, "MiB", instrument)
        experiment.keep(f"{name}.says", says, "MiB", "sys.getsizeof")
        written = (units.write(mib, "MiB") for mib in (takes, says))
        experiment.say("".join([f"{name:<16}", *(f"{mib:>12}" for mib in written)]))
        return takes

    experiment.say(f"{options.way:<16}{'takes':>12}{'says':>12}")
    container = fill(items)
    look("full", container)
    container = empty(container, leaving)
    takes = look("emptied", container)
    reason = c_library.needs_glibc()
    if reason is not None:
        for name in ("glibc.emptied", "trimmed", "trimmed.says"):
            experiment.cannot(name, reason)
        return
    experiment.keep("glibc.emptied", takes, "MiB", memory.read().instrument)
    c_library.trim()
    look("trimmed", container)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 300_000, "items before removal")
    arguments.add_argument("--way", choices=list(WAYS), default="list.pop", help="how they leave")
    execute(main, arguments)
