"""The floors between an object and a page of memory, and how much is seen from each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from book_kit.evidence.quantity import Measurement
from book_kit.show.colors import MUTED, SERIES, TEXT
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup
from book_kit.show.svg import render
from measured import units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floor = tuple[str, str, Sequence[Measurement | None]]

_NONE = "not here"  # where this machine has no such instrument
# A floor is 1 high, a column 1 wide; the names of the floors stand left of their cells on a wide
# page, and above them on a narrow one.
_NAMES, _HEAD = 1.45, 0.85
_ALL, _BEYOND = 0.38, 0.05  # how wide a whole cell is, and what is left for a share above 100 %


def floors(
    columns: Sequence[str], rows: Sequence[Floor], *, whole: float, alt: str, caption: str
) -> Markup:
    """Draw floors from the top down, with a cell a column that is filled as far as one sees there.

    Parameters
    ----------
    columns
        What was taken, in a few words each, on one line or more.
    rows
        For each floor its name, the instruments that look there, and the share that each column
        has of it, None where nothing could be measured.
    whole
        How many MiB were taken each time: the outline of a cell.
    alt, caption
        As for `book_kit.show.bars.bars`; what is seen is added to `alt`, in MiB.

    Raises
    ------
    ValueError
        If a floor has more or fewer cells than there are columns, or a figure is no share.
    """
    for name, _, cells in rows:
        if len(cells) != len(columns):
            raise ValueError(f"{name}: {len(cells)} cells under {len(columns)} columns")
        for seen in cells:
            if seen is not None and seen.unit != "fraction":
                raise ValueError(f"{name}: a floor shows shares, and {seen.name} is in {seen.unit}")

    def written(seen: Measurement | None) -> str:
        return _NONE if seen is None else units.digits(seen.median * whole, "MiB")

    def draw(axes: Axes, wide: bool) -> None:
        left = -_NAMES if wide else 0.0
        name_at, who_at, cell_at = (0.3, 0.66, 0.5) if wide else (0.17, 0.41, 0.74)
        for column, head in enumerate(columns):
            axes.text(column, 0.1, head, va="bottom", color=TEXT, linespacing=1.15)
        for number, (name, instruments, cells) in enumerate(rows):
            axes.plot([left, len(columns)], [-number, -number], color=MUTED, linewidth=0.8)
            axes.text(left, -number - name_at, name, va="center", color=TEXT, weight="bold")
            axes.text(left, -number - who_at, instruments, va="center", color=TEXT)
            for column, seen in enumerate(cells):
                _cell(axes, column, -number - cell_at, seen, 0.44 if wide else 0.32, written(seen))
        axes.set_xlim(left - 0.01, len(columns))
        axes.set_ylim(-len(rows), _HEAD if wide else 0.6)
        axes.set_axis_off()

    heads = [column.replace("\n", " ") for column in columns]
    told = ". ".join(
        f"{head}: {', '.join(f'{name} {written(cells[place])}' for name, _, cells in rows)}"
        for place, head in enumerate(heads)
    )
    return render(
        draw,
        alt=f"{alt} MiB seen. {told}.",
        caption=caption,
        heights=(0.62 * (len(rows) + _HEAD), 0.92 * (len(rows) + 0.6)),
        data=Data(
            ["floor", "instruments", *(f"#{head}, MiB" for head in heads)],
            [[name, who, *map(written, cells)] for name, who, cells in rows],
        ),
    )


def _cell(
    axes: Axes, column: int, middle: float, seen: Measurement | None, height: float, text: str
) -> None:
    """Draw the outline of all that was taken, fill what is seen of it, and write how much."""
    low = middle - height / 2
    end, color = _ALL, MUTED
    if seen is not None:
        width = min(max(seen.median, 0.0) * _ALL, _ALL + _BEYOND)
        axes.bar(column, height, width, low, align="edge", color=SERIES[0])
        end, color = max(width, _ALL), TEXT
    axes.bar(column, height, _ALL, low, align="edge", facecolor="none", edgecolor=MUTED)
    axes.text(column + end + 0.04, middle, text, va="center", color=color)
