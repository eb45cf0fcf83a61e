"""What does a second name for a list cost, and what happens to the list behind it?

Gives a list a second name and hands it to a function, and looks at what was allocated, at the
reference count and at the list itself.  A copy is made for comparison.

    python scripts/objects/two-names.py
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser
from measured.options import add_number
from measured.tracing import Traced
from measured.units import MIB


def same_object(argument: object, original: object) -> bool:
    return argument is original


def assignment(experiment: Experiment, length: int) -> None:
    record = experiment.record
    a = ["old"] * length
    with Traced() as traced:
        b = a
        assigned = traced.held
        copied = list(a)
        with_copy = traced.held
    b.append("new")

    record("b = a", assigned, "bytes", "tracemalloc")
    record("list(a)", (with_copy - assigned) / MIB, "MiB", "tracemalloc")
    label = "items appended to b, seen through a"
    record("seen", len(a) - length, "count", "len", label=label)
    label = "... and through the copy"
    record("unseen", len(copied) - length, "count", "len", label=label)
    passed = same_object(b, a)
    experiment.keep("passed", passed, "fraction", "is")
    experiment.say(f"{'an argument is the same object':<42} {'yes' if passed else 'no':>14}")


def counting(experiment: Experiment) -> None:
    x = object()
    one = sys.getrefcount(x)
    y = x
    two = sys.getrefcount(x)
    held = [x, y] * 500
    many = sys.getrefcount(x)
    instrument = "sys.getrefcount"
    experiment.record("one name", one, "count", instrument, label="getrefcount with one local name")
    experiment.record("added", two - one, "count", instrument, label="added by a second name")
    label = f"added by {len(held):,} places of a list"
    experiment.record("held", many - two, "count", instrument, label=label)

    before = sys.getrefcount(None)
    nothing = [None] * len(held)
    added = sys.getrefcount(None) - before
    label = f"added to None by {len(nothing):,} places"
    experiment.record("None", added, "count", instrument, label=label)


def main(experiment: Experiment, options: Namespace) -> None:
    assignment(experiment, options.length)
    counting(experiment)

    a = ["ham", "eggs"]
    b = a
    experiment.graph("two names, one list", a=a, b=b)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 1_000_000, "items in the list")
    execute(main, arguments)
