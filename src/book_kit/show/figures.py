"""Figures in the book's one look: drawn once, at home in the light and in the dark theme.

Each is inline SVG whose colors are CSS variables, so that it follows the page's theme.  It is
drawn twice, for a wide page and for a narrow one; the style sheet shows the one that fits.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show import figure_data
from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup, attribute, inline
from measured import units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Colors while matplotlib draws, and the CSS variables that stand for them on the page.
TEXT, MUTED, GRID = "#010101", "#020202", "#030303"
SERIES = ("#0a0001", "#0a0002", "#0a0003", "#0a0004", "#0a0005")
_VARIABLES = {TEXT: "--figure-text", MUTED: "--figure-muted", GRID: "--figure-grid"} | {
    color: f"--figure-{number}" for number, color in enumerate(SERIES, start=1)
}

Points = Sequence[tuple[float, float]]

_WIDE, _NARROW = 7.6, 4.0  # inches
_LETTERS = {True: 10.5, False: 11.0}  # points, wide and narrow: 11 pixels on the smallest phone
_ACROSS = {True: 60, False: 28}  # letters that fit below an axis
_UPRIGHT = 32  # and beside one
_SIGNS = ("fraction", "times")  # units that are a sign beside the number
_OVER = "Dashed: where a line runs on top of another."
#: How lines are drawn where they run along none, one, two … of those before them.
_DASHES: tuple[Any, ...] = ("solid", (0, (5, 5)), (0, (2, 5)), (0, (1, 7)))
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DUBLIN_CORE = ("Date", "Creator", "Format", "Type")


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
    unit = one_unit({label: figure.unit for label, figure, *_ in rows})
    _need_colors(max([len(groups), *(1 + group[0] for _, _, *group in rows if group)]), "groups")

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
        wide: [_wrap(label, 30 if wide else 18) for label, *_ in rows] for wide in (True, False)
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
        axes.set_xlabel(_balanced(name, _ACROSS[wide]))
        _mark(axes, "x", unit, wide)
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
        caption=_with(
            caption, "Thin lines: from the lowest run to the highest." if spreads else ""
        ),
        heights=(height, narrow),
        data=figure_data.of_bars(rows, groups, x),
    )


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
    _need_colors(len(series), "lines")
    pieces = _pieces(series, steps, logarithmic)

    def draw(axes: Axes, wide: bool) -> None:
        for color, own in zip(SERIES, pieces, strict=False):
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
                _wrap(label, 22),
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
            _mark(axes, "x", "", wide)
            _mark(axes, "y", "fraction" if shares else "", wide)
        axes.set_xlabel(_balanced(x, _ACROSS[wide]))
        axes.set_ylabel(_balanced(y, _UPRIGHT))
        axes.grid(color=GRID, linewidth=0.8)
        if ticks:
            shown = range(0, len(ticks), 1 if wide else 2 if len(ticks) <= 8 else 3)
            axes.set_xticks(shown, [ticks[place] for place in shown])
        if why:
            _tell_why(axes, {ticks.index(name): event for name, event in why.items()})
        if len(series) > 1:
            axes.margins(x=0.02)
            _label_ends(axes, {label: points[-1] for label, points in series.items()}, wide)

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
        caption=_with(caption, _OVER if any(len(own) > 1 or own[0][0] for own in pieces) else ""),
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


def _pieces(
    series: Mapping[str, Points], steps: bool, logarithmic: bool
) -> list[list[tuple[int, Points]]]:
    """Cut each line where it begins and ends to run along lines that are drawn before it.

    Returns
    -------
    list of list of tuple
        For each line its pieces: how many lines lie beneath, and its points.
    """
    lines = list(series.values())
    if logarithmic:
        return [[(0, line)] for line in lines]
    values = [value for points in lines for _, value in points]
    near = 0.006 * (max(values) - min(values))
    places = sorted({place for points in lines for place, _ in points})
    beneath: list[list[int]] = []  # for each line, between each place and the next
    found = []
    for number, line in enumerate(lines):
        own = [0] * (len(places) - 1)
        for other in range(number):
            for where in _together(line, lines[other], places, steps, near):
                own[where] = max(own[where], 1 + beneath[other][where])
        beneath.append(own)
        found.append(_cut(line, own, places, steps) if any(own) else [(0, line)])
    return found


def _together(
    line: Points, other: Points, places: Sequence[float], steps: bool, near: float
) -> list[int]:
    """Return after which places one line hides another until the next, on a stretch to be seen."""

    def meet(place: float) -> bool:
        one, two = _height(line, place, steps), _height(other, place, steps)
        return one is not None and two is not None and abs(one - two) <= near

    stretches: list[list[int]] = [[]]
    for where, (place, following) in enumerate(pairwise(places)):
        if meet(place) and (steps or meet(following)):
            stretches[-1].append(where)
        elif stretches[-1]:
            stretches.append([])
    shortest = 0.03 * (places[-1] - places[0])
    return [
        where
        for stretch in stretches
        if stretch and places[stretch[-1] + 1] - places[stretch[0]] > shortest
        for where in stretch
    ]


def _cut(
    line: Points, beneath: Sequence[int], places: Sequence[float], steps: bool
) -> list[tuple[int, Points]]:
    pieces: list[tuple[int, list[tuple[float, float]]]] = []
    for where, (place, following) in enumerate(pairwise(places)):
        here, there = _height(line, place, steps), _height(line, following, steps)
        if here is None or there is None:
            continue
        if not pieces or pieces[-1][0] != beneath[where]:
            pieces.append((beneath[where], [(place, here)]))
        pieces[-1][1].append((following, there))
    return [*pieces]


def _height(points: Points, place: float, steps: bool) -> float | None:
    """Return how high a line is at a place; None where it has not begun or is over."""
    after = bisect_right(points, place, key=lambda point: point[0])
    if after in (0, len(points)):
        return points[-1][1] if after and points[-1][0] == place else None
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 if steps else y0 + (y1 - y0) * (place - x0) / (x1 - x0)


def _color_at(point: tuple[float, float], series: Mapping[str, Points]) -> str:
    """Return the color of the line that a point is on."""
    for color, points in zip(SERIES, series.values(), strict=False):
        if point in map(tuple, points):
            return color
    return TEXT


def _mark(axes: Axes, which: str, unit: str, wide: bool) -> None:
    """Write the numbers at an axis as the book writes them; an axis of shares ends at the whole."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    if unit == "fraction":
        places = [0, 0.2, 0.4, 0.6, 0.8, 1] if wide or which == "y" else [0, 0.5, 1]
        axis.set_ticks(places, [f"{100 * place:.0f}\N{NO-BREAK SPACE}%" for place in places])
        axes.spines["bottom" if which == "x" else "left"].set_bounds(0, 1)
        if which == "y":
            axes.set_ylim(0, 1.02)
        return
    sign = "\N{MULTIPLICATION SIGN}" if unit == "times" else ""
    axis.set_major_formatter(lambda value, _place: f"{figure_data.number(round(value, 9))}{sign}")


def _tell_why(axes: Axes, events: Mapping[float, str]) -> None:
    """Draw a line upright through each place, up to what happened there.

    The words begin at their line, in the lowest row where no line of a later one crosses them.
    """
    rows: list[tuple[float, int]] = []  # of the later events: where, in points, and how high
    for place, event in sorted(events.items(), reverse=True):
        at = float(axes.transData.transform((place, 0))[0]) * 72 / axes.figure.dpi
        end = at + 6.2 * len(event) + 6
        row = max((1 + higher for there, higher in rows if there < end), default=0)
        rows.append((at, row))
        axes.axvline(place, color=MUTED, linewidth=1, linestyle=(0, (2, 3)))
        axes.annotate(
            event,
            (place, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 3 + 13 * row),
            textcoords="offset points",
            va="bottom",
            color=TEXT,
        )
        axes.annotate(
            "",
            (place, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 13 + 13 * row),
            textcoords="offset points",
            arrowprops={
                "arrowstyle": "-",
                "color": MUTED,
                "linewidth": 1,
                "linestyle": (0, (2, 3)),
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )


def _label_ends(axes: Axes, ends: Mapping[str, tuple[float, float]], wide: bool) -> None:
    """Write the label of each line at its end, in its color.

    Where the ends are close together, labels stand apart, and a thin line leads to each.
    """
    colors = dict(zip(ends, SERIES, strict=False))
    lowest_first = sorted(ends.items(), key=lambda item: item[1][1])
    texts = [_wrap(label, 18 if wide else 12) for label, _ in lowest_first]
    wanted = [
        float(axes.transData.transform(end)[1]) * 72 / axes.figure.dpi for _, end in lowest_first
    ]
    found = _apart(wanted, [13.5 * (1 + text.count("\n")) for text in texts])
    moved = any(abs(place - end) > 2 for place, end in zip(found, wanted, strict=True))
    for (label, end), text, place, before in zip(lowest_first, texts, found, wanted, strict=True):
        axes.annotate(
            text,
            end,
            xytext=(20 if moved else 6, place - before),
            textcoords="offset points",
            va="center",
            color=colors[label],
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": colors[label],
                "linewidth": 1,
                "shrinkA": 1,
                "shrinkB": 1,
                "relpos": (0, 0.5),
            }
            if moved
            else None,
        )


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return where the middles of labels may stand, from below, each as near as can be to its own.

    Labels that would overlap form a stack, and the stack stands where its labels would on average.
    """
    stacks: list[tuple[list[float], list[float]]] = []
    for middle, height in zip(wanted, heights, strict=True):
        stack = ([middle], [height])
        while stacks and _bottom(stack) < _bottom(stacks[-1]) + sum(stacks[-1][1]):
            below = stacks.pop()
            stack = (below[0] + stack[0], below[1] + stack[1])
        stacks.append(stack)
    found = []
    for stack in stacks:
        place = _bottom(stack)
        for height in stack[1]:
            found.append(place + height / 2)
            place += height
    return found


def _bottom(stack: tuple[list[float], list[float]]) -> float:
    """Return where a stack of labels begins, so that they are near to their ends on average."""
    offset, bottoms = 0.0, []
    for middle, height in zip(*stack, strict=True):
        bottoms.append(middle - height / 2 - offset)
        offset += height
    return sum(bottoms) / len(bottoms)


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
    _need_colors(len(rows), "strips")
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


def one_unit(units_by_label: Mapping[str, str]) -> str:
    """Return the unit that all figures of a picture have: one scale can show no other.

    Raises
    ------
    ValueError
        If there are several, or no figure at all; the message names a figure of each.
    """
    firsts: dict[str, str] = {}
    for label, unit in units_by_label.items():
        firsts.setdefault(unit, label)
    if len(firsts) != 1:
        named = ", ".join(f"{label} in {unit}" for unit, label in firsts.items())
        problem = f"figures in more than one unit: {named}" if firsts else "no figures"
        raise ValueError(f"{problem}; show figures of one unit, convert the others")
    return next(iter(firsts))


def _need_colors(number: int, of_what: str) -> None:
    if number > len(SERIES):
        raise ValueError(f"{number} {of_what}, and {len(SERIES)} colors to tell them apart")


def _rectangle(at: float, bottom: float, height: float) -> list[tuple[float, float]]:
    left, right, top = at - 0.4, at + 0.4, bottom + height
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def render(
    draw: Callable[[Axes, bool], None],
    *,
    alt: str,
    caption: str,
    heights: tuple[float, float],
    data: Data,
) -> Markup:
    """Have `draw` draw on axes, wide and narrow, and put both into one HTML figure.

    Parameters
    ----------
    draw
        Receives the axes, and whether they are the wide ones.
    alt, caption
        The alternative text and the sentence below the picture.
    heights
        Inches, of the wide picture and of the narrow one.
    data
        The numbers that are drawn, for the table below.
    """
    pictures = "".join(
        _picture(draw, wide, height, alt)
        for wide, height in zip((True, False), heights, strict=True)
    )
    return framed(pictures, alt=alt, caption=caption, data=data)


def framed(pictures: str, *, alt: str, caption: str, data: Data) -> Markup:
    """Put a figure's pictures together with what stands below them."""
    return Markup(
        f'<figure class="measured-figure">{pictures}'
        f"<figcaption>{inline(caption)}</figcaption></figure>{data.folded(caption)}",
        f"[figure] {alt} {caption}",
    )


def _with(caption: str, note: str) -> str:
    """Add a sentence to a caption, which may have no full stop."""
    return f"{caption.rstrip('.')}. {note}" if note else caption


def _picture(draw: Callable[[Axes, bool], None], wide: bool, height: float, alt: str) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    look: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "measured",
        "font.size": _LETTERS[wide],
        "xtick.labelsize": _LETTERS[wide],
        "ytick.labelsize": _LETTERS[wide],
        "legend.fontsize": _LETTERS[wide],
        "axes.labelsize": _LETTERS[wide],
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "text.color": TEXT,
        "axes.labelcolor": TEXT,
        "axes.edgecolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": TEXT,
        "ytick.labelcolor": TEXT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.formatter.use_mathtext": False,
    }
    with matplotlib.rc_context(look):
        canvas = Canvas(figsize=(_WIDE if wide else _NARROW, height))
        # A little smaller than it will become, so that what fits now also fits then.
        axes = canvas.add_axes((0.3, 0.2, 0.65, 0.6) if wide else (0.4, 0.2, 0.36, 0.6))
        draw(axes, wide)
        svg = FigureCanvasSVG(canvas)
        _fit(axes)
        file = io.StringIO()
        svg.print_svg(file, metadata=dict.fromkeys(_DUBLIN_CORE))  # type: ignore[no-untyped-call]
    return _for_page(file.getvalue(), alt, "wide" if wide else "narrow")


def _fit(axes: Axes) -> None:
    """Give axes all of the room that their labels leave.

    One pass, in half the time of matplotlib's layouts: each measures every text twice or more.
    """
    if not axes.axison:  # the limits of the axes leave room for the texts within
        axes.set_position((0, 0, 1, 1))
        return
    legend = axes.get_legend()
    if legend is not None:
        legend.set_in_layout(False)  # it is above the axes, and has all of the picture's width
    whole, inner, outer = axes.figure.bbox, axes.get_window_extent(), axes.get_tightbbox()
    assert outer is not None
    highest = outer.y1 if legend is None else max(outer.y1, legend.get_window_extent().y1)
    pad = 3.0
    left, bottom = inner.x0 - outer.x0 + pad, inner.y0 - outer.y0 + pad
    right, top = outer.x1 - inner.x1 + pad, highest - inner.y1 + pad
    # The page's letters may be wider than the ones measured here; and room for half of a label at
    # the very end of the axis, which more room may bring.
    right = max(right + 8.0, 16.0)
    axes.set_position(
        (
            left / whole.width,
            bottom / whole.height,
            1 - (left + right) / whole.width,
            1 - (bottom + top) / whole.height,
        )
    )


def _for_page(svg: str, alt: str, shape: str) -> str:
    """Turn matplotlib's SVG file into an element of a page: valid, themed, with unique ids."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)
    prefix = "f" + hashlib.sha256((svg + shape).encode()).hexdigest()[:8]
    used = set(re.findall(r"#([\w-]+)", svg))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}metadata" or child.tag == f"{{{_SVG}}}style":
                parent.remove(child)
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in used:
            element.set("id", f"{prefix}-{name}")
        link = element.attrib.pop(f"{{{_XLINK}}}href", None)
        if link is not None:
            element.set("href", f"#{prefix}-{link[1:]}")
        clip = element.get("clip-path")
        if clip is not None:
            element.set("clip-path", clip.replace("#", f"#{prefix}-"))
        for name in ("d", "transform", "x", "y", "width", "height"):
            if name in element.attrib:
                element.set(name, _LONG.sub(_shorter, element.attrib[name]))
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("class", shape)
    root.set("aria-label", "@alt@")
    text = ElementTree.tostring(root, encoding="unicode")
    for color, variable in _VARIABLES.items():
        text = text.replace(color, f"var({variable})")
    text = re.sub(r"font(-family)?: ?([\d.]+px )?'?DejaVu Sans'?[^;\"]*", _font, text)
    return re.sub(r"\s*\n\s*", "\n", text).replace("@alt@", attribute(alt))


_LONG = re.compile(r"\d+\.\d{3,}")  # of a place: a hundredth of a point is nothing to see


def _shorter(match: re.Match[str]) -> str:
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def _font(match: re.Match[str]) -> str:
    size = f"font-size: {match[2].strip()}; " if match[2] else ""
    return f"{size}font-family: inherit"


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


def _wrap(label: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(label, width)) or label


def _balanced(label: str, width: int) -> str:
    """Break a label into as few lines as can be, about equally long."""
    lines = math.ceil(len(label) / width)
    broken = (_wrap(label, narrower) for narrower in range(len(label) // lines, len(label) + 1))
    return next(text for text in broken if text.count("\n") < lines)
