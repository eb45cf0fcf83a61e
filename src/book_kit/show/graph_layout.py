"""Where the boxes of a layered graph go: what refers stands before what it refers to.

The method is that of Sugiyama, Tagawa and Toda (1981) at its simplest: layers, an order in each
layer that crosses few edges, then places.  It knows two directions only: *along*, from layer to
layer, and *across*, within one.  Which of them is left to right is up to whoever draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

_SWEEPS = 12


@dataclass(frozen=True)
class Box:
    """The size of a box, in the two directions."""

    along: float
    across: float


@dataclass(frozen=True)
class Link:
    """An edge between two boxes, by their numbers.

    `leaves` and `enters` are the distances across from the beginning of either box.
    """

    start: int
    end: int
    leaves: float
    enters: float


@dataclass(frozen=True)
class Layout:
    """Where everything goes.

    Attributes
    ----------
    places
        For each box the along and across of its beginning.
    routes
        For each link the across where it passes through the layers between its ends; None for one
        that leads back to its own layer or an earlier one.
    layers
        For each box the number of its layer.
    spans
        Where each layer begins and ends, along.
    across
        The extent of everything, across.
    """

    places: list[tuple[float, float]]
    routes: list[list[float] | None]
    layers: list[int]
    spans: list[tuple[float, float]]
    across: float


def lay_out(
    boxes: Sequence[Box], links: Sequence[Link], *, between_layers: float, between_boxes: float
) -> Layout:
    """Place boxes; those that no link leads to make the first layer."""
    back = _links_back(len(boxes), links)
    layers = _layers(len(boxes), [link for number, link in enumerate(links) if number not in back])
    sizes = [box.across for box in boxes]
    segments: list[Link] = []
    chains: list[list[int] | None] = []
    columns: list[list[int]] = [[] for _ in range(max(layers, default=0) + 1)]
    for number, layer in enumerate(layers):
        columns[layer].append(number)
    for number, link in enumerate(links):
        if number in back:
            chains.append(None)
            continue
        chain, last, leaves = [], link.start, link.leaves
        for layer in range(layers[link.start] + 1, layers[link.end]):  # a place to pass through
            columns[layer].append(len(sizes))
            chain.append(len(sizes))
            segments.append(Link(last, len(sizes), leaves, 0.0))
            last, leaves = len(sizes), 0.0
            sizes.append(0.0)
        segments.append(Link(last, link.end, leaves, link.enters))
        chains.append(chain)
    columns = _ordered(columns, segments)
    starts = _places_across(columns, sizes, segments, between_boxes)
    spans, at = [], 0.0
    for column in columns:
        end = at + max((boxes[n].along for n in column if n < len(boxes)), default=0.0)
        spans.append((at, end))
        at = end + between_layers
    return Layout(
        places=[(spans[layers[n]][0], starts[n]) for n in range(len(boxes))],
        routes=[None if chain is None else [starts[n] for n in chain] for chain in chains],
        layers=layers,
        spans=spans,
        across=max((starts[n] + sizes[n] for n in range(len(sizes))), default=0.0),
    )


def _links_back(number: int, links: Sequence[Link]) -> set[int]:
    """Return the links that close a circle, as a depth-first walk meets them."""
    outgoing: list[list[int]] = [[] for _ in range(number)]
    for index, link in enumerate(links):
        outgoing[link.start].append(index)
    back: set[int] = set()
    done: set[int] = set()
    open_boxes: list[int] = []

    def walk(box: int) -> None:
        open_boxes.append(box)
        for index in outgoing[box]:
            end = links[index].end
            if end in open_boxes:
                back.add(index)
            elif end not in done:
                walk(end)
        open_boxes.pop()
        done.add(box)

    for box in range(number):
        if box not in done:
            walk(box)
    return back


def _layers(number: int, links: Sequence[Link]) -> list[int]:
    """Return each box's layer: the longest way to it."""
    layers = [0] * number
    for _ in range(number):
        for link in links:
            layers[link.end] = max(layers[link.end], layers[link.start] + 1)
    return layers


def _ordered(columns: list[list[int]], segments: Sequence[Link]) -> list[list[int]]:
    """Sort each layer by the middle of its neighbors, back and forth; keep the best order seen."""
    best, fewest = columns, _crossings(columns, segments)
    current = [list(column) for column in columns]
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        for layer in range(1, len(current)) if forth else range(len(current) - 2, -1, -1):
            rank = _ranks(current)

            def middle(box: int, forth: bool = forth, rank: dict[int, int] = rank) -> float:
                near = [
                    (rank[s.start] + s.leaves / 1e4) if forth else rank[s.end]
                    for s in segments
                    if (s.end if forth else s.start) == box
                ]
                return sum(near) / len(near) if near else rank[box]

            current[layer].sort(key=middle)
        crossings = _crossings(current, segments)
        if crossings < fewest:
            best, fewest = [list(column) for column in current], crossings
    return best


def _ranks(columns: Sequence[Sequence[int]]) -> dict[int, int]:
    return {box: rank for column in columns for rank, box in enumerate(column)}


def _crossings(columns: Sequence[Sequence[int]], segments: Sequence[Link]) -> int:
    rank = _ranks(columns)
    layer = {box: number for number, column in enumerate(columns) for box in column}
    total = 0
    for one, other in combinations(segments, 2):
        if layer[one.start] != layer[other.start]:
            continue
        first = (rank[one.start], one.leaves), (rank[other.start], other.leaves)
        last = rank[one.end], rank[other.end]
        total += (first[0] < first[1] and last[0] > last[1]) or (
            first[0] > first[1] and last[0] < last[1]
        )
    return total


def _places_across(
    columns: Sequence[Sequence[int]],
    sizes: Sequence[float],
    segments: Sequence[Link],
    gap: float,
) -> list[float]:
    """Pull each box towards where its links would be straight, without changing the order."""
    starts = [0.0] * len(sizes)
    for column in columns:
        at = 0.0
        for box in column:
            starts[box] = at
            at += sizes[box] + gap
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 1  # the last one is, so that links arrive straight
        for column in columns[1:] if forth else columns[-2::-1]:
            wanted = []
            for box in column:
                pulls = [
                    starts[s.start] + s.leaves - s.enters
                    if forth
                    else starts[s.end] + s.enters - s.leaves
                    for s in segments
                    if (s.end if forth else s.start) == box
                ]
                wanted.append(sum(pulls) / len(pulls) if pulls else starts[box])
            for box, start in zip(
                column, _spread(wanted, [sizes[box] + gap for box in column]), strict=True
            ):
                starts[box] = start
    first = min(starts, default=0.0)
    return [start - first for start in starts]


def _spread(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Return places as near to the wanted ones as their order and distances allow.

    The squares of the shifts are least: isotonic regression by pooling adjacent violators.
    """
    offsets = [sum(steps[:number]) for number in range(len(steps))]
    pools: list[list[float]] = []  # each moves as one
    for place, offset in zip(wanted, offsets, strict=True):
        pools.append([place - offset])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    flat = [_mean(pool) for pool in pools for _ in pool]
    return [place + offset for place, offset in zip(flat, offsets, strict=True)]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
