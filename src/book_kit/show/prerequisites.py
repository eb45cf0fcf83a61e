"""Which chapters need which, drawn: in layers where there is room, else as a list with rails.

On a narrow page the chapters stand below each other in the order of contents.  Each that others
need has a rail of its own down the left side, from which a branch leads to each of these.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from book_kit.show.figure_data import Data
from book_kit.show.graph_layout import Box, Layout, Link, lay_out
from book_kit.show.markup import Markup
from book_kit.show.shapes import CODE_ADVANCE, SMALL, WIDTHS, picture, words
from book_kit.show.svg import framed

_BOX, _ARROW = "--figure-1", "--figure-2"
_CAPTION = (
    "What each chapter needs first: an arrow leads from a chapter to one that builds on it. "
    "The names are links."
)

# All lengths are pixels, at the width for which the picture is made.
_LINE, _PAD, _MARGIN, _HEAD = 17.0, 8.0, 6.0, 7.0
_LETTERS_IN_A_LINE = 17  # of a title, in layers
_BETWEEN_LAYERS, _BETWEEN_BOXES = 46.0, 18.0
_ROW, _RAIL, _TURN = 38.0, 13.0, 6.0  # of the list: its rows, the room of a rail, its corners


@dataclass(frozen=True)
class Chapter:
    """A chapter: its title, the address of its page, and the places of those that it needs."""

    title: str
    address: str
    needs: Sequence[int]


def chapters_drawn(chapters: Sequence[Chapter]) -> Markup:
    """Draw chapters, given in the order of contents, and what each needs first."""
    told = "; ".join(f"{one.title}: {_needs(one, chapters)}" for one in chapters)
    told = f"{len(chapters)} chapters, each below those that it needs first. {told}."
    rows = [[one.title, _needs(one, chapters)] for one in chapters]
    return framed(
        _in_layers(chapters, told) + _as_list(chapters, told),
        alt=told,
        caption=_CAPTION,
        data=Data(["chapter", "what it needs first"], rows),
    )


def _needs(chapter: Chapter, chapters: Sequence[Chapter]) -> str:
    return ", ".join(chapters[it].title for it in chapter.needs) or "no other chapter"


def _linked(chapter: Chapter, lines: Sequence[str], place: tuple[float, float, Box]) -> str:
    """Draw a box with the title of a chapter, which leads to it."""
    x, y, size = place
    middle = x + size.across / 2
    first = y + size.along / 2 - _LINE * (len(lines) - 1) / 2 + 4.5
    written = "".join(
        words(f"{line} ", middle, first + _LINE * number, SMALL[False], anchor="middle")
        for number, line in enumerate(lines)
    )
    return (
        f'<a href="{html.escape(chapter.address)}">'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{size.across:.1f}" height="{size.along:.1f}" '
        f'rx="5" style="fill: var({_BOX}); fill-opacity: 0.08; stroke: var({_BOX}); '
        f'stroke-width: 1.5"/>{written}</a>'
    )


def _path(points: str) -> str:
    return f'<path d="{points}" style="fill: none; stroke: var({_ARROW}); stroke-width: 1.5"/>'


def _tip(x: float, y: float, dx: float, dy: float) -> str:
    """Draw the head of an arrow at a point, in a direction."""
    back_x, back_y = x - dx * _HEAD, y - dy * _HEAD
    side_x, side_y = dy * _HEAD / 2, dx * _HEAD / 2
    return (
        f'<path d="M {back_x - side_x:.1f} {back_y - side_y:.1f} L {x:.1f} {y:.1f} '
        f'L {back_x + side_x:.1f} {back_y + side_y:.1f} Z" style="fill: var({_ARROW})"/>'
    )


def _in_layers(chapters: Sequence[Chapter], told: str) -> str:
    titles = [textwrap.wrap(one.title, _LETTERS_IN_A_LINE) for one in chapters]
    tallest = max(map(len, titles), default=1)
    boxes = [
        Box(
            along=_LINE * tallest + 2 * _PAD,
            across=max(map(len, lines)) * SMALL[False] * CODE_ADVANCE + 2 * _PAD,
        )
        for lines in titles
    ]
    links = [
        Link(start, end, boxes[start].across / 2, boxes[end].across / 2)
        for end, one in enumerate(chapters)
        for start in one.needs
    ]
    layout = lay_out(boxes, links, between_layers=_BETWEEN_LAYERS, between_boxes=_BETWEEN_BOXES)
    left = max((WIDTHS[True] - layout.across) / 2, _MARGIN)
    body = "".join(_arrow(link, number, layout, left) for number, link in enumerate(links))
    for number, one in enumerate(chapters):
        along, across = layout.places[number]
        body += _linked(one, titles[number], (left + across, _MARGIN + along, boxes[number]))
    height = layout.spans[-1][1] + 2 * _MARGIN
    width = layout.across + 2 * _MARGIN
    return picture(body, height, told, wide=True, width=width, role="group")


def _arrow(link: Link, number: int, layout: Layout, left: float) -> str:
    """Draw an arrow downward: straight through layers, and bent between them."""
    layer = layout.layers[link.start]
    x, y = layout.places[link.start][1] + link.leaves, layout.spans[layer][1]
    goal = layout.places[link.end][1] + link.enters
    path = f"M {left + x:.1f} {_MARGIN + y:.1f}"
    passed = layout.routes[number] or []
    for step, across in enumerate([*passed, goal], start=layer + 1):
        top, bottom = layout.spans[step]
        is_last = step == layout.layers[link.end]
        end = top - _HEAD if is_last else top
        middle = _MARGIN + (y + end) / 2
        path += (
            f" C {left + x:.1f} {middle:.1f}, {left + across:.1f} {middle:.1f}, "
            f"{left + across:.1f} {_MARGIN + end:.1f}"
        )
        if not is_last:
            path += f" L {left + across:.1f} {_MARGIN + bottom:.1f}"
        x, y = across, bottom
    tip = _MARGIN + layout.spans[layout.layers[link.end]][0]
    return _path(path) + _tip(left + goal, tip, 0, 1)


def rails(chapters: Sequence[Chapter]) -> dict[int, int]:
    """Return the rail of each chapter that others need: none shares one while both are in use."""
    lasts: dict[int, int] = {}
    for number, one in enumerate(chapters):
        for needed in one.needs:
            lasts[needed] = number
    found: dict[int, int] = {}
    for start in sorted(lasts):
        taken = {found[other] for other in found if lasts[other] >= start}
        found[start] = next(rail for rail in range(len(lasts)) if rail not in taken)
    return found


def _as_list(chapters: Sequence[Chapter], told: str) -> str:
    rail = rails(chapters)
    room = _RAIL * (max(rail.values(), default=0) + 1) + 14
    size = Box(along=_ROW - 8, across=WIDTHS[False] - room - _MARGIN)
    body = ""
    for start, column in rail.items():
        x = room - 14 - _RAIL * (column + 0.5) + _MARGIN / 2
        top = _MARGIN + _ROW * start + size.along * 0.8
        out = f"M {room:.1f} {top:.1f} L {x + _TURN:.1f} {top:.1f} Q {x:.1f} {top:.1f}, {x:.1f} "
        out += f"{top + _TURN:.1f}"
        for end, one in enumerate(chapters):
            if start not in one.needs:
                continue
            turn = _MARGIN + _ROW * end + size.along * (0.22 + 0.28 * one.needs.index(start))
            branch = (
                f" L {x:.1f} {turn - _TURN:.1f} Q {x:.1f} {turn:.1f}, {x + _TURN:.1f} {turn:.1f}"
                f" L {room - _HEAD:.1f} {turn:.1f}"
            )
            body += _path(out + branch)
            out = f"M {x:.1f} {turn - _TURN:.1f}"
            body += _tip(room, turn, 1, 0)
    for number, one in enumerate(chapters):
        body += _linked(one, [one.title], (room, _MARGIN + _ROW * number, size))
    height = _ROW * len(chapters) + 2 * _MARGIN - 8
    return picture(body, height, told, wide=False, role="group")
