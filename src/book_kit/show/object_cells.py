"""Objects as rows of cells of eight bytes: what each byte of their blocks is there for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from book_kit.running.experiment import Result
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup
from book_kit.show.shapes import (
    MUTED,
    SMALL,
    WIDTHS,
    Look,
    arrow,
    box,
    fits,
    legend,
    picture,
    words,
)
from book_kit.show.svg import framed

CELL = 8  # bytes

_COLLECTOR = Look("--figure-4", 0.22)
_HEADER = Look("--figure-5", 0.28)
_FIELD = Look("--figure-1", 0.14)
_VALUE = Look("--figure-1", 0.5)
_REFERENCE = Look("--figure-2", 0.3)
_SPARE = Look("--figure-muted", 0.0, dashed=True)
_LEGEND = {
    "for the collector": _COLLECTOR,
    "header": _HEADER,
    "other fields": _FIELD,
    "value": _VALUE,
    "reference": _REFERENCE,
}
#: For each part its look, and what to call it where there is room for a sentence.
_PARTS = {
    "collector": (_COLLECTOR, "header for the garbage collector"),
    "count": (_HEADER, "reference count"),
    "type": (_HEADER, "reference to the type"),
    "value": (_VALUE, "value"),
    "items": (_REFERENCE, "reference to its array"),
    "references": (_REFERENCE, "references to the items"),
    "spare": (_SPARE, "spare"),
}
_HEIGHT = 30.0  # of a cell
_ARRAY = "array"


@dataclass(frozen=True)
class _Part:
    name: str
    size: int  # bytes
    start: int  # byte of the block

    @property
    def look(self) -> Look:
        return _PARTS.get(self.name, (_FIELD, ""))[0]

    @property
    def told(self) -> str:
        return _PARTS.get(self.name, (_FIELD, self.name))[1]


@dataclass(frozen=True)
class _Object:
    name: str
    label: str
    values: Sequence[str]
    parts: Sequence[_Part]
    reported: int
    block: int

    @property
    def before(self) -> int:
        """Return how many bytes lie before the address of the object."""
        return sum(part.size for part in self.parts if part.name == "collector")

    def place_of(self, name: str) -> int:
        return next(part.start for part in self.parts if part.name == name)


def objects(result: Result, rows: Mapping[str, Sequence[str]], *, alt: str, caption: str) -> Markup:
    """Draw objects in cells of eight bytes, the whole block of each.

    Parameters
    ----------
    result
        What `object-cells` measured: for each object its parts in their order, the bytes that it
        reports and those of its block.
    rows
        For each object to be drawn what to call it, and what to write into the cells of its value.
        `array` is drawn below the list that refers to it.
    alt
        What the picture shows, for someone who cannot see it; every part is added.
    caption
        The sentence below it.
    """
    drawn = [_object(result, name, *words_of) for name, words_of in rows.items()]
    told = "; ".join(
        f"{one.label}: {', '.join(f'{part.told} {part.size}' for part in one.parts)},"
        f" in a block of {one.block} bytes"
        for one in drawn
    )
    alt = f"{alt} In bytes: {told}."
    pictures = "".join(
        picture(*_picture(drawn, wide), alt=alt, wide=wide) for wide in (True, False)
    )
    table = [[one.label, part.told, str(part.size)] for one in drawn for part in one.parts]
    data = Data(["object", "part", "#bytes"], table)
    return framed(pictures, alt=alt, caption=caption, data=data)


def _object(result: Result, name: str, label: str, *values: str) -> _Object:
    parts: list[_Part] = []
    for figure in result:
        of, _, part = figure.partition(".")
        if of == name and part not in ("reported", "block"):
            start = parts[-1].start + parts[-1].size if parts else 0
            parts.append(_Part(part, round(result[figure].median), start))
    reported, block = (round(result[f"{name}.{which}"].median) for which in ("reported", "block"))
    if sum(part.size for part in parts) != block:
        raise ValueError(f"the parts of {name} do not make up its block of {block} bytes")
    return _Object(name, label, values, parts, reported, block)


def _picture(drawn: Sequence[_Object], wide: bool) -> tuple[str, float]:
    """Return the elements of one picture, and its height."""
    made, height = legend(_LEGEND, 0, wide)
    y = height + 6
    before = max(one.before for one in drawn)
    if wide:
        left, line = 112.0, max(one.block - one.before for one in drawn) + before
        line = max(line, *(_start(one, drawn, before) + one.block for one in drawn))
    else:
        left, line = 1.0, 4 * CELL
    scale = (WIDTHS[wide] - left - 1) / line  # pixels a byte
    items: tuple[float, float] | None = None
    parts = [made]
    for one in drawn:
        size = f"{one.reported} of {one.block} bytes"
        if wide:
            parts.append(words(one.label, 0, y + 13, 13))
            parts.append(words(size, 0, y + 28, SMALL[wide], color=MUTED))
        else:
            side, anchor = (311.0, "end") if one.name == _ARRAY else (0.0, "start")
            parts.append(words(f"{one.label}: {size}", side, y + 13, SMALL[wide], anchor=anchor))
            y += 20
        shift = _start(one, drawn, before) if wide else 0
        for part in one.parts:
            for start, length, text in _pieces(part, one.values):
                at = start + shift
                x, down = left + at % line * scale, y + at // line * _HEIGHT
                parts.append(_cell(x, down, length * scale, text, part.look, wide))
                if part.name == "items":
                    items = (x + length * scale / 2, down + _HEIGHT)
        if one.name == _ARRAY and items is not None:
            first = left + (shift + CELL / 2) * scale
            parts.append(arrow(*items, first, y, _REFERENCE.color))
        lines = 1 if wide else -(-one.block // line)
        y += lines * _HEIGHT + (12 if wide else 8)
    return "".join(parts), y - 6


def _start(one: _Object, drawn: Sequence[_Object], before: int) -> int:
    """Return at which byte of a wide line an object begins, so that all headers stand in line."""
    if one.name == _ARRAY:
        owner = next(other for other in drawn if any(p.name == "items" for p in other.parts))
        return before - owner.before + owner.place_of("items")
    return before - one.before


def _pieces(part: _Part, values: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Cut a part where a cell ends, unless it is one thing; give each piece its words."""
    if part.name == "collector":
        yield part.start, part.size, "collector"
        return
    texts = iter(values if part.name in ("value", "references") else [part.name])
    start, end = part.start, part.start + part.size
    while start < end:
        stop = min(end, (start // CELL + 1) * CELL)
        yield start, stop - start, next(texts, part.name if part.name == "spare" else "")
        start = stop


def _cell(x: float, y: float, width: float, text: str, look: Look, wide: bool) -> str:
    drawn = box(x, y, width, _HEIGHT, look)
    if fits(text, width - 2, wide):
        color = MUTED if look is _SPARE else "--figure-text"
        middle = x + width / 2
        drawn += words(text, middle, y + 19.5, SMALL[wide], anchor="middle", color=color)
    return drawn
