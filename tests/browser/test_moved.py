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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tutorial/how-to-measure.html#claim-measure.memray", "reference/instruments-tested"),
        ("tutorial/how-to-measure.html#claim-measure.increment", "memory/three-numbers"),
        ("tutorial/a-bit-at-a-time.html#claim-loading.npz", "memory/saving-what-must-last"),
        ("tutorial/a-bit-at-a-time.html#claim-loading.order", "memory/a-bit-at-a-time"),
    ],
)
def test_a_part_of_a_page_that_became_two_is_found(
    old: str, new: str, visit: Callable[..., Visit]
) -> None:
    part = old.partition("#")[2]
    page = visit(old).page
    page.wait_for_url(f"**/{new}.html#{part}")
    assert page.evaluate("id => document.getElementById(id) !== null", part)


def test_without_scripts_it_leads_there_as_well(visit: Callable[..., Visit]) -> None:
    old, new = sorted(moved().items())[0]
    made = visit(old, scripts=False)
    made.page.wait_for_url(f"**/{new}")
