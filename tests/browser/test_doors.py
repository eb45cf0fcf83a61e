"""Each reader's way in: three doors on the front page, and from the first of them to a remedy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from visits import DESKTOP, PHONE, Size, Visit

pytestmark = pytest.mark.browser

DOORS = {"Mend it": "mend", "Understand it": "objects", "Teach it": "teach"}


@pytest.mark.parametrize(("door", "leads_to"), DOORS.items())
def test_a_door_opens(door: str, leads_to: str, visit: Callable[..., Visit]) -> None:
    made = visit("index.html")
    made.page.locator(".sd-card", has_text=door).get_by_role("link").focus()
    made.page.keyboard.press("Enter")
    made.page.wait_for_url(f"**/{leads_to}/**")
    assert made.page.locator("h1").first.is_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_curve_and_every_cause_leads_to_its_part_of_the_page(
    size: Size, visit: Callable[..., Visit]
) -> None:
    made = visit("mend/killed-or-growing.html", size=size)
    links = made.page.locator(".curves a")
    assert links.count() >= 4 + 8
    for number in range(links.count()):
        link = links.nth(number)
        link.focus()
        made.page.keyboard.press("Enter")
        target = made.page.locator(link.get_attribute("href") or "")
        assert target.evaluate("e => Math.abs(e.getBoundingClientRect().top) < innerHeight / 2"), (
            link.inner_text()
        )
    assert made.complaints == []


def test_the_curves_are_on_the_first_screen(visit: Callable[..., Visit]) -> None:
    made = visit("mend/killed-or-growing.html", size=DESKTOP)
    box = made.page.locator(".curves > ul").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < DESKTOP[1]
