"""What a reader does with the book works: search, copy, theme, keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from built_site import chapter_names
from playwright.sync_api import Browser, Locator, Page, expect
from visits import DESKTOP, PHONE, Size, Visit

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
    page.locator(".sidebar-search").fill("pickle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=pickle*")
    results = page.locator("#search-results li a")
    results.first.wait_for()
    links = [link.get_attribute("href") or "" for link in results.all()]
    assert any("memory/pickle.html" in link for link in links)
    results.first.click()
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_the_search_is_reached_from_the_keyboard(
    key: str, size: Size, visit: Callable[..., Visit]
) -> None:
    page = visit("index.html", size=size).page
    page.keyboard.press(key)
    expect(page.locator(".sidebar-search")).to_be_focused()
    expect(page.locator(".sidebar-search")).to_be_in_viewport()


def behind(page: Page) -> Locator:
    return page.locator("#behind-figure:popover-open")


def test_a_figure_shows_what_stands_behind_it_on_pointing(visit: Callable[..., Visit]) -> None:
    page = page_with("p button.measured", visit)
    figure = page.locator("article p button.measured").first
    figure.hover()
    expect(behind(page)).to_contain_text(figure.text_content() or "no text")
    expect(behind(page)).to_contain_text(re.compile("one run|median of"))
    expect(behind(page)).to_contain_text("python scripts/")
    behind(page).hover()  # it stays, for its links to be reached
    page.wait_for_timeout(400)
    expect(behind(page)).to_be_visible()
    page.mouse.move(0, 0)
    expect(behind(page)).to_have_count(0)


def test_a_figure_shows_what_stands_behind_it_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = page_with("p button.measured", visit)
    page.locator("article p button.measured").first.focus()
    expect(behind(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(behind(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(behind(page)).to_be_visible()


def test_a_figure_shows_what_stands_behind_it_on_a_tap(address: str, browser: Browser) -> None:
    with browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(f"{address}{chapter_names()[0]}")
        expect(page.locator("button.copybtn").first).to_have_css("opacity", "1")  # nothing hovers
        page.locator("article p button.measured").first.tap()
        expect(behind(page)).to_be_in_viewport(ratio=0.99)
        claim = behind(page).locator("a").first
        address_of_claim = claim.get_attribute("href") or ""
        claim.tap()
        page.wait_for_url(f"**{address_of_claim.lstrip('./')}")
        expect(page.locator(f"[id='{address_of_claim.partition('#')[2]}']")).to_be_in_viewport()


def test_without_scripts_a_figure_says_it_in_its_title(visit: Callable[..., Visit]) -> None:
    page = visit("index.html", scripts=False).page
    title = page.locator("article button.measured").first.get_attribute("title")
    assert re.match("one run|median of", title or "")


def test_code_can_be_copied(visit: Callable[..., Visit]) -> None:
    page = page_with("div.cell_input", visit)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    block = page.locator("article div.cell_input div.highlight").first
    block.hover()
    block.locator("button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == (block.locator("pre").text_content() or "").strip()


def test_the_theme_can_be_chosen_and_stays(visit: Callable[..., Visit]) -> None:
    page = visit("index.html", theme="light").page
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    while page.evaluate("document.body.dataset.theme") != "dark":
        page.locator(".theme-toggle:visible").first.click()
    dark = page.evaluate(background)
    assert dark != light
    page.reload()
    assert page.evaluate(background) == dark


def test_a_first_visit_has_the_theme_of_the_system_without_scripts(
    visit: Callable[..., Visit],
) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light, dark = (
        visit("index.html", theme=theme, scripts=False)
        .page.locator("body")
        .evaluate("it => getComputedStyle(it).backgroundColor")
        for theme in ("light", "dark")
    )
    assert light != dark
    assert visit("index.html", theme="dark").page.evaluate(background) == dark


def test_nothing_but_the_site_s_own_files_runs(visit: Callable[..., Visit]) -> None:
    made = visit("index.html")
    ran = made.page.evaluate(
        """() => new Promise(answer => {
          addEventListener('securitypolicyviolation', event => answer(event.violatedDirective));
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          setTimeout(() => answer('nothing was refused'), 2000);
        })"""
    )
    assert ran.startswith("script-src")
    assert made.page.evaluate("window.ran") is None


def test_the_first_stop_of_the_keyboard_skips_to_the_text(visit: Callable[..., Visit]) -> None:
    page = visit("index.html").page
    page.keyboard.press("Tab")
    assert page.evaluate(f"{_FOCUSED}.textContent.trim()") == "Skip to content"
    expect(page.locator(".skip-to-content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#furo-main-content"


def test_what_is_folded_opens_from_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = page_with("details", visit)
    folded = page.locator("article details").first
    before = folded.evaluate("it => it.open")
    folded.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert folded.evaluate("it => it.open") is not before


def test_the_contents_open_and_close_on_a_phone(visit: Callable[..., Visit]) -> None:
    page = visit("index.html", size=PHONE).page
    link = page.locator(".sidebar-tree a").first
    expect(link).not_to_be_in_viewport()
    page.locator(".nav-overlay-icon:visible").click()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(link).not_to_be_in_viewport()


@pytest.mark.parametrize("name", ["reference/claims.html", "reference/your-numbers.html"])
def test_no_figure_of_the_ledger_is_off_a_phone_s_screen(
    name: str, visit: Callable[..., Visit]
) -> None:
    page = visit(name, size=PHONE).page
    off = page.evaluate(
        """() => [...document.querySelectorAll('.cards td, .cards th')]
          .filter(it => it.checkVisibility())
          .filter(it => it.getBoundingClientRect().right > innerWidth
            || it.scrollWidth > it.clientWidth + 1)
          .map(it => it.textContent)"""
    )
    assert page.locator(".cards td").count() > 100
    assert off == []


def test_paper_is_light_and_nothing_on_it_is_folded(visit: Callable[..., Visit]) -> None:
    page = page_with("details", lambda name: visit(name, theme="dark"))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    # The numbers below a figure say nothing that the figure does not; scripts are long, and claims
    # stand in the ledger.
    left = ".figure-data, .harness, .claims"
    folded = f"document.querySelectorAll('article details:not([open], {left})').length"
    before = page.evaluate(folded)
    assert before
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(folded) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded) == before


def test_what_was_typed_is_copied_without_its_prompt(visit: Callable[..., Visit]) -> None:
    page = page_with("div.cell_output pre:has-text('$ python ')", visit)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("article div.cell_output div.highlight", has_text="$ python ").first
    block.hover()
    block.locator("button.copybtn").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("python scripts/")


def test_each_chapter_says_which_it_is_and_of_how_many(visit: Callable[..., Visit]) -> None:
    names = [name for name in chapter_names() if not name.startswith(("tutorial/", "mend/"))]
    said = [visit(name).page.locator(".chapter-number").text_content() or "" for name in names]
    assert sorted(text.strip() for text in said) == sorted(
        f"Chapter {number} of {len(names)}" for number in range(1, len(names) + 1)
    )


def test_a_card_of_the_front_page_leads_where_it_says(visit: Callable[..., Visit]) -> None:
    page = visit("index.html").page
    card = page.locator(".sd-card").first
    title = (card.locator(".sd-card-footer").text_content() or "").strip()
    card.click()
    expect(page.locator("article h1")).to_contain_text(title)
