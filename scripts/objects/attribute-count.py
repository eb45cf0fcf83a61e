"""Up to how many attributes do instances of a class share their table of names?

Makes classes with one attribute, two, three and so on, with `__slots__` and without, and lets
tracemalloc count what an instance of each asks for.

    python scripts/objects/attribute-count.py
"""

from argparse import Namespace

from measured.command import Experiment, execute, parser
from measured.options import add_number
from measured.tracing import Traced

FIRST = 100  # instances: after them, a class has settled how much room the next ones get
TRACED = 200


def plain(names: tuple[str, ...]) -> type:
    class Plain:
        def __init__(self) -> None:
            for name in names:
                setattr(self, name, None)

    return Plain


def slotted(names: tuple[str, ...]) -> type:
    class Slotted:
        __slots__ = names

        def __init__(self) -> None:
            for name in names:
                setattr(self, name, None)

    return Slotted


def bytes_each(kind: type) -> float:
    kept = [kind() for _ in range(FIRST)] + [None] * TRACED
    with Traced() as traced:
        before = traced.held
        for place in range(FIRST, FIRST + TRACED):
            kept[place] = kind()
        after = traced.held
    return (after - before) / TRACED


def main(experiment: Experiment, options: Namespace) -> None:
    names = tuple(f"attribute_{number}" for number in range(options.count))
    counts = range(1, options.count + 1)
    without = {number: bytes_each(plain(names[:number])) for number in counts}
    slots = {number: bytes_each(slotted(names[:number])) for number in counts}
    experiment.series("plain", without.items())
    experiment.series("slots", slots.items())

    def record(name: str, size: float, label: str) -> None:
        experiment.record(name, round(size), "bytes", "tracemalloc", label=label)

    last = max(number for number in counts if without[number] < 2 * slots[number] + 100)
    experiment.record("shared", last, "count", "tracemalloc", label="attributes that are shared")
    record("last", without[last], f"an instance with {last} attributes")
    record("last.slots", slots[last], "  with __slots__")
    if last < options.count:
        record("next", without[last + 1], f"an instance with {last + 1} attributes")
        record("next.slots", slots[last + 1], "  with __slots__")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--count", 40, "the most attributes to give a class")
    execute(main, arguments)
