"""A page fits its window, and its figures are drawn for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from visits import DESKTOP, PHONE, SMALL_PHONE, Visit

pytestmark = pytest.mark.browser

# What sticks out and has nothing around it that scrolls.
_STICKING_OUT = """() => {
  const scrolls = it => it && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(it).overflowX)
    || scrolls(it.parentElement));
  return [...document.querySelectorAll('main *')]
    .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !scrolls(it.parentElement))
    .map(it => it.outerHTML.slice(0, 120));
}"""


def test_a_page_fits_a_phone(page_name: str, visit: Callable[..., Visit]) -> None:
    made = visit(page_name, size=PHONE)
    made.unfold()
    for theme in ("light", "dark"):
        made.turn(theme)
        for size in (PHONE, SMALL_PHONE):
            made.resize(size)
            width = made.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size[0], "\n".join(made.page.evaluate(_STICKING_OUT))


def test_each_figure_shows_once(illustrated_name: str, visit: Callable[..., Visit]) -> None:
    made = visit(illustrated_name)
    figures = made.page.locator(".measured-figure").all()
    assert figures
    for size, shown, hidden in ((DESKTOP, "wide", "narrow"), (PHONE, "narrow", "wide")):
        made.resize(size)
        for figure in figures:
            assert figure.locator(f"svg.{shown}").is_visible()
            assert not figure.locator(f"svg.{hidden}").is_visible()
