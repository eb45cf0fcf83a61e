"""How many objects that only refer to themselves wait for the collector, as a program makes more?

Each is out of reach as soon as it is made, and its reference count never falls to zero.  So it is
alive until the collector of cycles comes by.  Every object refers to its class, so the references
of the class count those that are alive.

    python scripts/reference/cycles-waiting.py
    python scripts/reference/cycles-waiting.py --number 20_000
"""

import gc
import sys
from argparse import Namespace
from collections.abc import Iterator

from measured.command import Experiment, Failure, execute, parser
from measured.options import add_number


class Node:
    """An object that refers to itself."""

    def __init__(self) -> None:
        self.me = self


NONE_ALIVE = sys.getrefcount(Node)


def alive() -> int:
    """Return how many nodes there are: each refers to its class."""
    return sys.getrefcount(Node) - NONE_ALIVE


def waiting(number: int, every: int) -> Iterator[tuple[int, int]]:
    """Make so many; yield how many are made, and the most alive since."""
    gc.collect()
    for made in range(every, number + 1, every):
        most = 0
        for _ in range(every):
            Node()
            most = max(most, alive())
        yield made, most


def main(experiment: Experiment, options: Namespace) -> None:
    if options.number < options.every:
        raise Failure("--number is less than --every; give more")
    points = list(waiting(options.number, options.every))
    most = max(count for _, count in points)
    gc.collect()
    experiment.series("waiting", points)
    experiment.record("most", most, "count", "sys.getrefcount", label="most that waited")
    experiment.record("left", alive(), "count", "sys.getrefcount", label="left at the end")
    threshold, _, old = gc.get_threshold()
    experiment.record("threshold", threshold, "count", "gc.get_threshold", label="threshold")
    if old:
        experiment.record("share", most / threshold, "times", "counted", label="of the threshold")
    else:
        experiment.cannot("share", "needs a collector of generations")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 200_000, "objects to make")
    add_number(arguments, "--every", 1_000, "objects from one point of the curve to the next")
    execute(main, arguments)
