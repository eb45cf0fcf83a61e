"""Where lines of a picture run on top of each other: there the later one is dashed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from book_kit.show.figure_data import Points


def pieces(
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
    found: list[tuple[int, list[tuple[float, float]]]] = []
    for where, (place, following) in enumerate(pairwise(places)):
        here, there = _height(line, place, steps), _height(line, following, steps)
        if here is None or there is None:
            continue
        if not found or found[-1][0] != beneath[where]:
            found.append((beneath[where], [(place, here)]))
        found[-1][1].append((following, there))
    return [*found]


def _height(points: Points, place: float, steps: bool) -> float | None:
    """Return how high a line is at a place; None where it has not begun or is over."""
    after = bisect_right(points, place, key=lambda point: point[0])
    if after in (0, len(points)):
        return points[-1][1] if after and points[-1][0] == place else None
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 if steps else y0 + (y1 - y0) * (place - x0) / (x1 - x0)
