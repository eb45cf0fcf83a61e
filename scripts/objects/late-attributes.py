"""What do attributes cost that come late, come in another order, or go again?

Every way has a class of its own.  The first hundred instances get some attributes, all others get
five; tracemalloc counts what each of those others asks for.

    python scripts/objects/late-attributes.py
"""

from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

Names = tuple[str, ...]

FIRST = 100
FIVE: Names = ("x", "y", "z", "mass", "label")
#: What the first instances get, what the others get, and what these then lose again.
WAYS: dict[str, tuple[Names, Names, Names]] = {
    "all at once": (FIVE, FIVE, ()),
    "another order": (FIVE, FIVE[::-1], ()),
    "one late": (FIVE[:4], FIVE, ()),
    "two late": (FIVE[:3], FIVE, ()),
    "two deleted": (FIVE, FIVE, FIVE[3:]),
}


def give(instance: object, names: Names) -> object:
    for name in names:
        setattr(instance, name, None)
    return instance


def bytes_each(kind: type, first: Names, then: Names, lost: Names, number: int) -> float:
    kept = [give(kind(), first) for _ in range(FIRST)] + [None] * number
    with Traced() as traced:
        before = traced.held
        for place in range(FIRST, FIRST + number):
            kept[place] = give(kind(), then)
            for name in lost:
                delattr(kept[place], name)
        after = traced.held
    return (after - before) / number


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(1_000 * options.number, f"{options.number:,} instances", "give --number less")
    for name, way in WAYS.items():
        size = bytes_each(type("Point", (), {}), *way, options.number)
        experiment.record(name, round(size), "bytes", "tracemalloc")
    slotted = type("Point", (), {"__slots__": FIVE})
    size = bytes_each(slotted, FIVE, FIVE, (), options.number)
    experiment.record("slots", round(size), "bytes", "tracemalloc")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 5_000, "instances to count")
    execute(main, arguments)
