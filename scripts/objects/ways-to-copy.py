"""What does each way of copying a list cost, and how much of it is really copied?

Makes a list of lists of numbers, of strings or of dictionaries, copies it in every usual way, and
counts what each copy allocated and how many objects it shares with the original.

    python scripts/objects/ways-to-copy.py
    python scripts/objects/ways-to-copy.py --of dicts
"""

import copy
import operator
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import Any

from measured import units
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced
from measured.units import KIB

WIDTH = 10  # numbers in a row

ORIGINALS: dict[str, Callable[[int], list[Any]]] = {
    "lists": lambda n: [[float(r * WIDTH + c) for c in range(WIDTH)][:] for r in range(n)],
    "strings": lambda n: [f"item number {r:07}" for r in range(n)],
    "dicts": lambda n: [{"name": f"item {r:07}", "price": float(r)} for r in range(n)],
}
WAYS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "list(x)": list,
    "x[:]": lambda x: x[:],
    "copy.copy(x)": copy.copy,
    "[row.copy() for row in x]": lambda x: [row.copy() for row in x],
    "copy.deepcopy(x)": copy.deepcopy,
}


def inside(rows: list[Any]) -> list[object]:
    """Return what the items hold, if they hold anything."""
    if isinstance(rows[0], str):
        return []
    return [part for row in rows for part in (row.values() if isinstance(row, dict) else row)]


def same(some: list[Any], others: list[Any]) -> float:
    return sum(map(operator.is_, some, others)) / len(some)


def measure(
    experiment: Experiment, name: str, make: Callable[[], list[Any]], original: list[Any] | None
) -> list[Any]:
    with Traced() as traced:
        made = make()
    kept, peak = traced.held, traced.peak
    experiment.keep(name, kept / KIB, "KiB", "tracemalloc")
    experiment.keep(f"{name} peak", peak / KIB, "KiB", "tracemalloc")
    line = f"{name:<26} {kept / KIB:>9,.1f} KiB, at its peak {peak / KIB:>9,.1f}"
    if original is not None:
        items = same(made, original)
        experiment.keep(f"{name} items", items, "fraction", "is")
        line += f"   same items {units.write(items, 'fraction'):>5}"
        if inside(made):
            leaves = same(inside(made), inside(original))
            experiment.keep(f"{name} inside", leaves, "fraction", "is")
            line += f", same inside {units.write(leaves, 'fraction'):>5}"
    experiment.say(line)
    return made


def main(experiment: Experiment, options: Namespace) -> None:
    what = f"{options.items:,} items and their copies"
    need_memory(4000 * options.items, what, "give --items less")
    x = measure(experiment, "x", partial(ORIGINALS[options.of], options.items), None)
    kept = []  # what dies would leave its memory to the next one, unseen
    for name, way in WAYS.items():
        if "row" not in name or hasattr(x[0], "copy"):
            kept.append(measure(experiment, name, partial(way, x), x))


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--of", choices=ORIGINALS, default="lists", help="what the list holds")
    add_number(arguments, "--items", 5_000, "items in the list")
    execute(main, arguments)
