"""What names refer to, and what those objects refer to: a graph of live objects, as plain values.

A script takes it of the objects that it has; the book draws it.  Two things in a program are one
object if and only if they are one node here.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import types
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

#: More objects than these make no picture that anyone reads.
MOST_NODES = 24
_LONGEST_VALUE = 16  # characters

#: What every object leads to in the end, and no picture of data is about.
LEFT_OUT = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.CodeType)


@dataclass(frozen=True)
class Node:
    """An object: its type's name, its value where that is short, its shallow size in bytes."""

    type: str
    value: str
    size: int


@dataclass(frozen=True)
class Edge:
    """A reference from one node to another, by their numbers.

    `label` says where the first object keeps it: an index or a key in brackets, an attribute
    after its dot; empty where Python has no word for the place.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Graph:
    """Objects and references, in the order in which a walk from the names finds them.

    Attributes
    ----------
    names
        For each name the number of its node.
    """

    names: Mapping[str, int]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Graph:
        """Make it from what `as_json` returned."""
        return cls(
            dict(content["names"]),
            tuple(Node(**node) for node in content["nodes"]),
            tuple(Edge(**edge) for edge in content["edges"]),
        )

    def references(self) -> Iterator[tuple[str, str]]:
        """Yield who refers and to what, in words; names first, then objects."""
        called = self._called()
        for name, number in self.names.items():
            yield name, f"{called[number]}, {self.nodes[number].size} bytes"
        labels: dict[tuple[int, int], list[str]] = {}
        for edge in self.edges:
            labels.setdefault((edge.start, edge.end), []).append(edge.label)
        for (start, end), places in labels.items():
            source = " ".join([called[start], ", ".join(filter(None, places))])
            yield source.strip(), f"{called[end]}, {self.nodes[end].size} bytes"

    def _called(self) -> list[str]:
        """Return what to call each node: its value or its type, numbered where that is not one."""
        titles = [node.value or node.type for node in self.nodes]
        several = {title for title, times in Counter(titles).items() if times > 1}
        counts: Counter[str] = Counter()
        called = []
        for title in titles:
            counts[title] += 1
            called.append(f"{title} #{counts[title]}" if title in several else title)
        return called


def of(names: Mapping[str, object]) -> Graph:
    """Walk from names to everything that they refer to, each object once.

    A key of a dictionary labels the reference to its value and is not walked itself; modules,
    classes and functions are left out.

    Raises
    ------
    ValueError
        If the walk finds more than `MOST_NODES` objects.
    """
    numbers: dict[int, int] = {}
    found: list[object] = []  # they live on, so no `id` is used again
    waiting: deque[object] = deque()
    edges = []

    def number_of(x: object) -> int:
        if id(x) not in numbers:
            if len(found) == MOST_NODES:
                raise ValueError(f"more than {MOST_NODES} objects make no picture")
            numbers[id(x)] = len(found)
            found.append(x)
            waiting.append(x)
        return numbers[id(x)]

    named = {name: number_of(x) for name, x in names.items()}
    nodes = []
    while waiting:
        x = waiting.popleft()
        size = size_of(x)
        outgoing = [(label, part) for label, part in parts_of(x) if not _is(part, *LEFT_OUT)]
        nodes.append(Node(type_name(x), "" if outgoing else value_of(x), size))
        edges += [Edge(numbers[id(x)], number_of(part), label) for label, part in outgoing]
    return Graph(named, tuple(nodes), tuple(edges))


# Of an object's own code, what follows runs `__repr__` and `__sizeof__` alone, and either may
# fail.  A class can lie about its `__class__`, compute its `__dict__`, and refuse attributes.


def _is(x: object, *kinds: type) -> bool:
    return issubclass(type(x), kinds)  # `isinstance` would believe `x.__class__`


def _of_class(kind: type, name: str) -> Any:
    """Return what `type` says of a class, whatever its metaclass says."""
    return vars(type)[name].__get__(kind)


def type_name(x: object) -> str:
    """Return the name of an object's type."""
    return _one_line(_of_class(type(x), "__name__"))


def size_of(x: object) -> int:
    """Return the bytes of an object, without what it refers to."""
    try:
        return sys.getsizeof(x)
    except Exception:
        return object.__sizeof__(x)


def parts_of(x: object) -> list[tuple[str, object]]:
    """Return what an object refers to, each with its place, where Python has a word for that.

    The garbage collector knows of the other references; it says to what, and not from where.
    """
    places = [*_items(x), *_slots(x)]
    attributes = _instance_dict(x)
    parts = places + _array_parts(x)
    if attributes is not None:
        parts += [(_attribute(name), value) for name, value in dict.items(attributes)]
        if _of_class(type(x), "__basicsize__") == object.__basicsize__:
            return parts  # there is no room for more; 3.13 keeps the values beside the object
    told = Counter(id(part) for _, part in places)
    if _is(x, dict):
        told.update(map(id, dict.keys(x)))  # type: ignore[arg-type]
    for part in gc.get_referents(x):
        if told[id(part)]:
            told[id(part)] -= 1
        elif part is not attributes:
            parts.append(("", part))
    return parts


def _items(x: object) -> list[tuple[str, object]]:
    """Return what a dictionary, a list or a tuple holds, whatever its class makes of `items`."""
    held: Any = x
    if _is(x, dict):
        return [(f"[{_key(key)}]", value) for key, value in dict.items(held)]
    for kind in (list, tuple):
        if _is(x, kind):
            return [(f"[{index}]", item) for index, item in enumerate(kind.__iter__(held))]
    return []


def _slots(x: object) -> Iterator[tuple[str, object]]:
    for kind in _of_class(type(x), "__mro__"):
        members = _of_class(kind, "__dict__")
        if "__slots__" in members:
            for name, member in members.items():
                if _is(member, types.MemberDescriptorType):
                    with contextlib.suppress(AttributeError):  # nothing in it yet
                        yield f".{name}", member.__get__(x)


def _instance_dict(x: object) -> dict[object, object] | None:
    """Return the dictionary of an object's attributes itself, past a property of that name."""
    for kind in _of_class(type(x), "__mro__"):
        member = _of_class(kind, "__dict__").get("__dict__")
        if _is(member, types.GetSetDescriptorType, types.MemberDescriptorType):
            found = member.__get__(x)
            return found if _is(found, dict) else None
    return None


def _array_parts(x: object) -> list[tuple[str, object]]:
    """Return what a NumPy array refers to: the garbage collector does not look into arrays."""
    numpy: Any = sys.modules.get("numpy")
    if not _is(x, getattr(numpy, "ndarray", _Nothing)):
        return []
    base = numpy.ndarray.base.__get__(x)
    return [*_array_items(numpy, numpy.asarray(x)), *([] if base is None else [(".base", base)])]


class _Nothing:
    """What no object is an instance of: the class of arrays where there are none."""


def _array_items(numpy: Any, array: Any, field: str = "") -> Iterator[tuple[str, object]]:
    if array.dtype.kind == "O":
        for index, item in numpy.ndenumerate(array):
            yield f"{field}[{', '.join(map(str, index)) or '()'}]", item
    for name in array.dtype.names or ():
        yield from _array_items(numpy, array[name], f"{field}[{name!r}]")


def _attribute(name: object) -> str:
    return f".{_one_line(name)}" if type(name) is str else f"[{_key(name)}]"


def _key(key: object) -> str:
    return value_of(key) or type_name(key)


def value_of(x: object) -> str:
    """Return the value of an object where that is short; empty where it has none to show."""
    text = _written(x)
    return "" if text.startswith("<") else text  # `<…>` shows an address, if anything


def _written(x: object) -> str:
    """Return what `repr` says on one short line; nothing where it fails.

    Python refuses to write an integer of more than 4,300 digits, and a class may do anything.
    """
    try:
        return _shortened(_one_line(str.__str__(repr(x))))
    except Exception:
        return ""


def _one_line(text: str) -> str:
    """Return a text on one line, in characters that every encoding of Unicode has."""
    return " ".join(text.splitlines()).encode("utf-8", "backslashreplace").decode("utf-8")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
