"""At each moment a bar of the parts that are alive, as wide as they are large."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from drawings import HOSTILE, SVG, mebibytes, pictures, places_of
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.show.markup import Markup
from book_kit.show.moments import moments


def drawn(alt: str = "Moments.") -> Markup:
    return moments(
        {"old": mebibytes(8.0), "new": mebibytes(32.0)},
        {"before": ["old"], "meanwhile": ["old", "new"], "afterwards": ["new"]},
        alt=alt,
        caption="A copy.",
    )


def bars_of(picture: str) -> list[tuple[float, float, float]]:
    """Return where each bar begins, its height and its width; boxes of the legend are lower."""
    return [
        (float(rect.get("x") or 0), float(rect.get("y") or 0), float(rect.get("width") or 0))
        for rect in ElementTree.fromstring(picture).iter(f"{SVG}rect")
        if float(rect.get("height") or 0) > 20
    ]


def test_each_part_is_as_wide_as_it_is_large() -> None:
    for picture in pictures(drawn()):
        old, old_again, new, new_again = (width for _, _, width in bars_of(picture))
        assert old == old_again
        assert new == new_again
        assert new / old == pytest.approx(4, rel=0.01)


def test_parts_that_are_alive_together_stand_side_by_side() -> None:
    for picture in pictures(drawn()):
        _, (x, y, width), (u, v, _), _ = bars_of(picture)
        assert u == pytest.approx(x + width, abs=0.2)
        assert v == y


def test_the_sum_stands_at_each_moment() -> None:
    assert places_of(drawn(), "40.0 MiB")
    assert places_of(drawn(), "meanwhile: 40.0 MiB")
    assert "meanwhile: old 8.0\N{NO-BREAK SPACE}MiB and new 32.0" in drawn().text


def test_everything_lies_within_the_picture() -> None:
    for picture in pictures(drawn()):
        view = ElementTree.fromstring(picture).get("viewBox") or ""
        _, _, width, height = map(float, view.split())
        assert all(x + w <= width and y < height for x, y, w in bars_of(picture))


def test_parts_in_two_units_are_refused() -> None:
    odd = Measurement("odd", "KiB", (1.0,), "scale")
    with pytest.raises(ValueError, match="odd in KiB"):
        moments({"a": mebibytes(1.0), "odd": odd}, {"now": ["a"]}, alt="A.", caption="C.")


def test_colors_are_those_of_the_theme_and_no_text_passes_for_markup() -> None:
    html = re.sub(r'aria-label="[^"]*"', "", drawn().html)
    assert not re.search(r"(fill|stroke): (?!none|var\(--figure-)", html)
    assert "script" not in Elements(drawn(HOSTILE).html).tags
