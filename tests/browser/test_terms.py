"""A term of the glossary shows what it means where it stands: by mouse, keyboard and touch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_checks.accessibility import axe, violations
from playwright.sync_api import Browser, Locator, Page, expect
from visits import PHONE, Visit

pytestmark = pytest.mark.browser

CHAPTER = "objects/what-an-object-costs.html"


def card(page: Page) -> Locator:
    return page.locator("#behind-figure:popover-open")


def term(page: Page, name: str = "shallow size") -> Locator:
    return page.locator("article p a.reference, article li a.reference", has_text=name).first


def test_a_term_shows_what_it_means_on_pointing_and_a_click_follows_it(
    visit: Callable[..., Visit],
) -> None:
    page = visit(CHAPTER).page
    term(page).hover()
    expect(card(page)).to_contain_text("sys.getsizeof")
    expect(card(page).locator("code").first).to_be_visible()
    card(page).hover()  # it stays, for its link to be reached
    page.wait_for_timeout(400)
    expect(card(page).get_by_role("link", name="In the glossary")).to_be_visible()
    page.mouse.move(0, 0)
    expect(card(page)).to_have_count(0)
    term(page).click()
    page.wait_for_url("**/reference/glossary.html#term-shallow-size")


def test_a_term_shows_what_it_means_by_keyboard_wherever_it_stands(
    visit: Callable[..., Visit],
) -> None:
    made = visit(CHAPTER)
    axe()
    page = made.page
    last = page.locator("article p a.reference[href*='#term-']").last
    last.focus()  # which scrolls the page
    page.wait_for_timeout(400)
    expect(card(page)).to_be_in_viewport(ratio=0.99)
    expect(last).to_have_attribute("aria-describedby", "behind-figure")
    assert list(violations(made)) == []
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(last).not_to_have_attribute("aria-describedby", "behind-figure")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary.html#term-*")


def test_a_tap_shows_what_a_term_means_and_its_link_leads_on(
    address: str, browser: Browser
) -> None:
    with browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(f"{address}{CHAPTER}")
        term(page).tap()
        expect(card(page)).to_contain_text("shallow size")
        expect(card(page)).to_be_in_viewport(ratio=0.99)
        assert page.url.endswith(CHAPTER)
        card(page).get_by_role("link", name="In the glossary").tap()
        page.wait_for_url("**/reference/glossary.html#term-shallow-size")


def test_one_card_serves_figures_and_terms(visit: Callable[..., Visit]) -> None:
    page = visit(CHAPTER).page
    figure = page.locator("article p button.measured").first
    figure.focus()
    expect(card(page)).to_contain_text("python scripts/")
    term(page).focus()
    expect(card(page)).to_contain_text("In the glossary")
    expect(card(page)).not_to_contain_text("python scripts/")
    expect(page.locator("[aria-describedby='behind-figure']")).to_have_count(1)


def test_the_glossary_explains_its_own_terms(visit: Callable[..., Visit]) -> None:
    page = visit("reference/glossary.html").page
    term(page, "pymalloc").hover()
    expect(card(page)).to_contain_text("In the glossary")


def test_without_scripts_a_term_is_a_link(visit: Callable[..., Visit]) -> None:
    page = visit(CHAPTER, scripts=False).page
    term(page).click()
    page.wait_for_url("**/reference/glossary.html#term-shallow-size")
