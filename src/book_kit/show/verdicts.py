"""How many sentences of the classic tutorial hold: a square for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from book_kit.show.colors import SERIES, TEXT
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup
from book_kit.show.svg import render

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def squares(counts: Mapping[str, int], *, alt: str, caption: str) -> Markup:
    """Draw a row of squares for each kind, with how many they are at its end.

    Parameters
    ----------
    counts
        For each kind how many there are; at most five kinds.
    alt
        What the picture shows, for someone who cannot see it; the counts are added.
    caption
        The sentence below it.
    """

    def draw(axes: Axes, _wide: bool) -> None:
        for row, (number, color) in enumerate(zip(counts.values(), SERIES, strict=False)):
            axes.barh([row] * number, 0.88, 0.7, left=range(number), color=color)
            axes.annotate(
                str(number),
                (number, row),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                color=TEXT,
            )
        axes.set_yticks(range(len(counts)), list(counts))
        axes.set_xticks([])
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        axes.set_xlim(0, max(counts.values()) + 1)
        axes.spines[["left", "bottom"]].set_visible(False)

    told = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    height = 0.2 + 0.38 * len(counts)
    return render(
        draw,
        alt=f"{alt} {told}.",
        caption=caption,
        heights=(height, height),
        data=Data(["verdict", "#sentences"], [[kind, str(n)] for kind, n in counts.items()]),
    )
