"""Does memory come back when a million small objects die?

The list that holds them is made before the first reading and outlives the last one, so what the
two instruments see grow and shrink is the objects alone.

    python scripts/tutorial/million-objects.py --kind string
"""

from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, parser
from measured.moments import Moments
from measured.options import add_number


class Point:
    """An object of a class of our own, as small as they come."""

    __slots__ = ("x",)

    def __init__(self, x: int) -> None:
        self.x = x


KINDS: dict[str, Callable[[int], object]] = {
    "float": float,
    "string": str,
    "instance": Point,
}


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.objects
    need_memory(200 * number, f"{number:,} objects", "give --objects less")
    make = KINDS[options.kind]
    holder: list[object] = [None] * number

    moments = Moments(experiment)
    for place in range(number):
        holder[place] = make(place)
    moments.look("alive", "all objects alive")
    for place in range(number):
        holder[place] = None
    moments.look("dead", "all objects dead")
    moments.share_returned("returned", "alive", "dead")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--objects", 1_000_000, "objects to make")
    arguments.add_argument("--kind", choices=list(KINDS), default="float", help="what they are")
    execute(main, arguments)
