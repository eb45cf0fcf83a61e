"""Lines are told in words from end to end, and their labels do not overlap."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from drawings import pictures, places_of

from book_kit.show.labels import apart
from book_kit.show.lines import lines
from book_kit.show.markup import Markup


def some_lines() -> Markup:
    return lines(
        {"one": [(0, 1), (1, 2), (2, 4)], "other": [(0, 2), (1, 1), (2, 0.5)]},
        x="time (s)",
        y="memory (MiB)",
        alt="Lines.",
        caption="Up and down.",
        marks={"here": (1, 2)},
    )


def test_the_words_of_lines_carry_both_axes_every_end_and_every_mark() -> None:
    (wide, _narrow) = pictures(some_lines())
    told = ElementTree.fromstring(wide).get("aria-label") or ""
    for text in ("time (s)", "memory (MiB)", "one: from 1 at 0 to 4 at 2", "here: 2"):
        assert text in told


def test_versions_stand_under_their_places_with_what_happened_there() -> None:
    made = lines(
        {"list": [(0, 72), (1, 56), (2, 56)], "dict": [(0, 280), (1, 64), (2, 64)]},
        x="version",
        y="bytes",
        alt="Both fall.",
        caption="Then and now.",
        steps=True,
        ticks=["2.7", "3.8", "3.9"],
        why={"3.8": "smaller header"},
    )
    assert "from 72 at 2.7 to 56 at 3.9" in made.html
    assert "At 3.8: smaller header." in made.html
    for text in ("2.7", "3.9", "smaller header"):
        assert len(places_of(made, text)) == 2, text
    assert len(places_of(made, "3.8")) == 1  # a narrow picture names every other version


def test_labels_of_lines_that_end_together_stand_apart() -> None:
    ends = {name: [(0.0, 0.0), (1.0, 100.0 + place)] for place, name in enumerate("abcd")}
    made = lines(ends, x="x", y="y", alt="A bundle.", caption="Four lines.")
    for picture in (0, 1):
        heights = sorted(places_of(made, name)[picture][1] for name in "abcd")
        assert all(after - before > 10 for before, after in pairwise(heights))


def test_more_lines_than_colors_are_refused() -> None:
    points = [(0.0, 1.0), (1.0, 2.0)]
    with pytest.raises(ValueError, match="6 lines, and 5 colors"):
        lines({str(n): points for n in range(6)}, x="x", y="y", alt="", caption="")


@pytest.mark.parametrize("wanted", [[0.0, 1.0, 2.0], [0.0, 50.0, 51.0], [5.0, 5.0, 5.0, 5.0]])
def test_labels_stand_apart_and_around_their_ends(wanted: list[float]) -> None:
    found = apart(wanted, [12.0] * len(wanted))
    assert all(after - before >= 12 for before, after in pairwise(found))
    assert sum(found) == pytest.approx(sum(wanted))
