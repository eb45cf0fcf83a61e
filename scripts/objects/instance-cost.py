"""What does an instance cost, by the way its class is written?

Makes a million instances that refer to the same three floats, and divides the memory that they made
the process take by their number.  So the figure is the instance alone, without its values.

    python scripts/objects/instance-cost.py --kind slots
"""

from argparse import Namespace
from collections import namedtuple
from collections.abc import Callable
from dataclasses import make_dataclass
from importlib import import_module
from sys import getsizeof
from types import SimpleNamespace
from typing import NamedTuple

from measured.command import Experiment, execute, need_memory, parser
from measured.cost_each import cost_of_each, names
from measured.options import add_number

Maker = Callable[[float, float, float], object]

X, Y, Z = 0.25, 0.5, 0.75
FIELDS = ("x", "y", "z")
GENEROUS_SIZE = 600  # bytes of an instance of any kind, with its place in the list


class Plain:
    """The class that everybody writes."""

    def __init__(self, x: float, y: float, z: float) -> None:
        self.x = x
        self.y = y
        self.z = z


def touched(x: float, y: float, z: float) -> Plain:
    point = Plain(x, y, z)
    vars(point)
    return point


class Slotted:
    """The same, with its attributes declared."""

    __slots__ = FIELDS

    def __init__(self, x: float, y: float, z: float) -> None:
        self.x = x
        self.y = y
        self.z = z


class Labeled(Slotted):
    """A subclass that declares nothing and sets one attribute more."""

    def __init__(self, x: float, y: float, z: float) -> None:
        super().__init__(x, y, z)
        self.label = None


class Typed(NamedTuple):
    """The other way to write a named tuple."""

    x: float
    y: float
    z: float


def from_attrs(slots: bool) -> Maker:
    import attrs

    fields = {"__annotations__": dict.fromkeys(FIELDS, float)}
    return attrs.define(type("Point", (), fields), slots=slots)


KINDS: dict[str, Callable[[], Maker]] = {
    "plain": lambda: Plain,
    "touched": lambda: touched,
    "slots": lambda: Slotted,
    "weakref": lambda: type("Weak", (Slotted,), {"__slots__": "__weakref__"}),
    "subclass": lambda: type("Forgetful", (Slotted,), {}),
    "labeled": lambda: Labeled,
    "dataclass": lambda: make_dataclass("Point", FIELDS),
    "dataclass-slots": lambda: make_dataclass("Point", FIELDS, slots=True),
    "dataclass-frozen": lambda: make_dataclass("Point", FIELDS, slots=True, frozen=True),
    "attrs": lambda: from_attrs(slots=True),
    "attrs-dict": lambda: from_attrs(slots=False),
    "msgspec": lambda: import_module("msgspec").defstruct("Point", FIELDS),
    "msgspec-no-gc": lambda: import_module("msgspec").defstruct("Point", FIELDS, gc=False),
    "tuple": lambda: lambda x, y, z: (x, y, z),
    "namedtuple": lambda: namedtuple("Point", FIELDS),
    "typed": lambda: Typed,
    "dict": lambda: lambda x, y, z: {"x": x, "y": y, "z": z},
    "namespace": lambda: lambda x, y, z: SimpleNamespace(x=x, y=y, z=z),
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(GENEROUS_SIZE * options.number, f"{options.number:,} objects", "give --number less")
    try:
        point = KINDS[options.kind]()
    except ModuleNotFoundError as missing:
        for name in (*names("each"), "front"):
            experiment.cannot(name, f"needs {missing.name}")
        return
    cost_of_each(experiment, lambda _number: point(X, Y, Z), options.number)
    one = point(X, Y, Z)
    front = getsizeof(one) - one.__sizeof__()
    experiment.record("front", front, "bytes", "sys.getsizeof", label="  in front of the object")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--kind", choices=KINDS, default="plain", help="what to make")
    add_number(arguments, "--number", 1_000_000, "instances to make")
    execute(main, arguments)
