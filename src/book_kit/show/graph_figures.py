"""Pictures of object graphs in the book's one look: names, objects as cards, references as arrows.

A card has a place for each reference that its object holds; an arrow begins there.  An object that
more than one arrow leads to is set apart, arrows and all: sharing is what to look for.  As in
`book_kit.show.svg`, every picture is drawn twice and its colors are CSS variables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from book_kit.show.figure_data import Data
from book_kit.show.graph_layout import Box, Link, lay_out
from book_kit.show.markup import Markup
from book_kit.show.shapes import (
    CODE,
    CODE_ADVANCE,
    MUTED,
    SMALL,
    SMALL_ADVANCE,
    WIDTHS,
    picture,
    words,
)
from book_kit.show.svg import framed
from measured.object_graph import Graph, Node

_HOLDER, _SHARED, _PLAIN = "--figure-1", "--figure-2", "--figure-5"

# All lengths are pixels, at the width for which the picture is made.
_LINE, _MARGIN = 20.0, 6.0
_PAD = {True: 10.0, False: 6.0}  # wide and narrow
_HEAD = 8.0  # of an arrow
_DETOUR = 18.0  # between a card and an arrow that leads back


Point = tuple[float, float]


@dataclass(frozen=True)
class _Shape:
    """What differs between the two pictures."""

    wide: bool
    between_layers: float
    between_boxes: float


_SHAPES = (_Shape(True, 64, 16), _Shape(False, 44, 12))


def graph(drawn: Graph, *, alt: str, caption: str) -> Markup:
    """Draw an object graph, from left to right and, for a narrow page, from top to bottom.

    Parameters
    ----------
    drawn
        What to draw.
    alt
        What the picture shows, for someone who cannot see it; every reference is added.
    caption
        The sentence below it.
    """
    told = "; ".join(f"{source} refers to {target}" for source, target in drawn.references())
    told = f"{alt} {told}."
    pictures = "".join(_Picture(drawn, shape).svg(told) for shape in _SHAPES)
    data = Data(["what refers", "and to what"], list(drawn.references()))
    return framed(pictures, alt=told, caption=caption, data=data)


class _Card:
    """A box of the picture: an object, with a place for each of its references."""

    def __init__(
        self, title: str, notes: list[str], labels: list[str], color: str, wide: bool
    ) -> None:
        self.title = title
        self.notes = notes
        self.labels = labels
        self.color = color
        self.wide = wide
        self.pad = _PAD[wide]
        self.width, self.height = self._size()

    def _size(self) -> tuple[float, float]:
        notes = [len(note) * SMALL[self.wide] * SMALL_ADVANCE for note in self.notes]
        widths = [_code_width(self.title), *notes]
        if not self.labels:
            return max(widths) + 2 * self.pad, _LINE * len(widths) + 7
        if self.wide:
            rows = [_code_width(label) + 18 for label in self.labels]
            header = widths[0] + 10 + widths[1]
            return max(header, *rows) + 2 * self.pad, _LINE * (1 + len(rows)) + 15
        return max(max(widths) + 2 * self.pad, sum(self._cells())), _LINE * len(widths) + 41

    def _cells(self) -> list[float]:
        """Return the least widths of the places, where they stand side by side."""
        return [max(_code_width(label) + 10, 30) for label in self.labels]

    def place(self, number: int) -> Point:
        """Return where the arrow of a reference begins, from the card's corner."""
        if self.wide:
            return self.width - 9, _LINE * (1 + number) + 11 + _LINE / 2
        cells = self._cells()
        spare = (self.width - sum(cells)) / len(cells)
        return sum(cells[:number]) + spare * number + (cells[number] + spare) / 2, self.height - 8

    def entry(self) -> float:
        """Return where arrows arrive: the distance along the edge that faces them."""
        if not self.wide:
            return self.width / 2
        return 5 + _LINE / 2 if self.labels else self.height / 2

    def draw(self, x: float, y: float) -> str:
        """Return the elements of the card with its corner at a point."""
        middle, right = x + self.width / 2, x + self.width
        parts = [
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{self.width:.1f}" height="{self.height:.1f}" '
            f'rx="5" style="fill: var({self.color}); fill-opacity: 0.08; '
            f'stroke: var({self.color}); stroke-width: 1.5"/>'
        ]
        if self.wide and self.labels:
            parts.append(_words(self.title, x + self.pad, y + 19))
            parts.append(_words(self.notes[0], right - self.pad, y + 19, SMALL[True], anchor="end"))
        else:
            parts.append(_words(self.title, middle, y + 18, anchor="middle"))
            for line, note in enumerate(self.notes, start=1):
                height = y + 17 + _LINE * line
                parts.append(_words(note, middle, height, SMALL[self.wide], anchor="middle"))
        if self.labels:
            rule = y + (_LINE + 8 if self.wide else 2 * _LINE + 5)
            parts.append(
                f'<path d="M {x:.1f} {rule:.1f} L {right:.1f} {rule:.1f}" style="fill: none; '
                f'stroke: var({self.color}); stroke-width: 1; stroke-opacity: 0.5"/>'
            )
        for number, label in enumerate(self.labels):
            across, down = self.place(number)
            if self.wide:
                parts.append(_words(label, x + self.pad, y + down + 4.5))
            else:
                parts.append(_words(label, x + across, y + down - 10, anchor="middle"))
            parts.append(
                f'<circle cx="{x + across:.1f}" cy="{y + down:.1f}" r="3" '
                f'style="fill: var({self.color})"/>'
            )
        return "".join(parts)


class _Name(_Card):
    """A name: no object, so without a size; all of it is one place."""

    def __init__(self, name: str, wide: bool) -> None:
        super().__init__(name, [], [], MUTED, wide)

    def place(self, _number: int) -> Point:
        return (self.width, self.height / 2) if self.wide else (self.width / 2, self.height)

    def draw(self, x: float, y: float) -> str:
        return (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{self.width:.1f}" height="{self.height:.1f}" '
            f'rx="{self.height / 2:.1f}" '
            f'style="fill: none; stroke: var({self.color}); stroke-width: 1"/>'
            + _words(self.title, x + self.width / 2, y + 18, anchor="middle")
        )


def _cards(drawn: Graph, wide: bool) -> list[_Card]:
    arriving = Counter([*drawn.names.values(), *(edge.end for edge in drawn.edges)])
    cards: list[_Card] = [_Name(name, wide) for name in drawn.names]
    for number, node in enumerate(drawn.nodes):
        labels = [edge.label for edge in drawn.edges if edge.start == number]
        color = _SHARED if arriving[number] > 1 else _HOLDER if labels else _PLAIN
        cards.append(_Card(node.value or node.type, _notes(node, wide), labels, color, wide))
    return cards


def _notes(node: Node, wide: bool) -> list[str]:
    size = f"{node.size:,} bytes"
    if not node.value:
        return [size]
    return [f"{node.type} · {size}"] if wide else [node.type, size]


class _Picture:
    """One of the two pictures.  Points are given along the layers and across them."""

    def __init__(self, drawn: Graph, shape: _Shape) -> None:
        self._wide = shape.wide
        self._cards = _cards(drawn, self._wide)
        self._links: list[Link] = []
        self._starts: list[Point] = []  # where arrows begin, from the corners of their cards
        for number, end in enumerate(drawn.names.values()):
            self._refer(number, 0, len(drawn.names) + end)
        counts = Counter[int]()
        for edge in drawn.edges:
            self._refer(
                len(drawn.names) + edge.start, counts[edge.start], len(drawn.names) + edge.end
            )
            counts[edge.start] += 1
        boxes = [Box(*self._turned(card.width, card.height)) for card in self._cards]
        self._layout = lay_out(
            boxes,
            self._links,
            between_layers=shape.between_layers,
            between_boxes=shape.between_boxes,
        )
        self._corners = self._layout.places
        for number in range(len(drawn.names)):  # names stand close to what they refer to
            shift = self._layout.spans[0][1] - boxes[number].along
            self._corners[number] = (shift, self._corners[number][1])

    def _refer(self, start: int, number: int, end: int) -> None:
        place = self._turned(*self._cards[start].place(number))
        self._starts.append(place)
        self._links.append(Link(start, end, place[1], self._cards[end].entry()))

    def _turned(self, x: float, y: float) -> Point:
        """Turn x and y into along and across, or back."""
        return (x, y) if self._wide else (y, x)

    def svg(self, told: str) -> str:
        """Return the picture as an element of a page."""
        layout = self._layout
        back = sum(route is None for route in layout.routes)
        aside = 2 * _DETOUR if back else 0.0
        width, height = self._turned(
            layout.spans[-1][1] + 2 * aside, layout.across + _DETOUR * back
        )
        frame = max(WIDTHS[self._wide], width + 2 * _MARGIN)
        dx, dy = self._turned(aside, 0.0)
        left, top = (frame - width) / 2 + dx, _MARGIN + dy
        arrows = "".join(self._arrow(number) for number in range(len(self._links)))
        cards = "".join(
            card.draw(*self._turned(*corner))
            for card, corner in zip(self._cards, self._corners, strict=True)
        )
        body = f'<g transform="translate({left:.1f} {top:.1f})">{arrows}{cards}</g>'
        return picture(body, height + 2 * _MARGIN, told, self._wide, width=frame)

    def _arrow(self, number: int) -> str:
        link, route, start = self._links[number], self._layout.routes[number], self._starts[number]
        corner, goal = self._corners[link.start], self._corners[link.end]
        begin = (corner[0] + start[0], corner[1] + start[1])
        tip = (goal[0], goal[1] + link.enters)
        neck = (tip[0] - _HEAD, tip[1])
        layer = self._layout.layers[link.start]
        if route is None:
            path = self._detour(number, begin, layer, neck)
        else:
            path = self._way(begin, layer, route, neck)
        sides = [(neck[0], neck[1] - _HEAD / 2), tip, (neck[0], neck[1] + _HEAD / 2)]
        head = " L ".join(self._point(side) for side in sides)
        color = self._cards[link.end].color
        return (
            f'<path d="{path}" style="fill: none; stroke: var({color}); stroke-width: 1.5"/>'
            f'<path d="M {head} Z" style="fill: var({color})"/>'
        )

    def _way(self, begin: Point, layer: int, route: Sequence[float], end: Point) -> str:
        """Go straight through layers, and bend between them."""
        spans = self._layout.spans
        path = f"M {self._point(begin)}"
        here = (spans[layer][1], begin[1])
        path += f" L {self._point(here)}"
        for number, across in enumerate(route, start=layer + 1):
            path += self._bend(here, (spans[number][0], across))
            here = (spans[number][1], across)
            path += f" L {self._point(here)}"
        return path + self._bend(here, end)

    def _bend(self, here: Point, there: Point) -> str:
        middle = (here[0] + there[0]) / 2
        points = [(middle, here[1]), (middle, there[1]), there]
        return " C " + ", ".join(map(self._point, points))

    def _detour(self, number: int, begin: Point, layer: int, end: Point) -> str:
        """Go back around everything."""
        earlier = sum(route is None for route in self._layout.routes[:number])
        out = self._layout.spans[layer][1] + _DETOUR
        outside = self._layout.across + _DETOUR * (earlier + 0.75)
        before = end[0] - _DETOUR
        turns = [begin, (out, begin[1]), (out, outside), (before, outside), (before, end[1]), end]
        path = f"M {self._point(begin)}"
        for last, corner, following in zip(turns, turns[1:], turns[2:], strict=False):
            near, far = _towards(corner, last), _towards(corner, following)
            path += f" L {self._point(near)} Q {self._point(corner)}, {self._point(far)}"
        return f"{path} L {self._point(end)}"

    def _point(self, point: Point) -> str:
        x, y = self._turned(*point)
        return f"{x:.1f} {y:.1f}"


def _towards(corner: Point, other: Point) -> Point:
    """Return the point a little off a corner, on the way to another point."""
    x, y = other[0] - corner[0], other[1] - corner[1]
    far = max(abs(x) + abs(y), 1e-9)
    step = min(8.0, far / 2)
    return corner[0] + x / far * step, corner[1] + y / far * step


def _words(text: str, x: float, y: float, small: int = 0, *, anchor: str = "start") -> str:
    """Write code, or other words if a size for them is given."""
    if small:
        return words(text, x, y, small, anchor=anchor, color=MUTED)
    return words(text, x, y, anchor=anchor, code=True)


def _code_width(text: str) -> float:
    return len(text) * CODE * CODE_ADVANCE
