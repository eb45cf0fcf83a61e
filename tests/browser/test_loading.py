"""A page loads from the site alone, in peace, and in one go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from visits import Visit

pytestmark = pytest.mark.browser

#: Bytes, uncompressed.  The theme's script of icons, which the book leaves out, has 1.5 million.
HEAVIEST = 2_000_000


def use(visit: Visit) -> None:
    """Do with a page what its readers do: point, unfold, search, change its theme, read on."""
    page = visit.page
    visit.unfold()
    for button in page.locator("button:visible").all():
        button.hover()
    for number in page.locator(".measured:visible").all()[:3]:
        number.hover()
    page.keyboard.press("Control+k")
    page.locator("form.bd-search input:visible").first.fill("pickle")
    page.keyboard.press("Escape")
    for _mode in ("light", "dark", "auto"):
        page.locator(".theme-switch-button:visible").first.click()
    page.keyboard.press("End")
    page.wait_for_timeout(50)  # for what scrolling might ask for


def test_a_page_is_light_and_asks_no_third_party_and_complains_of_nothing(
    page_name: str,
    address: str,
    visit: Callable[..., Visit],
    record_property: Callable[[str, object], None],
) -> None:
    made = visit(page_name)
    print(f"{page_name}: {made.weight / 1e6:.2f} MB in {len(made.requests)} requests")
    record_property("bytes", made.weight)
    assert made.weight < HEAVIEST
    use(made)
    assert [url for url in made.requests if not url.startswith((address, "data:"))] == []
    assert made.complaints == []
