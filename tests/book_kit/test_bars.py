"""Bars stand in one unit, each in the color of its group, with its figure beside it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from drawings import mebibytes, pictures, places_of

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show.bars import bars
from book_kit.show.colors import SERIES
from book_kit.show.markup import Markup


def some_bars() -> Markup:
    return bars(
        [
            ("classic", Figure(87.5, "MiB", "the notebook"), 0),
            ("list", mebibytes(38.2, 38.4, 38.3), 1),
            ("del", mebibytes(-7.6), 1),
        ],
        x="growth",
        alt="Bars.",
        caption="Then and now.",
        groups=["then", "now"],
    )


def test_the_words_of_bars_carry_every_figure() -> None:
    (wide, _narrow) = pictures(some_bars())
    told = ElementTree.fromstring(wide).get("aria-label") or ""
    for text in ("Bars.", "classic: 87.5", "list: 38.3", "del: \N{MINUS SIGN}7.6"):
        assert text in told


def test_every_bar_has_the_color_of_its_group() -> None:
    for picture in pictures(some_bars()):
        assert picture.count("fill: var(--figure-1)") == 1
        assert picture.count("fill: var(--figure-2)") == 2


def test_a_long_figure_beside_its_bar_stays_within_the_picture() -> None:
    made = bars(
        [("short", mebibytes(1.0)), ("a label of some length", mebibytes(123456.7))],
        x="size",
        alt="Two bars.",
        caption="Two.",
    )
    widths = [float(width) for width in re.findall(r'viewBox="0 0 ([\d.]+) ', made.html)]
    written = [*places_of(made, "123,456.7 MiB"), *places_of(made, "123,456.7")]
    for (x, _y), width, letters in zip(written, widths, (70, 48), strict=True):
        assert x + letters < width


@pytest.mark.parametrize("turned", [False, True])
def test_bars_in_two_units_are_refused_by_name(turned: bool) -> None:
    pool = Measurement("pool", "KiB", (16.0,), "scale")
    rows = [("an arena", mebibytes(1.0)), ("a pool", pool)]
    with pytest.raises(ValueError, match=r"an arena in MiB|a pool in KiB") as raised:
        bars(rows[::-1] if turned else rows, x="size", alt="Bars.", caption="Sizes.")
    for figure in ("an arena in MiB", "a pool in KiB"):
        assert figure in str(raised.value)


def test_bars_without_a_row_are_refused() -> None:
    with pytest.raises(ValueError, match="no figures"):
        bars([], x="size", alt="Bars.", caption="None.")


def test_more_groups_than_colors_are_refused() -> None:
    rows = [(f"number {place}", mebibytes(1.0), place) for place in range(len(SERIES) + 1)]
    with pytest.raises(ValueError, match="6 groups, and 5 colors"):
        bars(rows, x="size", alt="Bars.", caption="Many.")
