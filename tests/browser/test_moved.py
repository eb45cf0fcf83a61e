"""An address that a page has had leads to where it is now, with the part that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built_site import moved
from visits import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("old", sorted(moved()))
def test_an_old_address_leads_to_the_page(old: str, visit: Callable[..., Visit]) -> None:
    made = visit(f"{old}#exercises")
    made.page.wait_for_url(f"**/{moved()[old]}#exercises")
    assert made.page.locator("h1").first.is_visible()
    assert made.complaints == []


def test_without_scripts_it_leads_there_as_well(visit: Callable[..., Visit]) -> None:
    old, new = sorted(moved().items())[0]
    made = visit(old, scripts=False)
    made.page.wait_for_url(f"**/{new}")
