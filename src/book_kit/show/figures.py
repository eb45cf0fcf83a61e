"""Figures in the book's one look: drawn once, at home in the light and in the dark theme.

Each is inline SVG whose colors are CSS variables, so that it follows the page's theme.  It is
drawn twice, for a wide page and for a narrow one; the style sheet shows the one that fits.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show.markup import Markup, attribute, inline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Colors while matplotlib draws, and the CSS variables that stand for them on the page.
TEXT, MUTED, GRID = "#010101", "#020202", "#030303"
SERIES = ("#0a0001", "#0a0002", "#0a0003", "#0a0004", "#0a0005")
_VARIABLES = {TEXT: "--figure-text", MUTED: "--figure-muted", GRID: "--figure-grid"} | {
    color: f"--figure-{number}" for number, color in enumerate(SERIES, start=1)
}

_WIDE, _NARROW = 7.6, 4.2  # inches
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DUBLIN_CORE = ("Date", "Creator", "Format", "Type")


def bars(
    rows: Sequence[tuple[str, Measurement | Figure] | tuple[str, Measurement | Figure, int]],
    *,
    alt: str,
    caption: str,
    groups: Sequence[str] = (),
) -> Markup:
    """Draw horizontal bars, one a row, each with its figure beside it.

    Parameters
    ----------
    rows
        Label and figure, and the number of its group where there are any.  All in one unit.
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

    def draw(axes: Axes, wide: bool) -> None:
        figures = [figure for _, figure, *_ in rows]
        low, high = _ends(figures)
        middles, whiskers = zip(*map(_whiskers, figures), strict=True)
        colors = [SERIES[group[0] if group else 0] for _, _, *group in rows]
        axes.barh(range(len(rows)), middles, height=0.62, color=colors)
        spreads = [(place, *ends) for place, ends in enumerate(whiskers) if ends]
        if spreads:
            axes.hlines(*zip(*spreads, strict=True), color=TEXT, linewidth=1.2)
        for position, figure in enumerate(figures):
            axes.annotate(
                str(figure),
                (max([middles[position], *whiskers[position], 0]), position),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=TEXT,
            )
        axes.set_yticks(range(len(rows)), [_wrap(label, 30 if wide else 18) for label, *_ in rows])
        axes.invert_yaxis()
        room = (high - low) * (0.14 if wide else 0.28)
        axes.set_xlim(low, high + room)
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.set_xlabel(_unit_label(unit))
        if unit == "fraction":
            axes.xaxis.set_major_formatter("{:.0%}".format)
        axes.grid(axis="x", color=GRID, linewidth=0.8)
        axes.tick_params(axis="y", length=0)
        for position, group_name in enumerate(groups):
            axes.plot([], [], color=SERIES[position], linewidth=7, label=group_name)
        if groups:
            axes.legend(
                loc="lower left",
                bbox_to_anchor=(0, 1.0),
                ncols=len(groups) if wide else 1,
                frameon=False,
                handlelength=1,
                borderaxespad=0.2,
            )

    told = "; ".join(f"{label}: {figure}" for label, figure, *_ in rows)
    height = 0.75 + 0.37 * len(rows) + (0.25 if groups else 0)
    narrow = 0.8 + 0.44 * len(rows) + 0.22 * len(groups)
    return render(draw, alt=f"{alt} {told}.", caption=caption, heights=(height, narrow))


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
    ticks: Sequence[str] = (),
    why: Mapping[str, str] | None = None,
) -> Markup:
    """Draw lines, each labeled at its end.

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

    def draw(axes: Axes, wide: bool) -> None:
        for color, points in zip(SERIES, series.values(), strict=False):
            xs, ys = zip(*points, strict=True)
            axes.plot(xs, ys, color=color, linewidth=2, drawstyle="steps-post" if steps else None)
        for label, point in (marks or {}).items():
            axes.plot(*point, "o", color=SERIES[1], markersize=6)
            axes.annotate(
                _wrap(label, 22),
                point,
                xytext=(0, 9),
                textcoords="offset points",
                ha="center",
                va="bottom",
                color=TEXT,
            )
        if logarithmic:
            axes.set_xscale("log")
            axes.set_yscale("log")
            axes.minorticks_off()  # dozens of little lines, which take longer than all the rest
        else:
            bottom, top = axes.get_ylim()
            axes.set_ylim(min(0, bottom), top * (1.18 if marks else 1.05))
        axes.set_xlabel(x)
        axes.set_ylabel(y)
        axes.grid(color=GRID, linewidth=0.8)
        if ticks:
            shown = [place for place in range(len(ticks)) if wide or place % 2 == 0]
            axes.set_xticks(shown, [ticks[place] for place in shown])
        for number, (name, event) in enumerate((why or {}).items()):
            rows = min(len(why or {}), 3)  # so that neighbors do not meet
            _tell_why(axes, ticks.index(name), event, (-1 - number) % rows)
        if len(series) > 1:
            axes.margins(x=0.02)
            _label_ends(axes, {label: points[-1] for label, points in series.items()})

    def at(place: float) -> str:
        return ticks[int(place)] if ticks else f"{place:,.4g}"

    ends = "; ".join(
        f"{label}: from {points[0][1]:,.4g} at {at(points[0][0])} "
        f"to {points[-1][1]:,.4g} at {at(points[-1][0])}"
        for label, points in series.items()
    )
    told = "".join(f" {label}: {point[1]:,.4g}." for label, point in (marks or {}).items())
    told += "".join(f" At {name}: {event}." for name, event in (why or {}).items())
    return render(
        draw,
        alt=f"{alt} {x} against {y}. {ends}.{told}",
        caption=caption,
        heights=(4.0, 3.8) if why else (3.5, 3.3),
    )


def _tell_why(axes: Axes, place: float, event: str, row: int) -> None:
    """Draw a line upright through a place, and write above it what happened there."""
    axes.axvline(place, color=MUTED, linewidth=1, linestyle=(0, (2, 3)))
    axes.annotate(
        event,
        (place, 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3 + 12 * row),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=10,
        color=TEXT,
    )


def _label_ends(axes: Axes, ends: Mapping[str, tuple[float, float]]) -> None:
    """Write the label of each line at its end, and apart where the ends are close together."""
    line_height = 13.0  # points
    free = -float("inf")  # the lowest place, in points, where a label may still stand
    colors = dict(zip(ends, SERIES, strict=False))
    for label, end in sorted(ends.items(), key=lambda item: item[1][1]):
        text = _wrap(label, 18)
        height = line_height * (text.count("\n") + 1)
        place = float(axes.transData.transform(end)[1]) * 72 / axes.figure.dpi
        shift = max(0.0, free - (place - height / 2))
        free = place + shift + height / 2
        axes.annotate(
            text,
            end,
            xytext=(6, shift),
            textcoords="offset points",
            va="center",
            color=colors[label],
            annotation_clip=False,
        )


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
    return render(draw, alt=f"{alt} {told}.", caption=caption, heights=(height, height))


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
    draw: Callable[[Axes, bool], None], *, alt: str, caption: str, heights: tuple[float, float]
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
    """
    pictures = "".join(
        _picture(draw, wide, height, alt)
        for wide, height in zip((True, False), heights, strict=True)
    )
    return Markup(
        f'<figure class="measured-figure">{pictures}'
        f"<figcaption>{inline(caption)}</figcaption></figure>",
        f"[figure] {alt} {caption}",
    )


def _picture(draw: Callable[[Axes, bool], None], wide: bool, height: float, alt: str) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    look: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "measured",
        "font.size": 10.5,
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
        axes = canvas.add_axes((0.3, 0.2, 0.65, 0.6) if wide else (0.4, 0.2, 0.52, 0.6))
        draw(axes, wide)
        for axis in (axes.xaxis, axes.yaxis):
            axis.label.set_fontsize(10)
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
    whole, inner, outer = axes.figure.bbox, axes.get_window_extent(), axes.get_tightbbox()
    assert outer is not None
    pad = 3.0
    left, bottom = inner.x0 - outer.x0 + pad, inner.y0 - outer.y0 + pad
    right, top = outer.x1 - inner.x1 + pad, outer.y1 - inner.y1 + pad
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


def _unit_label(unit: str) -> str:
    return {"times": "times as much", "fraction": "share", "count": "count"}.get(unit, unit)


def _wrap(label: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(label, width)) or label
