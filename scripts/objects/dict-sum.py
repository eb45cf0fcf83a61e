"""Is `getsizeof(o) + getsizeof(o.__dict__)` what an instance costs?

Takes that sum twice: of the very first instance of a class, and of one that came after many
others.  tracemalloc says what instances really ask for, before and after someone looks at `vars`:
many of one class, and the first ones of many classes.

    python scripts/objects/dict-sum.py
"""

from argparse import Namespace
from sys import getsizeof

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced


class Point:
    """Its attributes cost nothing: there is one `None`."""

    def __init__(self) -> None:
        self.x = None
        self.y = None
        self.z = None


FIRSTS = 100  # classes, each with its first instance


def a_class_like_it() -> type:
    return type("Point", (), {"__init__": Point.__init__})


def show_sum(experiment: Experiment, name: str, one: Point) -> None:
    parts = {"object": getsizeof(one), "dict": getsizeof(vars(one))}
    for part, size in parts.items():
        experiment.record(f"{name}.{part}", size, "bytes", "sys.getsizeof", label=f"  its {part}")
    total = sum(parts.values())
    experiment.record(f"{name}.sum", total, "bytes", "sys.getsizeof", label="  their sum")


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.number
    need_memory(400 * number, f"{number:,} instances", "give --number less")
    experiment.say("sys.getsizeof, of the first instance of the class")
    show_sum(experiment, "first", Point())
    points = [Point() for _ in range(number)]
    experiment.say(f"sys.getsizeof, of an instance after {number:,} others")
    show_sum(experiment, "later", points[-1])

    # Dictionaries that die leave their blocks to the next ones; those must not come from there.
    spare: list[object] = [{} for _ in range(100)]
    with Traced() as traced:
        before = traced.held
        for place in range(number):
            points[place] = Point()
        made = traced.held
        for point in points:
            vars(point)
        asked = traced.held
        classes = [a_class_like_it() for _ in range(FIRSTS)]
        firsts: list[object] = [None] * FIRSTS
        before_firsts = traced.held
        for place, like_it in enumerate(classes):
            firsts[place] = like_it()
        firsts_made = traced.held
        for first in firsts:
            vars(first)
        firsts_asked = traced.held
    del spare

    experiment.say("tracemalloc, of each instance")
    for name, label, grown in [
        ("made", "  as it was made", made - before),
        ("asked", "  once vars() was called", asked - before),
        ("asking", "  what the call added", asked - made),
    ]:
        experiment.record(name, round(grown / number), "bytes", "tracemalloc", label=label)
    experiment.say(f"tracemalloc, of the first instances of {FIRSTS} classes")
    for name, label, grown in [
        ("first.made", "  as it was made", firsts_made - before_firsts),
        ("first.asked", "  once vars() was called", firsts_asked - before_firsts),
    ]:
        experiment.record(name, round(grown / FIRSTS), "bytes", "tracemalloc", label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 10_000, "instances to make")
    execute(main, arguments)
