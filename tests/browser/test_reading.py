"""What a reader does with the book works: search, copy, theme, keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built_site import chapter_names
from playwright.sync_api import Page, expect
from visits import PHONE, Visit

pytestmark = pytest.mark.browser

_FOCUSED = "document.activeElement"


def page_with(selector: str, visit: Callable[..., Visit]) -> Page:
    """Open a chapter that holds an element."""
    for name in chapter_names():
        page = visit(name).page
        if page.locator(f"article {selector}").count():
            return page
    pytest.fail(f"no chapter has {selector}")


def test_the_search_finds_a_word(visit: Callable[..., Visit]) -> None:
    page = visit("index.html").page
    page.locator(".search-button-field").click()
    page.locator("#pst-search-dialog input").fill("pickle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=pickle")
    results = page.locator("#search-results li a")
    results.first.wait_for()
    links = [link.get_attribute("href") or "" for link in results.all()]
    assert any("pickle-and-flat-files.html" in link for link in links)
    results.first.click()
    expect(page.locator("article h1")).to_be_visible()


def test_the_search_opens_from_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit("index.html").page
    page.keyboard.press("Control+k")
    expect(page.locator("#pst-search-dialog input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#pst-search-dialog")).not_to_be_visible()


def test_code_can_be_copied(visit: Callable[..., Visit]) -> None:
    page = page_with("div.cell_input", visit)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("article div.cell_input div.highlight").first
    block.hover()
    block.locator("button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (block.locator("pre").text_content() or "").strip()


def test_the_theme_can_be_chosen_and_stays(visit: Callable[..., Visit]) -> None:
    page = visit("index.html", theme="light").page
    background = "getComputedStyle(document.body).backgroundColor"
    theme = "document.documentElement.dataset.theme"
    light = page.evaluate(background)
    assert page.evaluate(theme) == "light"
    while page.evaluate("document.documentElement.dataset.mode") != "dark":
        page.locator(".theme-switch-button:visible").first.click()
    assert page.evaluate(theme) == "dark"
    assert page.evaluate(background) != light
    page.reload()
    assert page.evaluate(theme) == "dark"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_first_visit_has_the_theme_of_the_system_before_scripts_run(
    theme: str, visit: Callable[..., Visit]
) -> None:
    made = visit("index.html", theme=theme)
    page = made.page
    page.evaluate("localStorage.clear()")
    page.route("**/pydata-sphinx-theme.js*", lambda route: route.abort())
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == theme


def test_the_first_stop_of_the_keyboard_skips_to_the_text(visit: Callable[..., Visit]) -> None:
    page = visit("index.html").page
    page.keyboard.press("Tab")
    assert page.evaluate(f"{_FOCUSED}.textContent") == "Skip to main content"
    expect(page.locator("#pst-skip-link a")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"


def test_what_is_folded_opens_from_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = page_with("details", visit)
    folded = page.locator("article details").first
    before = folded.evaluate("it => it.open")
    folded.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert folded.evaluate("it => it.open") is not before


def test_the_contents_open_and_close_on_a_phone(visit: Callable[..., Visit]) -> None:
    page = visit("index.html", size=PHONE).page
    link = page.locator(".bd-sidenav a").last
    expect(link).not_to_be_visible()
    page.locator(".primary-toggle:visible").first.click()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
