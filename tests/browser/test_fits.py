"""Code fits where it is shown, and the data of figures stay folded on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built_site import chapter_names, illustrated_names
from visits import PHONE, Visit

pytestmark = pytest.mark.browser

DESKTOP_OF_1440 = (1440, 900)
_TOO_WIDE = """() => [...document.querySelectorAll('article pre')]
  .filter(it => it.scrollWidth > it.clientWidth + 1)
  .map(it => `${it.scrollWidth} in ${it.clientWidth}: ${it.textContent.slice(0, 60)}`)"""
_BROKEN = """() => [...document.querySelectorAll('article code.unbroken, article code .unbroken')]
  .filter(it => !it.closest('.measured-table') && it.getClientRects().length > 1)
  .map(it => it.textContent)"""
_LINES = """() => [...document.querySelectorAll('article details pre')].map(it => {
  const letters = document.createElement('span');
  letters.textContent = 'm'.repeat(100);
  it.append('\\n', letters);
  const fits = letters.getClientRects().length === 1 && letters.offsetWidth <= it.clientWidth;
  letters.previousSibling.remove();
  letters.remove();
  return fits;
})"""


@pytest.mark.parametrize("name", chapter_names() or ["no page"])
def test_scripts_and_outputs_fit_on_a_desktop(name: str, next_visit: Callable[..., Visit]) -> None:
    made = next_visit(name)
    made.resize(DESKTOP_OF_1440)
    made.unfold()
    assert made.page.evaluate(_TOO_WIDE) == []
    assert all(made.page.evaluate(_LINES)), "a line of a hundred letters goes on below"


@pytest.mark.parametrize("name", chapter_names() or ["no page"])
def test_no_option_and_no_short_code_breaks_on_a_phone(
    name: str, next_visit: Callable[..., Visit]
) -> None:
    made = next_visit(name)
    made.resize(PHONE)
    made.unfold()
    assert made.page.evaluate("document.querySelectorAll('article .unbroken').length") > 0
    assert made.page.evaluate(_BROKEN) == []


def test_on_paper_solutions_are_unfolded_and_the_data_of_figures_are_not(
    visit: Callable[..., Visit],
) -> None:
    page = visit("memory/where-memory-goes.html").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details.sd-dropdown:not([open])").count() == 0
    assert page.locator("details.figure-data[open]").count() == 0
    assert not page.locator("details.figure-data").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.sd-dropdown[open]").count() == 0


def test_a_claim_that_is_folded_unfolds_where_an_address_leads_to_it(
    visit: Callable[..., Visit],
) -> None:
    page = visit("memory/where-memory-goes.html").page
    claim = page.locator("[id='claim-T16.rare']")
    assert not claim.is_visible()
    page.evaluate("location.hash = '#claim-T16.rare'")
    claim.wait_for(state="visible")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_changed_from_a_version_to_the_next_carries_a_sign(
    theme: str, visit: Callable[..., Visit]
) -> None:
    page = visit("reference/then-and-now.html", theme=theme).page
    signs = page.evaluate("""() => [...document.querySelectorAll('td.changed')].map(
      it => getComputedStyle(it, '::before').content[1])""")
    assert set(signs) == {"\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"}


@pytest.mark.parametrize("name", illustrated_names() or ["no page"])
def test_the_data_of_each_figure_open_on_a_phone(
    name: str, next_visit: Callable[..., Visit]
) -> None:
    made = next_visit(name)
    made.resize(PHONE)
    tables = made.page.locator(".figure-data")
    tables.first.locator("summary").click()
    assert tables.first.locator("table").is_visible()
    assert made.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
