"""Which everyday calls leave an instance with a dictionary, and which copies come with one?

A dictionary that exists is not made again: so each call is tried on a thousand instances, and then
tracemalloc counts what `vars` still adds to each of them.

    python scripts/objects/dict-touchers.py
"""

import copy
import dataclasses
import pickle
import sys
from argparse import Namespace
from collections.abc import Callable
from functools import cached_property

from measured.command import Experiment, execute, parser
from measured.tracing import Traced

NUMBER = 1_000


@dataclasses.dataclass
class Point:
    """Its values are small integers, so that no copy needs new ones."""

    x: int = 1
    y: int = 2
    z: int = 3

    @cached_property
    def total(self) -> int:
        """The sum, computed once."""
        return self.x + self.y + self.z


def matched(point: Point) -> bool:
    match point:
        case Point(x=1):
            return True
    return False


def changed(point: Point) -> None:
    del point.x
    point.x = 1


CALLS: dict[str, Callable[[Point], object]] = {
    "read, write, delete": changed,
    "repr": repr,
    "==": lambda point: point == Point(),
    "match": matched,
    "hasattr": lambda point: hasattr(point, "missing"),
    "sys.getsizeof": sys.getsizeof,
    "dataclasses.astuple": dataclasses.astuple,
    "dataclasses.asdict": dataclasses.asdict,
    "dataclasses.replace": dataclasses.replace,
    "vars": vars,
    "dir": dir,
    "cached_property": lambda point: point.total,
    "copy.copy": copy.copy,
    "copy.deepcopy": copy.deepcopy,
    "pickle.dumps": pickle.dumps,
}
COPIES: dict[str, Callable[[], Point]] = {
    "Point(…)": Point,
    "dataclasses.replace": lambda: dataclasses.replace(Point()),
    "copy.copy": lambda: copy.copy(Point()),
    "copy.deepcopy": lambda: copy.deepcopy(Point()),
    "pickle.loads": lambda: pickle.loads(pickle.dumps(Point())),  # made by this very process
}


def share_with_dict(points: list[Point]) -> float:
    """Return the share of instances to which `vars` adds nothing: they have their dictionary."""
    spare: list[object] = [{} for _ in range(100)]  # no dictionary that died leaves us its block
    with Traced() as traced:
        before = traced.held
        for point in points:
            vars(point)
        after = traced.held
    new = (after - before) / sys.getsizeof({})
    del spare
    return 1 - round(new / len(points), 2)


def main(experiment: Experiment, _options: Namespace) -> None:
    def record(name: str, points: list[Point], label: str) -> None:
        share = share_with_dict(points)
        experiment.record(name, share, "fraction", "tracemalloc", label=f"  {label}")

    experiment.say("instances that have a dictionary, after")
    for name, call in CALLS.items():
        points = [Point() for _ in range(NUMBER)]
        for point in points:
            call(point)
        record(f"after {name}", points, name)
    experiment.say("instances that have a dictionary, made by")
    for name, make in COPIES.items():
        record(f"made by {name}", [make() for _ in range(NUMBER)], name)


if __name__ == "__main__":
    execute(main, parser(__doc__))
