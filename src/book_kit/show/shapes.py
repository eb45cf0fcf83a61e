"""What drawings without axes are made of: words and boxes, in pixels, in the theme's colors."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from book_kit.show.markup import attribute

TEXT, MUTED, GRID = "--figure-text", "--figure-muted", "--figure-grid"

CODE = 13  # letters of code, in pixels at the width for which a picture is made
SMALL = {True: 12, False: 13}  # other letters, wide and narrow: 11 pixels on the smallest phone
CODE_ADVANCE, SMALL_ADVANCE = 0.61, 0.56  # of their size, with a little to spare
WIDTHS = {True: 720.0, False: 312.0}  # of a wide picture and of a narrow one


@dataclass(frozen=True)
class Look:
    """How a box is filled and outlined.

    Attributes
    ----------
    color
        The CSS variable of its color.
    opacity
        How much of it fills the box.
    dashed
        Whether its outline is dashed.
    """

    color: str
    opacity: float
    dashed: bool = False


def words(
    text: str,
    x: float,
    y: float,
    size: float = CODE,
    *,
    anchor: str = "start",
    color: str = TEXT,
    code: bool = False,
) -> str:
    """Write words with their base line at a point."""
    font = "var(--font-stack--monospace, monospace)" if code else "inherit"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="fill: var({color}); '
        f'stroke: none; font-family: {font}; font-size: {size}px">{html.escape(text)}</text>'
    )


def box(x: float, y: float, width: float, height: float, look: Look) -> str:
    """Draw a box with its upper left corner at a point."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'style="{_style(look)}"/>'
    )


def _style(look: Look) -> str:
    dashes = "; stroke-dasharray: 3 3" if look.dashed else ""
    return (
        f"fill: var({look.color}); fill-opacity: {look.opacity}; "
        f"stroke: var({look.color}); stroke-width: 1{dashes}"
    )


def grid(
    cells: Sequence[tuple[str, Look]], x: float, y: float, size: tuple[float, float], across: int
) -> str:
    """Draw cells of one size, so many in a line: all of one look at once, which weighs little.

    Parameters
    ----------
    cells
        What is written in the middle of each, and its look.
    x, y
        The upper left corner of the first.
    size
        Width and height of a cell.
    across
        How many stand in a line.
    """
    width, height = size
    paths: dict[Look, list[str]] = {}
    texts: list[str] = []
    for number, (text, look) in enumerate(cells):
        left, top = x + number % across * width, y + number // across * height
        outline = f"M{left:g} {top:g}h{width:g}v{height:g}h-{width:g}z"
        paths.setdefault(look, []).append(outline)
        if text:
            middle, line = left + width / 2, top + height / 2 + 4.5
            texts.append(f'<tspan x="{middle:g}" y="{line:g}">{html.escape(text)}</tspan>')
    drawn = "".join(
        f'<path d="{"".join(outlines)}" style="{_style(look)}"/>'
        for look, outlines in paths.items()
    )
    return (
        f'{drawn}<text text-anchor="middle" style="fill: var({TEXT}); stroke: none; '
        f'font-size: {SMALL[False]}px">{"".join(texts)}</text>'
    )


def arrow(x: float, y: float, to_x: float, to_y: float, color: str) -> str:
    """Draw an arrow downward, bent where the two points are not one above the other."""
    neck, middle = to_y - 7, (y + to_y - 7) / 2
    return (
        f'<path d="M {x:.1f} {y:.1f} C {x:.1f} {middle:.1f}, {to_x:.1f} {middle:.1f}, '
        f'{to_x:.1f} {neck:.1f}" style="fill: none; stroke: var({color}); stroke-width: 1.5"/>'
        f'<path d="M {to_x - 4:.1f} {neck:.1f} L {to_x:.1f} {to_y:.1f} '
        f'L {to_x + 4:.1f} {neck:.1f} Z" style="fill: var({color})"/>'
    )


def legend(entries: dict[str, Look], y: float, wide: bool) -> tuple[str, float]:
    """Return a legend that begins at a height, and its own height."""
    size = SMALL[wide]
    x, top, parts = 1.0, y, []
    for text, look in entries.items():
        width = 18 + len(text) * size * SMALL_ADVANCE + 12
        if x > 1 and x + width > WIDTHS[wide]:
            x, top = 1.0, top + 19
        parts.append(box(x, top + 2, 12, 12, look))
        parts.append(words(text, x + 17, top + 12.5, size))
        x += width
    return "".join(parts), top + 20 - y


def fits(text: str, room: float, wide: bool) -> bool:
    """Whether words go into so many pixels."""
    return len(text) * SMALL[wide] * SMALL_ADVANCE <= room


def picture(
    body: str, height: float, alt: str, wide: bool, *, width: float = 0.0, role: str = "img"
) -> str:
    """Return a drawing as an element of a page.

    Parameters
    ----------
    body
        What is drawn, as SVG.
    height, width
        Of the drawing, which is never less wide than the page that it is made for.
    alt
        What it shows, for someone who cannot see it.
    wide
        Whether it is the one for a wide page.
    role
        `group` if there are links in it: what is in an image leads nowhere.
    """
    name, width = "wide" if wide else "narrow", max(width, WIDTHS[wide])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" role="{role}" '
        f'aria-label="{attribute(alt)}" viewBox="0 0 {width:.1f} {height:.1f}">{body}</svg>'
    )
