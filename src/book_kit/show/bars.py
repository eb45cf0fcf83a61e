"""Horizontal bars, each with its figure beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show import figure_data
from book_kit.show.colors import GRID, MUTED, SERIES, TEXT, need_colors
from book_kit.show.labels import ACROSS, balanced, mark_axis, with_note, wrap
from book_kit.show.markup import Markup
from book_kit.show.svg import render
from measured import units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIGNS = ("fraction", "times")  # units that are a sign beside the number


def bars(
    rows: Sequence[tuple[str, Measurement | Figure] | tuple[str, Measurement | Figure, int]],
    *,
    x: str,
    alt: str,
    caption: str,
    groups: Sequence[str] = (),
) -> Markup:
    """Draw horizontal bars, one a row, each with its figure beside it.

    A share is drawn as a part of an outline, the whole, and its axis ends at 100 %.

    Parameters
    ----------
    rows
        Label and figure, and the number of its group where there are any.  All in one unit.
    x
        What the bars measure; a unit that is no share and no multiple is added.
    alt
        What the picture shows, for someone who cannot see it; the figures are added.
    caption
        The sentence below it.
    groups
        What each group is; a color each.

    Raises
    ------
    ValueError
        If there are no rows, they are in more than one unit, or there are more groups than colors.
    """
    unit = figure_data.one_unit({label: figure.unit for label, figure, *_ in rows})
    need_colors(max([len(groups), *(1 + group[0] for _, _, *group in rows if group)]), "groups")

    figures = [figure for _, figure, *_ in rows]
    low, high = _ends(figures)
    if unit == "fraction":
        high = max(high, 1.0)
    middles, whiskers = zip(*map(_whiskers, figures), strict=True)
    spreads = [
        (place, *ends)
        for place, ends in enumerate(whiskers)
        if ends and ends[1] - ends[0] > 0.02 * (high - low)
    ]
    labels = {
        wide: [wrap(label, 30 if wide else 18) for label, *_ in rows] for wide in (True, False)
    }

    def draw(axes: Axes, wide: bool) -> None:
        from matplotlib.transforms import blended_transform_factory

        colors = [SERIES[group[0] if group else 0] for _, _, *group in rows]
        if unit == "fraction":
            axes.barh(range(len(rows)), 1, height=0.62, color="none", edgecolor=GRID)
        axes.barh(range(len(rows)), middles, height=0.62, color=colors)
        if spreads:
            axes.hlines(*zip(*spreads, strict=True), color=TEXT, linewidth=1.2)
        reached = {place: end for place, _, end in spreads}
        for position, figure in enumerate(figures):
            axes.annotate(
                str(figure) if wide or unit in _SIGNS else units.digits(middles[position], unit),
                (max(middles[position], reached.get(position, 0), 0), position),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=TEXT,
            )
        axes.set_yticks(range(len(rows)), labels[wide])
        axes.invert_yaxis()
        room = (high - low) * (0.14 if wide else 0.28)
        axes.set_xlim(low, high + room)
        axes.axvline(0, color=MUTED, linewidth=0.8)
        name = x if unit == "fraction" else figure_data.with_unit(x, unit)
        axes.set_xlabel(balanced(name, ACROSS[wide]))
        mark_axis(axes, "x", unit, wide)
        axes.grid(axis="x", color=GRID, linewidth=0.8)
        axes.tick_params(axis="y", length=0)
        for position, group_name in enumerate(groups):
            axes.plot([], [], color=SERIES[position], linewidth=7, label=group_name)
        if groups:
            # On a narrow picture it begins at the edge: beside the labels is no room for it.
            across = axes.transAxes if wide else axes.figure.transFigure
            axes.legend(
                loc="lower left",
                bbox_to_anchor=(0, 1.0),
                bbox_transform=blended_transform_factory(across, axes.transAxes),
                ncols=len(groups) if wide else 1,
                frameon=False,
                handlelength=1,
                borderaxespad=0.2,
            )

    told = "; ".join(f"{label}: {figure}" for label, figure, *_ in rows)
    height = 0.75 + 0.37 * len(rows) + (0.25 if groups else 0)
    narrow = 0.8 + 0.22 * len(groups)
    narrow += len(rows) * max(
        0.44, *(0.1 + 0.17 * (1 + text.count("\n")) for text in labels[False])
    )
    return render(
        draw,
        alt=f"{alt} {told}.",
        caption=with_note(
            caption, "Thin lines: from the lowest run to the highest." if spreads else ""
        ),
        heights=(height, narrow),
        data=figure_data.of_bars(rows, groups, x),
    )


def _ends(figures: Sequence[Measurement | Figure]) -> tuple[float, float]:
    values = [0.0]
    for figure in figures:
        middle, whiskers = _whiskers(figure)
        values += [middle, *whiskers]
    return min(values), max(max(values), min(values) + 1e-9)


def _whiskers(figure: Measurement | Figure) -> tuple[float, list[float]]:
    if isinstance(figure, Figure):
        return figure.value, []
    return figure.median, [figure.low, figure.high] if figure.n > 1 else []
