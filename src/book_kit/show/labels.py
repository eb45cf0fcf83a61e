"""Words in and below a picture: broken into lines, and put where they do not overlap."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from book_kit.show import figure_data
from book_kit.show.colors import MUTED, SERIES, TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS = {True: 60, False: 28}  # letters that fit below an axis, wide and narrow
UPRIGHT = 32  # and beside one


def wrap(label: str, width: int) -> str:
    """Break a label into lines of at most so many letters."""
    return "\n".join(textwrap.wrap(label, width)) or label


def balanced(label: str, width: int) -> str:
    """Break a label into as few lines as can be, about equally long."""
    lines = math.ceil(len(label) / width)
    broken = (wrap(label, narrower) for narrower in range(len(label) // lines, len(label) + 1))
    return next(text for text in broken if text.count("\n") < lines)


def with_note(caption: str, note: str) -> str:
    """Add a sentence to a caption, which may have no full stop."""
    return f"{caption.rstrip('.')}. {note}" if note else caption


def mark_axis(axes: Axes, which: str, unit: str, wide: bool) -> None:
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


def tell_why(axes: Axes, events: Mapping[float, str]) -> None:
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


def label_ends(axes: Axes, ends: Mapping[str, tuple[float, float]], wide: bool) -> None:
    """Write the label of each line at its end, in its color.

    Where the ends are close together, labels stand apart, and a thin line leads to each.
    """
    colors = dict(zip(ends, SERIES, strict=False))
    lowest_first = sorted(ends.items(), key=lambda item: item[1][1])
    texts = [wrap(label, 18 if wide else 12) for label, _ in lowest_first]
    wanted = [
        float(axes.transData.transform(end)[1]) * 72 / axes.figure.dpi for _, end in lowest_first
    ]
    found = apart(wanted, [13.5 * (1 + text.count("\n")) for text in texts])
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


def apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
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
