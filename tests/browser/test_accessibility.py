"""No rule of axe is broken by what opens on a page either."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_checks.accessibility import axe, violations
from visits import PHONE, Visit

pytestmark = pytest.mark.browser


def test_everyone_can_use_the_search_and_its_results(visit: Callable[..., Visit]) -> None:
    axe()  # before the page is opened in vain
    made = visit("search.html?q=pickle")
    made.page.locator("#search-results li").first.wait_for()
    assert list(violations(made)) == []
    made.page.keyboard.press("Control+k")
    assert list(violations(made)) == []


def test_everyone_can_use_the_contents_on_a_phone(visit: Callable[..., Visit]) -> None:
    axe()
    made = visit("index.html", size=PHONE)
    made.page.locator(".nav-overlay-icon:visible").click()
    made.page.locator(".sidebar-tree a").last.wait_for()
    assert list(violations(made)) == []


def test_everyone_can_use_what_stands_behind_a_figure(visit: Callable[..., Visit]) -> None:
    axe()
    made = visit("index.html")
    made.page.locator("article button.measured:visible").first.focus()
    made.page.locator("#behind-figure:popover-open").wait_for()
    assert list(violations(made)) == []
