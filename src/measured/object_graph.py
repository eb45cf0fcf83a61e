"""What names refer to, and what those objects refer to: a graph of live objects, as plain values.

A script takes it of the objects that it has; the book draws it.  Two things in a program are one
object if and only if they are one node here.
"""

from __future__ import annotations

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
        size = sys.getsizeof(x)
        outgoing = [(label, part) for label, part in _parts(x) if not isinstance(part, LEFT_OUT)]
        nodes.append(Node(type(x).__name__, "" if outgoing else _written(x), size))
        edges += [Edge(numbers[id(x)], number_of(part), label) for label, part in outgoing]
    return Graph(named, tuple(nodes), tuple(edges))


def _parts(x: object) -> list[tuple[str, object]]:
    """Return what an object refers to, each with its place."""
    attributes = [(f".{name}", value) for name, value in _attributes(x)]
    if isinstance(x, dict):
        return [(f"[{_shortened(repr(key))}]", value) for key, value in x.items()] + attributes
    if isinstance(x, list | tuple):
        return [(f"[{index}]", item) for index, item in enumerate(x)] + attributes
    if attributes:
        return attributes
    return [("", part) for part in gc.get_referents(x)]


def _attributes(x: object) -> Iterator[tuple[str, object]]:
    yield from getattr(x, "__dict__", {}).items()
    for kind in type(x).__mro__:
        if "__slots__" in vars(kind):
            for name, member in vars(kind).items():
                if isinstance(member, types.MemberDescriptorType) and hasattr(x, name):
                    yield name, getattr(x, name)


def _written(x: object) -> str:
    text = repr(x)
    return "" if text.startswith("<") else _shortened(text)  # `<…>` shows an address, if anything


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
