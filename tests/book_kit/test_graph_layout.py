"""A layout puts what refers before what it refers to, crosses few links and overlaps no boxes."""

from __future__ import annotations

from itertools import combinations

import pytest

from book_kit.show.graph_layout import Box, Layout, Link, lay_out


def laid(number: int, *pairs: tuple[int, int], across: float = 10) -> Layout:
    boxes = [Box(20, across)] * number
    links = [Link(start, end, across / 2, across / 2) for start, end in pairs]
    return lay_out(boxes, links, between_layers=5, between_boxes=3)


def test_a_box_stands_after_all_that_refer_to_it() -> None:
    layout = laid(4, (0, 1), (1, 2), (2, 3), (0, 3))
    assert layout.layers == [0, 1, 2, 3]
    assert [place[0] for place in layout.places] == [0, 25, 50, 75]


def test_a_link_over_several_layers_passes_through_each() -> None:
    layout = laid(4, (0, 1), (1, 2), (2, 3), (0, 3))
    assert [route and len(route) for route in layout.routes] == [[], [], [], 2]


def test_a_link_passes_beside_the_boxes_of_the_layers_between() -> None:
    layout = laid(3, (0, 1), (1, 2), (0, 2))
    passing = layout.routes[2]
    assert passing is not None
    begin = layout.places[1][1]
    assert not begin < passing[0] < begin + 10


@pytest.mark.parametrize(
    "pairs",
    [[(0, 0)], [(0, 1), (1, 0)], [(0, 1), (1, 2), (2, 1)]],
    ids=["to itself", "of two", "behind a name"],
)
def test_one_link_of_a_circle_leads_back(pairs: list[tuple[int, int]]) -> None:
    layout = laid(3, *pairs)
    assert sum(route is None for route in layout.routes) == 1


def test_boxes_of_a_layer_stand_apart() -> None:
    layout = laid(9, *[(0, n) for n in range(1, 9)])
    starts = [layout.places[n][1] for n in range(1, 9)]
    for one, other in combinations(starts, 2):
        assert abs(one - other) >= 13 - 1e-9
    assert layout.across == pytest.approx(max(starts) + 10)
    assert min(starts) == 0


def test_links_that_need_not_cross_do_not() -> None:
    layout = laid(6, (0, 5), (1, 4), (2, 3))
    firsts = sorted(range(3), key=lambda n: layout.places[n][1])
    ends = {0: 5, 1: 4, 2: 3}
    lasts = [layout.places[ends[n]][1] for n in firsts]
    assert lasts == sorted(lasts)


def test_links_are_straight_where_nothing_stands_in_the_way() -> None:
    layout = laid(4, (0, 1), (2, 3))
    assert layout.places[0][1] == pytest.approx(layout.places[1][1])
    assert layout.places[2][1] == pytest.approx(layout.places[3][1])


def test_a_box_stands_before_the_middle_of_what_it_refers_to() -> None:
    layout = laid(4, (0, 1), (0, 2), (0, 3))
    starts = [place[1] for place in layout.places]
    assert starts[0] == pytest.approx(sum(starts[1:]) / 3)
    assert starts[0] > 0


def test_the_same_graph_is_laid_out_the_same_way_twice() -> None:
    pairs = [(0, 2), (1, 2), (1, 3), (2, 4), (3, 4), (0, 4)]
    assert laid(5, *pairs) == laid(5, *pairs)


def test_nothing_is_laid_out_as_nothing() -> None:
    assert laid(0).places == []
