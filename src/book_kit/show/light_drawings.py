"""Bars, stairs and cells drawn in so few bytes that a figure may have a hundred of them.

Like the drawings of `book_kit.show.shapes` they are SVG in pixels, made twice, for a wide page and
for a narrow one, with the theme's colors.  What all elements of a drawing have in common is said
once, on the group around them.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from book_kit.show.figure_data import number
from book_kit.show.shapes import GRID, MUTED, SMALL, TEXT, WIDTHS, picture

_LETTER = 0.64  # of their size: how wide letters are, with a little to spare
_COLORS = tuple(f"--figure-{place}" for place in range(1, 6))

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Bar:
    """A bar: its label, how long it is, what is written at its end, and the number of its color.

    Without a `value` there is no bar, and `written` says why.
    """

    label: str
    value: float | None
    written: str
    color: int = 0


def bars(rows: Sequence[Bar], *, x: str, top: float, alt: str, longest: str = "") -> str:
    """Draw horizontal bars, a row each.

    Parameters
    ----------
    rows
        The bars, from above.
    x
        What they measure, with its unit; written below.
    top
        The value whose bar has all the room; several drawings to choose from share one.
    alt
        What the drawing shows; every bar is added.
    longest
        The longest text at the end of a bar, of several drawings on one scale.

    Raises
    ------
    ValueError
        If a bar is below zero or above `top`.
    """
    for row in rows:
        if row.value is not None and not 0 <= row.value <= top:
            raise ValueError(f"{row.label}: {row.value} is not from 0 to {top}")
    alt = f"{alt} {'; '.join(f'{row.label}: {row.written}' for row in rows)}."

    def drawn(wide: bool) -> str:
        size = SMALL[wide]
        label = _width(max((row.label for row in rows), key=len), size)
        above = not wide and label > 110  # no room for the label beside its bar
        left = 1.0 if above else label + 8
        behind = max([longest, *(_short(row) for row in rows)], key=len)
        room = WIDTHS[wide] - left - _width(behind, size) - 8
        step, thick, first = (37.0, 13.0, 19.0) if above else (25.0, 16.0, 4.0)
        texts, paths = _Texts(size), dict[int, str]()
        for place, row in enumerate(rows):
            y = first + step * place
            base = y + thick / 2 + size * 0.36
            if above:
                texts.put(row.label, left, y - 4)
            else:
                texts.put(row.label, left - 8, base, end=True)
            length = 0.0
            if row.value is not None:
                length = row.value / top * room if top else 0.0
                paths[row.color] = (
                    f"{paths.get(row.color, '')}M{left:g} {y:g}h{length:.1f}v{thick:g}"
                    f"h-{length:.1f}z"
                )
            texts.put(row.written, left + length + 6, base, quiet=row.value is None)
        foot = first + step * (len(rows) - 1) + thick
        zero = f'<path d="M{left:g} 0V{foot + 4:g}" style="stroke: var({MUTED})"/>'
        texts.put(x, left, foot + 8 + size)
        fills = "".join(
            f'<path d="{path}" style="fill: var({_COLORS[color]})"/>'
            for color, path in sorted(paths.items())
        )
        return picture(f"{fills}{zero}{texts}", foot + 14 + size, alt, wide)

    return drawn(True) + drawn(False)


def _short(row: Bar) -> str:
    """Return what must fit behind the longest bar; a reason has all of its row."""
    return row.written if row.value is not None else ""


@dataclass(frozen=True)
class Stairs:
    """A line that keeps each value until the next point; a `broad` one lies beneath the others."""

    label: str
    points: Points
    color: int = 0
    broad: bool = False


def stairs(
    lines: Sequence[Stairs],
    *,
    x: str,
    y: str,
    right: float,
    top: float,
    alt: str,
    mark: float | None = None,
) -> str:
    """Draw stairs over an axis, each labeled at its end.

    Parameters
    ----------
    lines
        What is drawn, the first one lowest.
    x, y
        What the axes show, with their units.
    right, top
        Where the axes end; both begin at 0.
    alt
        What the drawing shows; the ends of each line are added.
    mark
        A place on the first axis to draw a line through, with a dot where it meets each stair.
    """
    broken = [line.label for line in lines if not line.points]
    if broken or not top > 0 or not right > 0:
        raise ValueError(f"nothing to draw: {', '.join(broken) or f'{right} by {top}'}")
    ends = "; ".join(f"{line.label}: {_from_end_to_end(line.points)}" for line in lines)
    alt = f"{alt} {ends}."

    def drawn(wide: bool) -> str:
        size = SMALL[wide]
        ticks = _ticks(top)
        left = _width(max(map(number, ticks), key=len), size) + 8
        end = WIDTHS[wide] - _width(max((line.label for line in lines), key=len), size) - 20
        head, foot = 12.0 + size, 250.0 if wide else 230.0
        across, up = (end - left) / right, (foot - head) / top

        def at(point: tuple[float, float]) -> tuple[float, float]:
            return left + point[0] * across, foot - point[1] * up

        texts, grid = _Texts(size), ""
        for tick in ticks:
            height = foot - tick * up
            grid += f"M{left:.1f} {height:.1f}H{end:.1f}"
            texts.put(number(tick), left - 6, height + size * 0.36, end=True)
        for tick in _ticks(right, 5 if wide else 3):
            place = left + tick * across
            grid += f"M{place:.1f} {foot:g}v4"
            texts.put(number(tick), place, foot + 6 + size, middle=True)
        texts.put(y, 0, size - 1)
        texts.put(x, (left + end) / 2, foot + 10 + 2 * size, middle=True)
        parts = [f'<path d="{grid}" style="stroke: var({GRID})"/>']
        if mark is not None:
            upright = f"M{left + mark * across:.1f} {head:g}V{foot:g}"
            parts.append(
                f'<path d="{upright}" style="stroke: var({MUTED}); stroke-dasharray: 3 3"/>'
            )
        for line in lines:
            color = _COLORS[line.color]
            look = "6; stroke-opacity: 0.4" if line.broad else "2"
            parts.append(
                f'<path d="{_steps(line.points, right, at)}" '
                f'style="fill: none; stroke: var({color}); stroke-width: {look}"/>'
            )
            if mark is not None:
                dot_x, dot_y = at((mark, value_at(line.points, mark)))
                parts.append(
                    f'<circle cx="{dot_x:.1f}" cy="{dot_y:.1f}" r="4.5" '
                    f'style="fill: var({color})"/>'
                )
        heights = [(at(line.points[-1])[1], line) for line in lines]
        for height, line in _apart(heights, size + 4):
            texts.put(line.label, end + 8, height + size * 0.36, color=_COLORS[line.color])
        return picture(f"{''.join(parts)}{texts}", foot + 16 + 2 * size, alt, wide)

    return drawn(True) + drawn(False)


def _from_end_to_end(points: Points) -> str:
    (start, first), (end, last) = points[0], points[-1]
    return f"from {number(first)} at {number(start)} to {number(last)} at {number(end)}"


def value_at(points: Points, place: float) -> float:
    """Return the value of stairs at a place: that of the last point up to it.

    Raises
    ------
    LookupError
        If they begin later.
    """
    found = [value for at, value in points if at <= place]
    if not found:
        raise LookupError(f"the stairs begin after {place}")
    return found[-1]


def _steps(
    points: Points, right: float, at: Callable[[tuple[float, float]], tuple[float, float]]
) -> str:
    x, y = at(points[0])
    path = f"M{x:.1f} {y:.1f}"
    for _, point in pairwise(points):
        x, y = at(point)
        path += f"H{x:.1f}V{y:.1f}"
    return f"{path}H{at((right, 0))[0]:.1f}"


def _apart(ends: Sequence[tuple[float, Stairs]], least: float) -> list[tuple[float, Stairs]]:
    """Move the labels at the ends of lines down until none covers another."""
    placed: list[tuple[float, Stairs]] = []
    for height, line in sorted(ends, key=lambda end: end[0]):
        lowest = placed[-1][0] + least if placed else -math.inf
        placed.append((max(height, lowest), line))
    over = max(0.0, placed[-1][0] - ends[0][0] - least * len(ends)) if len(placed) > 2 else 0.0
    return [(height - over, line) for height, line in placed]


def cells(shares: Points, *, title: Sequence[str], alt: str) -> str:
    """Draw a row of cells, each filled from below as far as its share goes.

    Parameters
    ----------
    shares
        Places and shares, from 0 to 1.  A cell with a share of 0 stays an outline; any other is
        tinted, however small its share.
    title
        What is written above: in one line, or in one for each part where that is too long.
    alt
        What the drawing shows; the title is added.

    Raises
    ------
    ValueError
        If a share is none.
    """
    found = [share for _, share in shares]
    wrong = [share for share in found if not 0 <= share <= 1]
    if wrong:
        raise ValueError(f"a share goes from 0 to 1, and one is {wrong[0]}")
    alt = f"{alt} {'; '.join(title)}."

    def drawn(wide: bool) -> str:
        size = SMALL[wide]
        across = min(len(found), 60 if wide else 20)
        step, high = (WIDTHS[wide] - 2) / across, 38.0 if wide else 30.0
        width, texts = step * 0.8, _Texts(size)
        written = ["; ".join(title)] if wide else title
        for place, text in enumerate(written, start=1):
            texts.put(text, 0, place * (size + 4) - 4)
        head = len(written) * (size + 4) + 6
        outline = tint = fill = ""
        for place, share in enumerate(found):
            line, column = divmod(place, across)
            x, foot = 1 + column * step, head + line * (high + 8) + high
            whole = f"M{x:.1f} {foot:g}h{width:.1f}v-{high:g}h-{width:.1f}z"
            outline += whole
            if share > 0:
                tint += whole
                part = max(share * high, 1.0)
                fill += f"M{x:.1f} {foot:g}h{width:.1f}v-{part:.1f}h-{width:.1f}z"
        lines = math.ceil(len(found) / across)
        return picture(
            f'<path d="{outline}" style="fill: none; stroke: var({GRID})"/>'
            f'<path d="{tint}" style="fill: var({_COLORS[1]}); fill-opacity: 0.3"/>'
            f'<path d="{fill}" style="fill: var({_COLORS[1]})"/>{texts}',
            head + lines * (high + 8),
            alt,
            wide,
        )

    return drawn(True) + drawn(False)


class _Texts:
    """The words of a drawing, in a group that says once what they have in common."""

    def __init__(self, size: float) -> None:
        self.size, self.written = size, ""

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        end: bool = False,
        middle: bool = False,
        quiet: bool = False,
        color: str = "",
    ) -> None:
        """Write words with their base line at a point, which is where they begin, or else end."""
        anchor = ' text-anchor="end"' if end else ' text-anchor="middle"' if middle else ""
        color = color or (MUTED if quiet else "")
        style = f' style="fill: var({color})"' if color else ""
        self.written += f'<text x="{x:.1f}" y="{y:.1f}"{anchor}{style}>{html.escape(text)}</text>'

    def __str__(self) -> str:
        return f'<g style="fill: var({TEXT}); font-size: {self.size}px">{self.written}</g>'


def _width(text: str, size: float) -> float:
    return len(text) * size * _LETTER


def _ticks(top: float, about: int = 5) -> list[float]:
    """Return round places from 0 to an end, about so many."""
    rough = top / about
    scale = 10 ** math.floor(math.log10(rough))
    step = next(scale * nice for nice in (1, 2, 2.5, 5, 10) if scale * nice >= rough * 0.999)
    return [step * place for place in range(int(top / step + 1e-9) + 1)]
