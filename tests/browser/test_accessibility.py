"""No rule of axe is broken, on any page, in either theme; there are no exceptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from built_site import NODE_MODULES, need_file
from visits import DESKTOP, PHONE, Theme, Visit

pytestmark = pytest.mark.browser


@cache
def axe() -> str:
    return need_file(NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(visit: Visit) -> list[str]:
    """Return every violation on the page, a line for each place."""
    visit.unfold()
    visit.page.evaluate(axe())
    found: dict[str, Any] = visit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']}: {' '.join(node['failureSummary'].split())}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    ("size", "theme"),
    [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")],
    ids=["desktop-light", "desktop-dark", "phone-light"],
)
def test_everyone_can_use_a_page(
    page_name: str, size: tuple[int, int], theme: Theme, visit: Callable[..., Visit]
) -> None:
    axe()  # before the page is opened in vain
    found = violations(visit(page_name, size=size, theme=theme))
    assert not found, "\n".join(found)


def test_everyone_can_use_the_search_and_its_results(visit: Callable[..., Visit]) -> None:
    axe()
    made = visit("search.html?q=pickle")
    made.page.locator("#search-results li").first.wait_for()
    assert violations(made) == []
    made.page.keyboard.press("Control+k")
    assert violations(made) == []


def test_everyone_can_use_the_contents_on_a_phone(visit: Callable[..., Visit]) -> None:
    axe()
    made = visit("index.html", size=PHONE)
    made.page.locator(".primary-toggle:visible").first.click()
    made.page.locator("#pst-primary-sidebar-modal nav").first.wait_for()
    assert violations(made) == []
