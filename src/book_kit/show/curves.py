"""Small curves over time to choose from; each leads to a part of the page, and so does each cause.

As in `book_kit.show.shapes`, colors are CSS variables.  What a curve tells stands below it in
words, so the drawing itself is for the eyes alone.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from book_kit.show.markup import Markup, attribute, inline
from measured import units

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT, _MARGIN = 160.0, 72.0, 3.0
_FINEST = 0.5  # of these units: what lies closer together cannot be told apart


@dataclass(frozen=True)
class Curve:
    """One curve, what it tells, and what may be behind it.

    `points` are (seconds, MiB).  `target` is the part of the page that the curve leads to, and
    `causes` has for each cause, in a few words, the part that it leads to.
    """

    title: str
    told: str
    target: str
    points: Points
    causes: Mapping[str, str] = field(default_factory=dict)


def choice(curves: Sequence[Curve], *, caption: str) -> Markup:
    """Draw curves side by side, all on one scale of memory, each as a link.

    Parameters
    ----------
    curves
        What one may choose from.
    caption
        The sentence below them.

    Raises
    ------
    ValueError
        If a curve has no height or no length.
    """
    for curve in curves:
        if len(curve.points) < 2 or not _highest(curve.points) > 0:
            raise ValueError(f"{curve.title}: a curve needs two points, and one above zero")
    top = max(_highest(curve.points) for curve in curves)
    items = "".join(
        f"<li>{_link(curve.target, f'{_svg(curve.points, top)}<b>{inline(curve.title)}</b>')}"
        f"<p>{inline(curve.told)}</p>{_list(curve.causes)}</li>"
        for curve in curves
    )
    told = "; ".join(
        f"{curve.title}: at most {units.write(_highest(curve.points), 'MiB')}, "
        f"at the end {units.write(curve.points[-1][1], 'MiB')}"
        for curve in curves
    )
    return Markup(
        f'<figure class="curves"><ul>{items}</ul>'
        f"<figcaption>{inline(caption)}</figcaption></figure>",
        f"[figure] {told}. {caption}",
    )


def _link(target: str, markup: str) -> str:
    return f'<a href="#{attribute(target)}">{markup}</a>'


def _list(causes: Mapping[str, str]) -> str:
    items = (f"<li>{_link(target, inline(cause))}</li>" for cause, target in causes.items())
    return f"<ul>{''.join(items)}</ul>" if causes else ""


def _highest(points: Points) -> float:
    return max(mib for _at, mib in points)


def _svg(points: Points, top: float) -> str:
    start, end = points[0][0], points[-1][0]
    placed = [
        (
            _WIDTH * (at - start) / (end - start),
            _HEIGHT - (_HEIGHT - _MARGIN) * mib / top,
        )
        for at, mib in points
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in _thinned(placed))
    highest = html.escape(units.write(_highest(points), "MiB"))
    return (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT + _MARGIN:.0f}" aria-hidden="true">'
        f'<polygon points="0,{_HEIGHT:.0f} {line} {_WIDTH:.0f},{_HEIGHT:.0f}"/>'
        f'<polyline points="{line}"/></svg><small>{highest} at most</small>'
    )


def _thinned(placed: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out points that no eye could miss; first and last stay."""
    kept = placed[:1]
    for x, y in placed[1:-1]:
        if abs(x - kept[-1][0]) >= _FINEST * 4 or abs(y - kept[-1][1]) >= _FINEST * 4:
            kept.append((x, y))
    return [*kept, placed[-1]]
