"""A figure can be read: in both themes, on every window, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from visits import DESKTOP, PHONE, SMALL_PHONE, Visit

pytestmark = pytest.mark.browser

Color = tuple[float, float, float]

TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
SMALLEST_TEXT = 8.9  # pixels, on the smallest phone

# Every text and every drawn datum of each figure that shows, with its color and its place.
_PARTS = """() => [...document.querySelectorAll('.measured-figure svg')]
  .filter(svg => svg.checkVisibility())
  .map(svg => {
    const place = it => {
      const {left, top, right, bottom} = it.getBoundingClientRect();
      return {left, top, right, bottom};
    };
    let behind = svg;
    while (getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') {
      behind = behind.parentElement;
    }
    return {
      label: svg.getAttribute('aria-label'),
      place: place(svg),
      background: getComputedStyle(behind).backgroundColor,
      texts: [...svg.querySelectorAll('text')].map(it => ({
        text: it.textContent,
        color: getComputedStyle(it).fill,
        size: parseFloat(getComputedStyle(it).fontSize) * svg.getScreenCTM().a,
        place: place(it),
      })),
      data: [...svg.querySelectorAll('path, use, rect, circle')]
        .flatMap(it => ['fill', 'stroke'].filter(
          property => it.style[property].includes('--figure-') &&
            /--figure-[0-9]/.test(it.style[property])
        ).map(property => getComputedStyle(it)[property])),
    };
  })"""


def parts(visit: Visit) -> list[dict[str, Any]]:
    """Return what stands in each figure that shows."""
    found: list[dict[str, Any]] = visit.page.evaluate(_PARTS)
    assert found, "no figure shows"
    return found


def color(css: str) -> Color:
    """Read a computed color."""
    match = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", css)
    assert match, f"{css} is no opaque color"
    red, green, blue = map(int, match.groups())
    return red / 255, green / 255, blue / 255


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colors' luminances, as WCAG 2.2 defines it."""

    def luminance(css: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color(css)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def overlap(one: dict[str, float], other: dict[str, float]) -> float:
    """Return by how many pixels two places overlap, in the direction where they do so less."""
    return min(
        min(one["right"], other["right"]) - max(one["left"], other["left"]),
        min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]),
    )


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


def test_a_figure_stands_out(illustrated_name: str, visit: Callable[..., Visit]) -> None:
    made = visit(illustrated_name)
    for theme in ("light", "dark"):
        made.turn(theme)
        for figure in parts(made):
            for text in figure["texts"]:
                assert contrast(text["color"], figure["background"]) >= TEXT_CONTRAST, text
            assert figure["data"]
            for drawn in set(figure["data"]):
                assert contrast(drawn, figure["background"]) >= SHAPE_CONTRAST, drawn


def test_a_figure_follows_the_theme(illustrated_name: str, visit: Callable[..., Visit]) -> None:
    made = visit(illustrated_name, theme="light")
    light = parts(made)
    made.turn("dark")
    for before, after in zip(light, parts(made), strict=True):
        assert before["background"] != after["background"]
        for one, other in zip(before["texts"], after["texts"], strict=True):
            assert one["color"] != other["color"]
        assert set(before["data"]).isdisjoint(after["data"])


def test_the_words_in_a_figure_are_whole(
    illustrated_name: str, visit: Callable[..., Visit]
) -> None:
    made = visit(illustrated_name)
    wrong = []
    for size in (DESKTOP, PHONE, SMALL_PHONE):
        made.resize(size)
        wrong += [f"at {size[0]} pixels: {it}" for figure in parts(made) for it in flaws(figure)]
    assert not wrong, "\n".join(wrong)


def flaws(figure: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the words in a figure: cut off, too small, on top of others."""
    around = figure["place"]
    for text in figure["texts"]:
        place, words = text["place"], repr(text["text"])
        cut = max(
            *(around[side] - place[side] for side in ("left", "top")),
            *(place[side] - around[side] for side in ("right", "bottom")),
        )
        if cut > 1:
            yield f"{words} is cut off by {cut:.0f} pixels"
        if text["size"] < SMALLEST_TEXT:
            yield f"{words} is {text['size']:.1f} pixels high"
    for one, other in combinations(figure["texts"], 2):
        if overlap(one["place"], other["place"]) > 3:
            yield f"{one['text']!r} lies on {other['text']!r}"


def test_a_figure_shows_without_scripts(illustrated_name: str, visit: Callable[..., Visit]) -> None:
    # The browser runs no script of the page then, but still answers what the test asks.
    for figure in parts(visit(illustrated_name, scripts=False)):
        assert all(
            contrast(text["color"], figure["background"]) >= TEXT_CONTRAST
            for text in figure["texts"]
        )
        assert len(set(figure["data"]) - {"none", "rgb(0, 0, 0)"}) > 0
