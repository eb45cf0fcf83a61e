"""Lines over an axis, each labeled at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from book_kit.show import figure_data
from book_kit.show.colors import GRID, SERIES, TEXT, need_colors
from book_kit.show.figure_data import Points
from book_kit.show.labels import (
    ACROSS,
    UPRIGHT,
    balanced,
    label_ends,
    mark_axis,
    tell_why,
    with_note,
    wrap,
)
from book_kit.show.line_overlaps import pieces
from book_kit.show.markup import Markup
from book_kit.show.svg import render
from measured import units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OVER = "Dashed: where a line runs on top of another."
#: How lines are drawn where they run along none, one, two … of those before them.
_DASHES: tuple[Any, ...] = ("solid", (0, (5, 5)), (0, (2, 5)), (0, (1, 7)))


def lines(
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    x: str,
    y: str,
    alt: str,
    caption: str,
    steps: bool = False,
    marks: Mapping[str, tuple[float, float]] | None = None,
    logarithmic: bool = False,
    shares: bool = False,
    ticks: Sequence[str] = (),
    why: Mapping[str, str] | None = None,
) -> Markup:
    """Draw lines, each labeled at its end.

    Where one runs along others that come before it, it is dashed on top of them.

    Parameters
    ----------
    series
        For each label its points.
    x, y
        What the axes show, with units.
    alt, caption
        As for `bars`; the ends of each line are added to `alt`.
    steps
        Whether a value holds until the next point.
    marks
        Points to single out, each with its label.
    logarithmic
        Whether both axes are logarithmic.
    shares
        Whether the values are shares, from 0 to 1, whose axis ends at 100 %.
    ticks
        Names for the places 0, 1, 2 … on the first axis, where it counts no quantity.
    why
        For some of these names what happened there, in a word or two.

    Raises
    ------
    ValueError
        If there are more lines than colors.
    """
    need_colors(len(series), "lines")
    cut = pieces(series, steps, logarithmic)

    def draw(axes: Axes, wide: bool) -> None:
        for color, own in zip(SERIES, cut, strict=False):
            for beneath, points in own:
                axes.plot(
                    *zip(*points, strict=True),
                    color=color,
                    linewidth=2,
                    drawstyle="steps-post" if steps else None,
                    linestyle=_DASHES[min(beneath, len(_DASHES) - 1)],
                )
        for label, point in (marks or {}).items():
            color = _color_at(point, series)
            axes.plot(*point, "o", color=color, markersize=6)
            axes.annotate(
                wrap(label, 22),
                point,
                xytext=(0, 9),
                textcoords="offset points",
                ha="center",
                va="bottom",
                color=color,
            )
        if logarithmic:
            axes.set_xscale("log")
            axes.set_yscale("log")
            axes.minorticks_off()  # dozens of little lines, which take longer than all the rest
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_formatter(lambda value, _place: figure_data.number(value))
        else:
            bottom, top = axes.get_ylim()
            axes.set_ylim(min(0, bottom), top * (1.18 if marks else 1.05))
            mark_axis(axes, "x", "", wide)
            mark_axis(axes, "y", "fraction" if shares else "", wide)
        axes.set_xlabel(balanced(x, ACROSS[wide]))
        axes.set_ylabel(balanced(y, UPRIGHT))
        axes.grid(color=GRID, linewidth=0.8)
        if ticks:
            shown = range(0, len(ticks), 1 if wide else 2 if len(ticks) <= 8 else 3)
            axes.set_xticks(shown, [ticks[place] for place in shown])
        if why:
            tell_why(axes, {ticks.index(name): event for name, event in why.items()})
        if len(series) > 1:
            axes.margins(x=0.02)
            label_ends(axes, {label: points[-1] for label, points in series.items()}, wide)

    def at(place: float) -> str:
        return ticks[int(place)] if ticks else figure_data.number(place)

    def write(value: float) -> str:
        return units.write(value, "fraction") if shares else figure_data.number(value)

    ends = "; ".join(
        f"{label}: from {write(points[0][1])} at {at(points[0][0])} "
        f"to {write(points[-1][1])} at {at(points[-1][0])}"
        for label, points in series.items()
    )
    told = "".join(f" {label}: {write(point[1])}." for label, point in (marks or {}).items())
    told += "".join(f" At {name}: {event}." for name, event in (why or {}).items())
    return render(
        draw,
        alt=f"{alt} {x} against {y}. {ends}.{told}",
        caption=with_note(caption, _OVER if any(len(own) > 1 or own[0][0] for own in cut) else ""),
        heights=(4.0, 3.9) if why else (3.5, 3.4),
        data=figure_data.of_lines(
            series,
            x=x,
            y=y,
            steps=steps,
            at=at,
            write=write,
            kept=[place for place, _ in (marks or {}).values()],
        ),
    )


def _color_at(point: tuple[float, float], series: Mapping[str, Points]) -> str:
    """Return the color of the line that a point is on."""
    for color, points in zip(SERIES, series.values(), strict=False):
        if point in map(tuple, points):
            return color
    return TEXT
