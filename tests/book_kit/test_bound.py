"""The drawing of a figure against its bound says what the verdict says."""

from __future__ import annotations

import re

import pytest
from elements import Elements

from book_kit.evidence.claims import Bound
from book_kit.evidence.quantity import Measurement
from book_kit.show.bound import against_bound

BOUNDS = {
    "at least": Bound(2.0, None),
    "at most": Bound(None, 2.0),
    "between": Bound(2.0, 4.0),
    "exactly": Bound(2.0, 2.0),
    "exactly nothing": Bound(0.0, 0.0),
    "below nothing": Bound(None, -2.0),
}


def spans(bound: Bound, *values: float) -> list[tuple[int, int]]:
    """Return where each path of the drawing begins and ends: line, bound, figure."""
    drawn = Elements(against_bound(Measurement("figure", "MiB", values, "a scale"), bound))
    assert drawn.attributes["svg"][0]["aria-hidden"] == "true"
    paths = (
        re.fullmatch(r"M(-?\d+) \d+H(-?\d+)", it["d"] or "") for it in drawn.attributes["path"]
    )
    return [(int(found[1]), int(found[2])) for found in paths if found]


@pytest.mark.parametrize("bound", BOUNDS.values(), ids=BOUNDS)
@pytest.mark.parametrize(
    "values", [(0.0,), (1.0, 1.5), (2.0,), (3.0, 3.5), (1.0, 9.0), (-3.0,), (400.0,)], ids=repr
)
def test_a_figure_is_drawn_within_its_bound_where_it_holds_and_outside_where_not(
    bound: Bound, values: tuple[float, ...]
) -> None:
    line, claimed, measured = spans(bound, *values)
    assert all(line[0] <= end <= line[1] for end in (*claimed, *measured))
    within = claimed[0] <= measured[0] and measured[1] <= claimed[1]
    assert within is all(map(bound.admits, values))


def test_a_bound_with_one_end_goes_on_to_the_end_of_the_line() -> None:
    assert spans(BOUNDS["at least"], 3.0)[1][1] == 100
    assert spans(BOUNDS["at most"], 1.0)[1][0] == 0
    assert spans(BOUNDS["exactly"], 2.0)[1] == (50, 50)
    begin, end = spans(BOUNDS["between"], 3.0)[1]
    assert 0 < begin < end < 100


def test_repeats_that_agree_are_a_point_and_others_a_span() -> None:
    low, high = spans(BOUNDS["between"], 3.0, 3.0)[2]
    assert low == high
    low, high = spans(BOUNDS["between"], 2.5, 3.5)[2]
    assert low < high
