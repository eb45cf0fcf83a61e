"""When does an object die?  At its last `del`, unless it is part of a circle of references.

A weak reference refers to an object without keeping it alive, so it can tell.  The cycle
collector is switched off until it is called by name: whatever dies before that call dies because
its reference count fell to zero.

    python scripts/tutorial/refcounts-and-cycles.py
"""

import gc
import sys
import weakref
from argparse import Namespace

from measured.command import Experiment, execute, parser
from measured.options import add_number


class Node:
    """A thing that may refer to another one."""

    other: "Node | None" = None


class Closing(Node):
    """A node with a finalizer, which counts."""

    closed = 0

    def __del__(self) -> None:
        Closing.closed += 1


def alive(watched: list[weakref.ref[Node]]) -> float:
    return sum(reference() is not None for reference in watched) / len(watched)


def alone(kind: type[Node], number: int) -> list[weakref.ref[Node]]:
    nodes = [kind() for _ in range(number)]
    watched = [weakref.ref(node) for node in nodes]
    del nodes
    return watched


def in_pairs(kind: type[Node], number: int) -> list[weakref.ref[Node]]:
    nodes = [kind() for _ in range(number)]
    for one, two in zip(nodes[::2], nodes[1::2], strict=True):
        one.other, two.other = two, one
    watched = [weakref.ref(node) for node in nodes]
    del nodes
    return watched


def main(experiment: Experiment, options: Namespace) -> None:
    gc.disable()
    number = 2 * options.pairs

    watched = alone(Node, number)
    experiment.record(
        "alone", alive(watched), "fraction", "weakref", label="alone: alive after del"
    )
    watched = in_pairs(Node, number)
    experiment.record(
        "pair", alive(watched), "fraction", "weakref", label="in pairs: alive after del"
    )
    gc.collect()
    label = "in pairs: alive after gc.collect()"
    experiment.record("pair.collected", alive(watched), "fraction", "weakref", label=label)

    watched = in_pairs(Closing, number)
    gc.collect()
    label = "in pairs with __del__: alive after it"
    experiment.record("closing.collected", alive(watched), "fraction", "weakref", label=label)
    closed = Closing.closed / number
    experiment.record("closed", closed, "fraction", "counted", label="of those, __del__ was called")

    value = object()
    for name, kept in (("object", value), ("None", None)):
        before = sys.getrefcount(kept)
        references = [kept] * 1000
        added = sys.getrefcount(kept) - before
        label = f"references counted of {len(references):,}: {name}"
        experiment.record(f"counted.{name}", added, "count", "sys.getrefcount", label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--pairs", 500, "pairs of objects to make")
    execute(main, arguments)
