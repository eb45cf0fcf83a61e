"""Any object has its place in a graph, and whatever it refers to: nothing ends the walk."""

from __future__ import annotations

import collections
import contextvars
import ctypes
import dataclasses
import decimal
import enum
import functools
import io
import itertools
import operator
import re
import sys
import threading
import types
import weakref
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from measured import object_graph


class Failing:
    """An object that answers nothing."""

    def fail(self, *_arguments: object) -> Any:
        raise ZeroDivisionError

    __repr__ = __getattr__ = __sizeof__ = __bool__ = __len__ = __iter__ = __hash__ = fail
    __class__ = __dict__ = property(fail)
    __eq__ = fail


class Refusing:
    """An object that gives out no attribute."""

    def __init__(self, x: object) -> None:
        self.x = x

    def __getattribute__(self, name: str) -> Any:
        raise ZeroDivisionError(name)


class Computed:
    """An object whose `__dict__` is another one each time."""

    def __init__(self, x: object) -> None:
        object.__setattr__(self, "x", x)

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        raise ZeroDivisionError


class Nameless(type):
    """A class that says nothing of itself."""

    __name__ = __mro__ = __basicsize__ = property(Failing.fail)

    def __instancecheck__(cls, _instance: object) -> bool:
        raise ZeroDivisionError


class OfANamelessClass(metaclass=Nameless):
    def __init__(self, x: object) -> None:
        self.x = x


class Liar:
    """An object that says that it is a class, and so not to be drawn."""

    __class__ = type  # type: ignore[assignment]

    def __init__(self, x: object) -> None:
        self.x = x


class Lines(str):
    """A string that is more than itself."""

    def __repr__(self) -> str:
        return "two\nlines \ud800"

    def splitlines(self, *_arguments: object) -> Any:
        raise ZeroDivisionError


class Slotted:
    __slots__ = ("never", "x")

    def __init__(self, x: object) -> None:
        self.x = x

    def __getattr__(self, name: str) -> Any:
        raise ZeroDivisionError(name)


class Pair(NamedTuple):
    x: object
    y: object


class Color(enum.Enum):
    RED = 1.5


@dataclasses.dataclass(slots=True)
class Record:
    x: object


class ASet(set[object]):
    pass


class AFrozenSet(frozenset[object]):
    pass


class ADeque(collections.deque[object]):
    pass


class AnError(Exception):
    pass


class APartial(functools.partial[object]):
    pass


class ACounter(collections.Counter[object]):
    pass


class AnOrderedDict(collections.OrderedDict[object, object]):
    pass


class ADict(dict[object, object]):
    def items(self) -> Any:
        raise ZeroDivisionError


class AList(list[object]):
    def __iter__(self) -> Any:
        raise ZeroDivisionError


class ATuple(tuple[object, ...]):
    pass


def generate(x: object) -> Iterator[object]:
    yield x
    yield x


def started(generator: Iterator[object]) -> Iterator[object]:
    next(generator)
    return generator


def circle() -> list[object]:
    x: list[object] = []
    x.append({"x": x, "y": (x, Pair(x, x))})
    return x


ITEM = ["the item"]
EXTRA = ["the attribute"]


def with_attribute(x: Any) -> Any:
    x.extra = EXTRA
    return x


#: Objects that hold `ITEM`, with the places that a graph shows.
HOLDERS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "a set": (lambda: {("k",)}, [""]),
    "a set with an attribute": (lambda: with_attribute(ASet([("k",)])), [".extra", ""]),
    "a frozenset with one": (lambda: with_attribute(AFrozenSet([("k",)])), [".extra", ""]),
    "a deque with one": (lambda: with_attribute(ADeque([ITEM])), [".extra", ""]),
    "an exception with one": (lambda: with_attribute(AnError(ITEM)), [".extra", ""]),
    "a list with one": (lambda: with_attribute(AList([ITEM])), ["[0]", ".extra"]),
    "a tuple with one": (lambda: with_attribute(ATuple([ITEM])), ["[0]", ".extra"]),
    "a dict with one": (lambda: with_attribute(ADict(k=ITEM)), ["['k']", ".extra"]),
    "an OrderedDict": (lambda: with_attribute(AnOrderedDict(k=ITEM)), ["['k']", ".extra"]),
    "a counter": (lambda: with_attribute(ACounter({"k": 1})), ["['k']", ".extra"]),
    "the same in two places": (lambda: with_attribute(ADeque([EXTRA])), [".extra", ""]),
    "a default": (
        lambda: collections.defaultdict(functools.partial(list, ITEM), k=ITEM),
        ["['k']", ""],
    ),
    "what gives out no attribute": (lambda: Refusing(ITEM), [".x"]),
    "what computes its __dict__": (lambda: Computed(ITEM), [""]),
    "an instance of a nameless class": (lambda: OfANamelessClass(ITEM), [".x"]),
    "what says it is a class": (lambda: Liar(ITEM), [".x"]),
    "slots": (lambda: Slotted(ITEM), [".x"]),
    "slots of a data class": (lambda: Record(ITEM), [".x"]),
    "a named tuple": (lambda: Pair(ITEM, EXTRA), ["[0]", "[1]"]),
    "a namespace": (lambda: types.SimpleNamespace(x=ITEM), [".x"]),
    "a bound method": (lambda: ITEM.append, [""]),
    "a proxy of a mapping": (lambda: types.MappingProxyType({"x": ITEM}), [""]),
    "an iterator": (lambda: iter(ITEM), [""]),
    "an attribute that is no word": (
        lambda: (x := types.SimpleNamespace(), vars(x).update({7: ITEM}))[0],  # type: ignore[dict-item]
        ["[7]"],
    ),
}


@pytest.mark.parametrize("name", HOLDERS)
def test_every_reference_is_there_with_its_place(name: str) -> None:
    make, places = HOLDERS[name]
    drawn = object_graph.of({"x": make()})
    assert [edge.label for edge in drawn.edges if edge.start == 0] == places


def test_a_partial_with_an_attribute_keeps_what_it_was_given() -> None:
    drawn = object_graph.of({"x": with_attribute(APartial(print, ITEM))})
    values = {node.value for node in drawn.nodes}
    assert {"'the item'", "'the attribute'"} <= values


ODD: dict[str, Callable[[], object]] = {
    "an int of too many digits": lambda: 10**5000,
    "such a key": lambda: {10**5000: ITEM},
    "a failing object": Failing,
    "a failing object in a list": lambda: [Failing(), Failing()],
    "a failing value": lambda: {"x": Failing()},
    "a repr of two lines": lambda: Lines("x"),
    "a very long string": lambda: "x" * 10**7,
    "a lone surrogate": lambda: ["\ud800", types.SimpleNamespace(**{"\ud800": 1})],
    "a list in itself": circle,
    "an enumeration": lambda: Color.RED,
    "a generator": lambda: generate(ITEM),
    "a started generator": lambda: started(generate(ITEM)),
    "a reference that is weak": lambda: weakref.ref(Color.RED),
    "a dead proxy": lambda: weakref.proxy(ASet()),
    "a dictionary of weak keys": weakref.WeakKeyDictionary,
    "a memoryview": lambda: memoryview(b"bytes"),
    "an array": lambda: array("d", [1.0]),
    "a file": lambda: io.StringIO("text"),
    "a path": lambda: Path("a/b"),
    "a pattern": lambda: re.compile("a|b"),
    "a lock": threading.Lock,
    "a decimal": lambda: decimal.Decimal(1),
    "a chain": lambda: itertools.chain([ITEM], [ITEM]),
    "a method of a class": lambda: list.append,
    "a getter": lambda: operator.attrgetter("x.y"),
    "a structure of C": lambda: ctypes.c_int(3),
    "a property": lambda: property(Failing.fail),
    "a cell": lambda: types.CellType(ITEM),
    "an alias": lambda: list[int],
    "a union": lambda: int | str,
    "a context variable": lambda: contextvars.ContextVar("x"),
    "a cached property": lambda: functools.cached_property(len),
    "an error with a cause": lambda: AnError("x").with_traceback(None),
    "nothing": lambda: None,
    "an ellipsis": lambda: ...,
    "what is not implemented": lambda: NotImplemented,
    "an object": object,
    "a slice": lambda: slice(ITEM),
    "a type's dictionary": lambda: {"x": vars(Slotted)["x"]},
}


@pytest.mark.parametrize("name", ODD)
def test_no_object_ends_the_walk(name: str) -> None:
    drawn = object_graph.of({"x": ODD[name]()})
    assert drawn.names == {"x": 0}
    for told in drawn.references():
        for text in told:
            assert text.splitlines() == [text]
            assert text.encode()
    assert all(len(node.value) <= 16 and node.size > 0 for node in drawn.nodes)


def test_spaces_in_a_text_stay_as_they_are() -> None:
    assert object_graph.of({"x": "a  b"}).nodes[0].value == "'a  b'"


def labels(x: object) -> list[str]:
    return [edge.label for edge in object_graph.of({"x": x}).edges if edge.start == 0]


def test_an_array_of_objects_shows_what_it_holds() -> None:
    np = pytest.importorskip("numpy")
    assert labels(np.array([EXTRA, None], dtype=object)) == ["[0]", "[1]"]
    square = np.empty((2, 2), dtype=object)
    square[1, 0] = EXTRA
    drawn = object_graph.of({"x": square})
    assert [edge.label for edge in drawn.edges] == ["[0, 0]", "[0, 1]", "[1, 0]", "[1, 1]", "[0]"]
    assert "'the attribute'" in {node.value for node in drawn.nodes}
    alone = np.empty((), dtype=object)
    alone[()] = ITEM
    assert labels(alone) == ["[()]"]


def test_fields_that_are_objects_show_what_they_hold() -> None:
    np = pytest.importorskip("numpy")
    rows = np.zeros(2, dtype=[("name", object), ("size", float)])
    rows["name"][0] = ITEM
    assert labels(rows) == ["['name'][0]", "['name'][1]"]


def test_a_view_shows_its_base() -> None:
    np = pytest.importorskip("numpy")
    whole = np.arange(10.0)
    drawn = object_graph.of({"whole": whole, "part": whole[2:4]})
    assert [(edge.start, edge.end, edge.label) for edge in drawn.edges] == [(1, 0, ".base")]
    assert labels(np.frombuffer(bytearray(b"8 bytes!"))) == [".base"]


def test_an_array_of_a_class_of_its_own_shows_its_attributes_too() -> None:
    np = pytest.importorskip("numpy")
    named = np.array([None, None], dtype=object).view(type("Named", (np.ndarray,), {}))
    named.extra = EXTRA
    assert set(labels(named)) == {"[0]", "[1]", ".base", ".extra"}


def test_a_walk_without_numpy_does_not_import_it() -> None:
    from processes import run_code

    code = "import sys; from measured import object_graph as g; g.of({'x': [1.5]}); "
    assert run_code(code + "print('numpy' in sys.modules)").stdout == "False\n"


def test_the_walk_changes_no_size() -> None:
    x = with_attribute(ASet([("k",)]))
    before = sys.getsizeof(x)
    assert object_graph.of({"x": x}).nodes[0].size == before == sys.getsizeof(x)
