"""A picture of an arena, one of its pools and one of its blocks, as an experiment found them.

Each of the three is a grid; lines lead from a cell to the grid that is within it.  As in
`book_kit.show.svg`, the picture is drawn twice and its colors are CSS variables.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from book_kit.running.experiment import Result
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup
from book_kit.show.shapes import GRID, MUTED, SMALL, TEXT, WIDTHS, picture, words
from book_kit.show.svg import framed
from measured.units import KIB, MIB

_ALIVE = "--figure-1"

# All lengths are pixels, at the width for which the picture is made.
_DOT, _DOTS = 4.0, 3  # a survivor in a pool; as many side by side, and as many rows
_LINE, _MARGIN, _BETWEEN = 17.0, 2.0, 26.0


@dataclass(frozen=True)
class Arena:
    """An arena in which a few objects of one size live.

    Attributes
    ----------
    arena, pool, block, object
        Bytes of each.
    pools, blocks
        How many pools an arena has room for, and how many blocks a pool has.
    made
        How many objects once stood in it.
    alive
        How many live in each pool that is of their size, by its place.
    enlarged
        The place of the pool that is shown from within.
    standing
        The places of the blocks in that pool that are in use.
    """

    arena: int
    pool: int
    block: int
    object: int
    pools: int
    blocks: int
    made: int
    alive: Mapping[int, int]
    enlarged: int
    standing: Collection[int]

    def __post_init__(self) -> None:
        most = max(self.alive.values(), default=0)
        if most > _DOTS**2:
            raise ValueError(f"{most} living objects in a pool, and room to draw {_DOTS**2}")
        if self.alive.get(self.enlarged, 0) != len(self.standing) or not self.standing:
            raise ValueError("the enlarged pool needs a living object, and a block for each")


def of_result(found: Result) -> Arena:
    """Make an arena of what the experiment `inside-an-arena` reports.

    Raises
    ------
    Unavailable
        Where this machine's Python has no arenas.
    """

    def whole(name: str, unit: int = 1) -> int:
        return round(found[name].median * unit)

    return Arena(
        arena=whole("arena", MIB),
        pool=whole("pool", KIB),
        block=whole("block"),
        object=whole("object"),
        pools=whole("pools"),
        blocks=whole("blocks"),
        made=whole("made"),
        alive={int(place): int(number) for place, number in found.series["pools"]},
        enlarged=int(found.series["standing"][0][0]),
        standing=[int(place) for _, place in found.series["standing"]],
    )


@dataclass(frozen=True)
class _Shape:
    """What differs between the two pictures; on a wide page the three stand beside each other."""

    wide: bool
    side: float  # of a grid


_SHAPES = (_Shape(True, 186), _Shape(False, 132))


def arena(drawn: Arena, *, alt: str, caption: str) -> Markup:
    """Draw an arena, a pool in it and a block in that: beside each other, or one below the other.

    Parameters
    ----------
    drawn
        What to draw.
    alt
        What the picture shows, for someone who cannot see it; all that is written in it is added.
    caption
        The sentence below it.
    """
    panels = _panels(drawn)
    told = " ".join(f"{panel.title}, {', '.join(panel.notes)}." for panel in panels)
    told = f"{alt} {told}"
    pictures = "".join(_svg(panels, shape, told) for shape in _SHAPES)
    data = Data(
        ["piece", "what is in it", "in use"], [[panel.title, *panel.notes] for panel in panels]
    )
    return framed(pictures, alt=told, caption=caption, data=data)


@dataclass(frozen=True)
class _Panel:
    """One of the three grids: its words, its size in cells, and what draws it."""

    title: str
    notes: Sequence[str]
    columns: int
    cells: int
    looks: Mapping[str, Collection[int]]  # the cells that have this style
    dots: Mapping[int, int]
    enlarged: int | None

    def height(self, side: float) -> float:
        return side / self.columns * math.ceil(self.cells / self.columns)

    def corner(self, cell: int, side: float) -> tuple[float, float]:
        row, column = divmod(cell, self.columns)
        return column * side / self.columns, row * side / self.columns

    def draw(self, side: float) -> str:
        size = side / self.columns
        gap = min(2.0, size / 6)

        def squares(cells: Collection[int], gap: float) -> str:
            corners = (self.corner(cell, side) for cell in sorted(cells))
            return _squares(((x + gap / 2, y + gap / 2) for x, y in corners), size - gap)

        parts = [
            f'<path d="{squares(cells, gap)}" style="{style}"/>'
            for style, cells in self.looks.items()
            if cells
        ]
        if any(self.dots.values()):
            dots = [
                dot for cell, number in self.dots.items() for dot in self._dots(cell, number, side)
            ]
            parts.append(f'<path d="{_squares(dots, _DOT)}" style="{_solid()}"/>')
        if self.enlarged is not None:
            outline = squares([self.enlarged], 0)
            parts.append(f'<path d="{outline}" style="{_outline(TEXT, 1.5)}"/>')
        return "".join(parts)

    def _dots(self, cell: int, number: int, side: float) -> Iterator[tuple[float, float]]:
        x, y = self.corner(cell, side)
        step = side / self.columns / _DOTS
        for row, column in (divmod(one, _DOTS) for one in range(number)):
            yield x + (column + 0.5) * step - _DOT / 2, y + (row + 0.5) * step - _DOT / 2


def _squares(corners: Iterable[tuple[float, float]], length: float) -> str:
    """Return a path of squares, each from the one before: so most of it is the same, and packs."""
    path, here = "", (0.0, 0.0)
    for corner in corners:
        step = [round(new - old, 1) for new, old in zip(corner, here, strict=True)]
        here = (here[0] + step[0], here[1] + step[1])
        path += f"m{step[0]:g} {step[1]:g}h{length:.1f}v{length:.1f}h-{length:.1f}z"
    return path


_Placed = tuple[_Panel, tuple[float, float]]


def _solid(opacity: float = 1) -> str:
    faint = f"; fill-opacity: {opacity}" if opacity < 1 else ""
    return f"fill: var({_ALIVE}){faint}; stroke: none"


def _outline(color: str, width: float = 1, dashes: str = "") -> str:
    dashed = f"; stroke-dasharray: {dashes}" if dashes else ""
    return f"fill: none; stroke: var({color}); stroke-width: {width}{dashed}"


def _panels(drawn: Arena) -> list[_Panel]:
    held = [place for place, number in drawn.alive.items() if number]
    empty = [place for place, number in drawn.alive.items() if not number]
    others = set(range(drawn.pools)) - drawn.alive.keys()
    blocks, standing = range(drawn.blocks), set(drawn.standing)
    living, unused = sum(drawn.alive.values()), drawn.block - drawn.object
    return [
        _Panel(
            f"An arena: {_size(drawn.arena)}",
            [
                f"{drawn.pools} pools of {_size(drawn.pool)}",
                f"{living:,} of {drawn.made:,} objects alive",
            ],
            math.ceil(math.sqrt(drawn.pools)),
            drawn.pools,
            {
                _outline(GRID): empty,
                _outline(MUTED, 1, "2 2"): others,
                _solid(0.25): held,
            },
            drawn.alive,
            drawn.enlarged,
        ),
        _Panel(
            f"A pool: {_size(drawn.pool)}",
            [
                f"{drawn.blocks} blocks of {_size(drawn.block)}",
                f"{len(standing)} of them in use",
            ],
            math.ceil(math.sqrt(drawn.blocks)),
            drawn.blocks,
            {_outline(GRID): set(blocks) - standing, _solid(): standing},
            {},
            max(standing),
        ),
        _Panel(
            f"A block: {_size(drawn.block)}",
            [f"one object of {_size(drawn.object)}", f"{unused} bytes unused"],
            math.ceil(math.sqrt(1.5 * drawn.block)),
            drawn.block,
            {_outline(GRID): range(drawn.object, drawn.block), _solid(): range(drawn.object)},
            {},
            None,
        ),
    ]


def _size(number: int) -> str:
    """Write bytes in the largest unit that leaves a whole number."""
    for unit, size in (("MiB", MIB), ("KiB", KIB)):
        if number % size == 0:
            return f"{number // size} {unit}"
    return f"{number} bytes"


def _svg(panels: Sequence[_Panel], shape: _Shape, told: str) -> str:
    side, heights = shape.side, [panel.height(shape.side) for panel in panels]
    if shape.wide:
        step = (WIDTHS[shape.wide] - 2 * _MARGIN - side) / (len(panels) - 1)
        places = [(_MARGIN + step * number, _LINE + 8) for number in range(len(panels))]
        height = max(heights) + 4 * _LINE + 4
    else:
        tops = accumulate((height + _BETWEEN for height in heights), initial=_MARGIN)
        places = [(_MARGIN, top) for top in tops][: len(panels)]
        height = sum(heights) + _BETWEEN * (len(panels) - 1) + 2 * _MARGIN
    placed = list(zip(panels, places, strict=True))
    zooms = "".join(_zoom(one, other, shape) for one, other in pairwise(placed))
    grids = "".join(
        f'<g transform="translate({x:.1f} {y:.1f})">{panel.draw(side)}</g>'
        for panel, (x, y) in placed
    )
    texts = "".join(_texts(panel, place, shape) for panel, place in placed)
    return picture(f"{zooms}{grids}{texts}", height, told, shape.wide)


def _zoom(one: _Placed, other: _Placed, shape: _Shape) -> str:
    """Draw two lines from a cell to the near side of the grid that shows it from within."""
    (panel, (x, y)), (within, (left, top)) = one, other
    assert panel.enlarged is not None
    across, down = panel.corner(panel.enlarged, shape.side)
    size = shape.side / panel.columns
    x, y = x + across, y + down
    if shape.wide:
        ends = [
            (x + size, y, left, top),
            (x + size, y + size, left, top + within.height(shape.side)),
        ]
    else:
        ends = [(x, y + size, left, top), (x + size, y + size, left + shape.side, top)]
    path = "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for a, b, c, d in ends)
    return f'<path d="{path}" style="{_outline(MUTED)}"/>'


def _texts(panel: _Panel, place: tuple[float, float], shape: _Shape) -> str:
    x, y = place
    if shape.wide:
        notes, top = panel.notes, y + panel.height(shape.side) + _LINE
        title = (x, y - 8)
    else:
        x += shape.side + 14
        letters = int((WIDTHS[shape.wide] - x) / (0.54 * SMALL[shape.wide]))
        notes = [line for note in panel.notes for line in textwrap.wrap(note, letters)]
        title, top = (x, y + _LINE), y + 2 * _LINE + 2
    written = [words(panel.title, *title, SMALL[shape.wide] + 1)]
    for number, note in enumerate(notes):
        written.append(words(note, x, top + _LINE * number, SMALL[shape.wide], color=MUTED))
    return "".join(written)
