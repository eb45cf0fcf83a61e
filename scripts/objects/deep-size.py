"""How many bytes does a value take, with everything that it refers to?

Asks a walk over references, Pympler's `asizeof` and guppy's dominated size, and compares all three
with what `tracemalloc` saw while the value was made.

    python scripts/objects/deep-size.py
    python scripts/objects/deep-size.py --of views
"""

import gc
import sys
from argparse import Namespace
from collections import deque
from collections.abc import Callable
from functools import reduce
from typing import Any

from measured.command import Experiment, execute, parser
from measured.object_graph import LEFT_OUT  # modules, classes, functions
from measured.tracing import Traced
from measured.units import KIB

NUMBER = 2_000


class Point:
    """An ordinary object of two numbers."""

    def __init__(self, n: int) -> None:
        self.x, self.y = float(n), float(-n)


def wrapped(inner: object, _: int) -> object:
    return [inner]


def numbers(kind: type) -> Any:
    import numpy as np

    return np.arange(10.0 * NUMBER).reshape(NUMBER, 10).astype(kind)


KINDS: dict[str, Callable[[], Any]] = {
    "rows": lambda: [[float(10 * r + c) for c in range(10)] for r in range(NUMBER)],
    "shared rows": lambda: [[float(c) for c in range(10)]] * NUMBER,
    "strings": lambda: [f"a name with the number {n}" for n in range(NUMBER)],
    "keys": lambda: {f"key number {n}": float(n) for n in range(NUMBER)},
    "instances": lambda: [Point(n) for n in range(NUMBER)],
    "deep": lambda: reduce(wrapped, range(NUMBER), None),
    "deque": lambda: deque(float(n) for n in range(NUMBER)),
    "views": lambda: list(numbers(float).repeat(10, axis=1)),
    "objects": lambda: numbers(object),
}


def walk(x: object) -> int:
    """Add up the shallow sizes of all that can be reached, each object once."""
    found = {id(x): x}
    waiting = [x]
    total = 0
    while waiting:
        one = waiting.pop()
        total += sys.getsizeof(one)
        unseen = list(one) if isinstance(one, dict) else []  # keys of text
        for other in gc.get_referents(one) + unseen:
            if id(other) not in found and not isinstance(other, LEFT_OUT):
                found[id(other)] = other
                waiting.append(other)
    return total


def pympler(x: object) -> int:
    from pympler.asizeof import asizeof

    return int(asizeof(x))  # type: ignore[no-untyped-call]


def guppy(x: object) -> int:
    from guppy import hpy  # type: ignore[import-untyped]

    return int(hpy().iso(x).domisize)  # what would be freed with it


TOOLS: dict[str, Callable[[object], int]] = {"walk": walk, "pympler": pympler, "guppy": guppy}


def main(experiment: Experiment, options: Namespace) -> None:
    warm = KINDS[options.of]()  # kept: what dies could be used again, unseen
    tools, refused = dict(TOOLS), False
    for name, tool in TOOLS.items():
        try:
            tool(warm)  # whatever it keeps for itself, it has from now on
        except ImportError:
            del tools[name]
            experiment.cannot(name, f"needs {name}")
        except ValueError:  # asizeof: the first array that it meets is a view
            refused = True
            tool([numbers(float), warm])

    record = experiment.record
    with Traced() as traced:
        x = KINDS[options.of]()
        made = traced.held
        record("traced", made / KIB, "KiB", "tracemalloc", label=f"{options.of}: tracemalloc")
        record("shallow", sys.getsizeof(x) / KIB, "KiB", "sys.getsizeof")
        for name, tool in tools.items():
            record(name, tool(x) / KIB, "KiB", name)
            if tool is pympler:
                gc.collect()
                grown = (traced.held - made) / KIB
                record("grown", grown, "KiB", "tracemalloc", label="  asking made it larger by")
                record("refused", refused, "fraction", "ValueError", label="  refused it at first")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--of", choices=KINDS, default="rows", help="what to measure")
    execute(main, arguments)
