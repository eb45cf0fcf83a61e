"""Strips of cells, each filled from below as far as its share goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from book_kit.show import figure_data
from book_kit.show.colors import GRID, SERIES, TEXT, need_colors
from book_kit.show.markup import Markup
from book_kit.show.svg import render

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def strips(rows: Mapping[str, Sequence[tuple[float, float]]], *, alt: str, caption: str) -> Markup:
    """Draw a strip of cells a row, each filled from below as far as its share goes.

    Parameters
    ----------
    rows
        For each label its cells: place and share, from 0 to 1.  A cell with a share of 0 stays an
        empty outline; any other is tinted, however small its share.
    alt, caption
        As for `bars`; how many cells of each row are filled at all is added to `alt`.

    Raises
    ------
    ValueError
        If there are more rows than colors, or a share is none.
    """
    need_colors(len(rows), "strips")
    for label, cells in rows.items():
        wrong = [share for _, share in cells if not 0 <= share <= 1]
        if wrong:
            raise ValueError(f"{label}: a share goes from 0 to 1, and one is {wrong[0]}")
    counts = {
        label: f"{sum(share > 0 for _, share in cells)} of {len(cells)}"
        for label, cells in rows.items()
    }

    def draw(axes: Axes, _wide: bool) -> None:
        from matplotlib.collections import PolyCollection

        for number, (label, cells) in enumerate(rows.items()):
            bottom, color = -1.9 * number, SERIES[number]
            held = [(at, share) for at, share in cells if share > 0]
            # One collection a look: hundreds of single rectangles would take half a second.
            for which, look in (
                ([(at, 1.0) for at, _ in cells], {"facecolors": "none", "edgecolors": GRID}),
                ([(at, 1.0) for at, _ in held], {"facecolors": color, "alpha": 0.3}),
                (held, {"facecolors": color}),
            ):
                corners = [_rectangle(at, bottom, height) for at, height in which]
                axes.add_collection(PolyCollection(corners, **look))
            axes.text(-0.5, bottom + 1.12, f"{label}: {counts[label]}", color=TEXT, va="bottom")
        axes.set_xlim(-0.6, max(map(len, rows.values())) - 0.4)
        axes.set_ylim(-1.9 * (len(rows) - 1) - 0.05, 1.75)
        axes.set_axis_off()

    told = "; ".join(f"{label}: {count} cells" for label, count in counts.items())
    height = 0.2 + 0.75 * len(rows)
    return render(
        draw,
        alt=f"{alt} {told}.",
        caption=caption,
        heights=(height, height),
        data=figure_data.of_strips(rows),
    )


def _rectangle(at: float, bottom: float, height: float) -> list[tuple[float, float]]:
    left, right, top = at - 0.4, at + 0.4, bottom + height
    return [(left, bottom), (right, bottom), (right, top), (left, top)]
