"""The ledger can be narrowed, what is left can be sent, and each row can be pointed to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_checks.accessibility import axe, violations
from playwright.sync_api import Locator, Page, expect
from visits import DESKTOP, PHONE, Size, Visit

pytestmark = pytest.mark.browser

LEDGER = "reference/claims.html"


def field(page: Page) -> Locator:
    return page.locator(".ledger-filter input")


def rows(page: Page) -> Locator:
    return page.locator(".ledger tbody tr:visible")


def test_words_narrow_the_ledger_and_are_counted(visit: Callable[..., Visit]) -> None:
    page = visit(LEDGER).page
    everything = rows(page).count()
    assert everything > 200
    field(page).fill("PICKLE protocol")
    found = rows(page)
    assert 0 < found.count() < everything
    for text in found.locator("th").all_text_contents():
        assert "pickle" in text.lower()
        assert "protocol" in text.lower()
    expect(page.locator(".ledger-filter output")).to_have_text(
        f"{found.count()} of {everything} claims"
    )


def test_a_table_without_a_row_is_not_shown(visit: Callable[..., Visit]) -> None:
    page = visit(LEDGER).page
    field(page).fill("T13")
    assert page.locator("article h2:visible").count() == page.locator(".ledger:visible").count()
    assert page.locator(".ledger:visible").count() < page.locator(".ledger").count()
    field(page).fill("no claim has these words")
    expect(page.locator("article h2:visible")).to_have_count(0)
    expect(page.locator(".ledger-filter output")).to_contain_text("0 of")


def test_a_verdict_narrows_the_ledger(visit: Callable[..., Visit]) -> None:
    page = visit(LEDGER).page
    for verdict in ("holds", "fails", "unmeasured"):
        page.locator(".ledger-filter select").select_option(verdict)
        expect(rows(page)).to_have_count(page.locator(f".ledger .claim-verdict.{verdict}").count())


def test_what_was_asked_for_is_in_the_address(visit: Callable[..., Visit]) -> None:
    page = visit(LEDGER).page
    field(page).fill("pickle")
    page.locator(".ledger-filter select").select_option("holds")
    left = rows(page).count()
    assert "?q=pickle&verdict=holds" in page.url
    sent = visit(page.url.partition("/reference/")[2].join(["reference/", ""])).page
    expect(field(sent)).to_have_value("pickle")
    expect(rows(sent)).to_have_count(left)
    field(sent).fill("")
    assert "q=" not in sent.url


def test_a_row_that_is_named_shows_whatever_was_asked_for(visit: Callable[..., Visit]) -> None:
    page = visit(f"{LEDGER}?q=pickle#T3").page
    expect(page.locator("[id='T3']")).to_be_in_viewport()
    expect(field(page)).to_have_value("")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_row_that_the_address_names_is_marked_and_clear_of_the_header(
    size: Size, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{LEDGER}#T13", size=size).page
    row = page.locator("[id='T13']")
    expect(row).to_be_in_viewport(ratio=0.99)
    background = "it => getComputedStyle(it).backgroundColor"
    marked = row.locator("th").evaluate(background)
    assert marked != page.locator("[id='T3'] th").evaluate(background)
    assert covered(row) is None


def covered(target: Locator) -> object:
    """Return what lies on the upper edge of an element, if anything does."""
    return target.evaluate(
        """it => {
          const {left, top} = it.getBoundingClientRect();
          const found = document.elementFromPoint(left + 20, top + 6);
          return it.contains(found) ? null : found.outerHTML.slice(0, 120);
        }"""
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_each_measured_row_draws_its_figure_against_its_bound(
    size: Size, visit: Callable[..., Visit]
) -> None:
    page = visit(LEDGER, size=size).page
    drawn = page.locator(".ledger tr:has(button.measured) svg.bound:visible")
    expect(drawn).to_have_count(page.locator(".ledger tr:has(button.measured)").count())
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.ledger tr:has(.holds) svg.bound')].filter(svg => {
          const [, band, measured] = [...svg.children].map(it => it.getBBox());
          return measured.x < band.x - 1
            || measured.x + measured.width > band.x + band.width + 1;
        }).length"""
    )
    assert outside == 0


def test_the_contents_of_the_page_list_its_tables(visit: Callable[..., Visit]) -> None:
    page = visit(LEDGER, size=(1600, 900)).page
    headings = page.locator("article h2").evaluate_all("all => all.map(it => it.firstChild.data)")
    links = page.locator(".toc-tree a[href^='#']:visible").all_text_contents()
    assert len(headings) > 5
    assert links == headings
    page.locator(".toc-tree a[href^='#']:visible").last.click()
    expect(page.locator("article h2").last).to_be_in_viewport()


def test_without_scripts_all_rows_show_and_no_field(visit: Callable[..., Visit]) -> None:
    page = visit(LEDGER, scripts=False).page
    expect(page.locator(".ledger-filter")).to_be_hidden()
    assert rows(page).count() > 200


def test_paper_has_all_rows_and_no_field(visit: Callable[..., Visit]) -> None:
    page = visit(f"{LEDGER}?q=pickle").page
    page.emulate_media(media="print")
    expect(page.locator(".ledger-filter")).to_be_hidden()
    expect(rows(page)).to_have_count(page.locator(".ledger tbody tr").count())


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_everyone_can_use_the_narrowed_ledger(size: Size, visit: Callable[..., Visit]) -> None:
    axe()
    made = visit(f"{LEDGER}?q=list", size=size)
    assert list(violations(made)) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_from_a_claim_its_runs_its_script_and_its_row_are_one_step(
    size: Size, visit: Callable[..., Visit]
) -> None:
    page = visit("objects/what-an-object-costs.html#claim-T3.formula", size=size).page
    claim = page.locator("[id='claim-T3.formula']")
    expect(claim).to_be_in_viewport()
    assert covered(claim) is None
    assert claim.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    claim.locator("a.claim-id").click()
    assert page.url.endswith("#claim-T3.formula")
    claim.get_by_role("link", name="runs").click()
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text("bits in the integer")
    page.go_back()
    claim.get_by_role("link", name="script").click()
    expect(page.locator(":target")).to_contain_text("int-growth")
    expect(page.locator(":target")).to_be_in_viewport()
    page.go_back()
    claim.get_by_role("link", name="ledger").click()
    page.wait_for_url("**/reference/claims.html#T3.formula")
    expect(page.locator("[id='T3.formula']")).to_be_in_viewport()
