"""How many objects wait for the collector while a program makes more; a browser adds its own line.

The lines lie in the elements of class `plot`, whose coordinates are the numbers themselves: objects
made, and objects alive.  `waiting.js` puts another one beside the build's.
"""

from __future__ import annotations

from collections.abc import Sequence

from book_kit.show import figure_data
from book_kit.show.markup import Markup
from book_kit.show.shapes import GRID, SMALL, WIDTHS, picture, words
from book_kit.show.svg import framed

Points = Sequence[tuple[float, float]]

_X, _Y = "objects made", "alive, waiting"
_BUILD = "in this book's build"
#: The highest place of the second axis: a browser's line needs the room, the build's does not.
TOP = 50_000
_EVERY = 10_000
_PLOT_HEIGHT, _LEFT, _ABOVE, _BELOW, _RIGHT = 220.0, 56.0, 30.0, 46.0, 16.0


def waiting(points: Points, *, alt: str, caption: str) -> Markup:
    """Draw how many objects wait, on axes with room for a line that is much higher.

    Parameters
    ----------
    points
        Objects made, and the most that were alive since the point before.
    alt, caption
        As for `book_kit.show.lines.lines`.

    Raises
    ------
    ValueError
        If there are no two points, or one is too high for the axis.
    """
    if len(points) < 2:
        raise ValueError("a line needs two points")
    most = max(alive for _, alive in points)
    if most > TOP:
        raise ValueError(f"{most:,.0f} objects wait, and the axis ends at {TOP:,}")
    told = f"{alt} At most {figure_data.number(most)} of {figure_data.number(points[-1][0])} wait."
    pictures = "".join(_picture(points, told, wide) for wide in (True, False))
    data = figure_data.of_lines(
        {_BUILD: points},
        x=_X,
        y=_Y,
        steps=False,
        at=figure_data.number,
        write=figure_data.number,
    )
    return framed(pictures, alt=told, caption=caption, data=data)


def _picture(points: Points, alt: str, wide: bool) -> str:
    last = points[-1][0]
    width = WIDTHS[wide] - _LEFT - _RIGHT
    bottom = _ABOVE + _PLOT_HEIGHT
    size = SMALL[wide]
    parts = [words(_Y, 0, 14, size)]
    for alive in range(0, TOP + 1, _EVERY):
        y = bottom - _PLOT_HEIGHT * alive / TOP
        parts.append(
            f'<path d="M{_LEFT:g} {y:g}h{width:g}" style="stroke: var({GRID}); stroke-width: 1"/>'
        )
        parts.append(words(f"{alive:,}", _LEFT - 6, y + 4, size, anchor="end"))
    for made in (0, last / 2, last):
        anchor = "end" if made == last else "middle"
        place = _LEFT + width * made / last
        parts.append(words(f"{made:,.0f}", place, bottom + 18, size, anchor=anchor))
    parts.append(words(_X, _LEFT + width, bottom + 38, size, anchor="end"))
    line = " ".join(f"{made:g},{alive:g}" for made, alive in points)
    parts.append(
        f'<g class="plot" transform="translate({_LEFT:g} {bottom:g}) '
        f'scale({width / last:.6f} {-_PLOT_HEIGHT / TOP:.6f})"><polyline points="{line}" '
        f'style="fill: none; stroke: var(--figure-1); stroke-width: 2; '
        f'vector-effect: non-scaling-stroke"/></g>'
    )
    # The script puts a label for its own line below this one, which comes right after the lines.
    end = _LEFT + width
    parts.append(words(_BUILD, end, _ABOVE + 18, size, anchor="end", color="--figure-1"))
    return picture("".join(parts), bottom + _BELOW, alt, wide)
