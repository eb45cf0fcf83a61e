"""The objects of a program to step through, as cards: their bytes, and a cell for each place."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from book_kit.show.step_words import amount
from measured.stepping.states import Object, Reference

LETTER = 7.25  # of code, 12 pixels high
_HEAD, _CELL = 31.0, 21.0
_MOST_ACROSS = 8

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where an object is drawn: the same for all of its life."""

    x: float
    y: float
    width: float
    column: int


def title(one: Object) -> str:
    """Return what stands at the head of a card: a value where it is short, or else the type."""
    if one.type == "function":
        return "function"
    if one.value and one.type not in ("list", "dict", "tuple", "set"):
        return one.value
    return one.type.replace("_", " ")


def bytes_of(one: Object) -> str:
    """Write the bytes of an object, in few letters."""
    return amount(one.size).replace("bytes", "B")


def cut(text: str, most: float) -> str:
    """Shorten a text to so many letters."""
    return text if len(text) <= most else f"{text[: max(int(most) - 1, 1)]}…"


@dataclass(frozen=True)
class _Cell:
    """A place in an object: what is written in it, its class, and what it refers to."""

    text: str
    kind: str
    to: int | None = None


def _cells(one: Object) -> list[_Cell]:
    """Return the places in an object, those that are spare and those that are holes as well."""
    if one.summed:
        return []
    is_row = one.type in ("list", "tuple")
    found = [
        _Cell(
            (part.value if part.to is None else "") if is_row else _labelled(label, part),
            "k",
            part.to,
        )
        for label, part in one.parts
    ]
    if one.type == "dict":
        for at in one.holes:
            found.insert(at, _Cell("hole", "x"))
    if one.room is not None and one.type in ("list", "dict"):
        found += [_Cell("", "e")] * (one.room - len(found))
    return found


def _labelled(label: str, part: Reference) -> str:
    key = label.strip("[]").strip("'").removeprefix(".") or "→"
    return key if part.to is not None else f"{key}: {part.value}"


def _grid(one: Object, width: float) -> tuple[list[_Cell], int, float]:
    """Return the places of an object, how many stand side by side, and how wide each is."""
    cells = _cells(one)
    if not cells:
        return [], 1, 0.0
    longest = max(
        len(cell.text) + (2 if cell.to is not None and cell.text else 0) for cell in cells
    )
    room = width - 8
    wide = min(max(longest * LETTER + 6, 24.0), room)
    return cells, min(max(int(room // wide), 1), _MOST_ACROSS), wide


def _notes(one: Object) -> list[str]:
    """Return the lines that stand in a card in the place of its parts."""
    if one.summed:
        times = "\N{MULTIPLICATION SIGN}"
        return [f"{number:,} {times} {kind}, {amount(size)}" for number, kind, size in one.summed]
    if one.type == "str" and one.room is not None and (one.length or 0) > 12:
        return [f"{one.length:,} letters, {one.room} B each"]
    return []


def height(one: Object, width: float) -> float:
    """Return how high a card of some width is, in pixels."""
    cells, across, _ = _grid(one, width)
    lines = -(-len(cells) // across) if cells else 0
    return _HEAD + _CELL * lines + (4 if lines else 0) + 15 * len(_notes(one))


def body(one: Object, place: Place) -> Iterator[str]:
    """Yield what is drawn below the head of a card."""
    for number, note in enumerate(_notes(one)):
        y = place.y + _HEAD + 10 + 15 * number
        most = (place.width - 8) / 6.1
        yield f'<text class="s" x="{place.x + 5:g}" y="{y:g}">{html.escape(cut(note, most))}</text>'
    cells, across, wide = _grid(one, place.width)
    outlines: dict[str, list[str]] = {}
    texts = []
    for number, cell in enumerate(cells):
        x = place.x + 4 + number % across * wide
        y = place.y + _HEAD + number // across * _CELL
        outlines.setdefault(cell.kind, []).append(f"M{x:g} {y:g}h{wide - 1:g}v20h-{wide - 1:g}z")
        if cell.text:
            middle = x + wide / 2 - (5 if cell.to is not None else 0)
            text = cut(cell.text, wide / LETTER)
            texts.append(f'<tspan x="{middle:g}" y="{y + 14.5:g}">{html.escape(text)}</tspan>')
    for kind, paths in outlines.items():
        yield f'<path class="{kind}" d="{"".join(paths)}"/>'
    if texts:
        yield f'<text class="t">{"".join(texts)}</text>'
    for (x, y), _ in dots(one, place):
        yield f'<circle class="d" cx="{x:g}" cy="{y:g}" r="3"/>'


def dots(one: Object, place: Place) -> Iterator[tuple[Point, int]]:
    """Yield where the arrows of an object begin, and where they lead."""
    cells, across, wide = _grid(one, place.width)
    for number, cell in enumerate(cells):
        if cell.to is not None:
            x = place.x + 4 + number % across * wide
            y = place.y + _HEAD + number // across * _CELL
            yield (x + (wide - 8 if cell.text else wide / 2), y + 10), cell.to
