"""The search answers what people ask, as they type it, at the section that answers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from built_site import SITE, need_site
from page_checks import accessibility
from page_checks.accessibility import ALL_RULES
from playwright.sync_api import Browser, Page, expect
from visits import DESKTOP, PHONE, Size, Theme, Visit, new_context, open_page

pytestmark = pytest.mark.browser

FIRST = 3
#: What people type, and the page that must be among the first three: what they ask of memory, then
#: the question of each chapter and the words that it turns on.
ASKED = {
    "oom": "mend/killed-or-growing",
    "killed": "mend/killed-or-growing",
    "137": "mend/killed-or-growing",
    "container killed profiler saw nothing": "mend/killed-or-growing",
    "MemoryError": "mend/killed-or-growing",
    "rss or uss": "memory/three-numbers",
    "rss and heap differ": "memory/three-numbers",
    "keep a leak fixed": "memory/three-numbers",
    "memory leak": "mend/killed-or-growing",
    "memory not released after del": "memory/where-memory-goes",
    "worker grows for ever": "mend/killed-or-growing",
    "unmanaged memory": "memory/where-memory-goes",
    "gc.collect": "memory/where-memory-goes",
    "malloc_trim": "memory/where-memory-goes",
    "lru_cache": "mend/killed-or-growing",
    "what does this object really cost": "objects/what-an-object-costs",
    "peak three times the file": "memory/a-bit-at-a-time",
    "pickle doubles memory": "memory/pickle",
    "multiprocessing pool copies everything": "mend/killed-or-growing",
    "pandas dataframe": "mend/killed-or-growing",
    "how much memory does my program use": "memory/three-numbers",
    "memory_profiler": "memory/three-numbers",
    "tracemalloc": "memory/three-numbers",
    "size of an int": "objects/what-an-object-costs",
    "getsizeof": "objects/what-an-object-costs",
    "empty dict": "objects/what-an-object-costs",
    "reference cycle": "memory/where-memory-goes",
    "generator or list": "memory/where-memory-goes",
    "load a large file": "memory/a-bit-at-a-time",
    "mmap": "memory/a-bit-at-a-time",
    "pickle numpy array": "memory/a-bit-at-a-time",
    "deepcopy": "objects/names-sharing-and-copies",
    "does a list shrink": "objects/containers-that-grow",
    "__slots__": "objects/your-own-classes",
    "dataclass": "objects/your-own-classes",
    "emoji": "objects/text-and-bytes",
    "memoryview": "objects/text-and-bytes",
    "cheat sheet": "reference/cheat-sheet",
    "sizes": "reference/cheat-sheet",
    "print": "reference/cheat-sheet",
    "tuple 48": "reference/then-and-now",
    "python 2.7 version": "reference/then-and-now",
    "python 2": "tutorial/on-trial",
    "theano tutorial": "tutorial/on-trial",
    "arena": "reference/glossary",
}
OPTIONS = "#search-found [role=option]"


@pytest.fixture(scope="module")
def page_of_results(address: str, browser: Browser) -> Page:
    need_site()
    if not (SITE / "pagefind" / "pagefind.js").is_file():
        pytest.skip("the site has no index: there is no Pagefind for this machine")
    return open_page(new_context(browser), address, "search.html").page


def results(page: Page, query: str) -> list[str]:
    """Return the addresses of the sections that are found, best first."""
    page.locator(".search-form input").fill(query)
    expect(page.locator("#search-results [role=status]")).to_contain_text(f"for “{query}”")
    links = page.locator(".search-list a").all()
    return [(link.get_attribute("href") or "").split("/", 3)[-1] for link in links]


def test_forty_questions_are_asked() -> None:
    assert len(ASKED) >= 40


@pytest.mark.parametrize("query", ASKED)
def test_what_people_ask_is_among_the_first_three(query: str, page_of_results: Page) -> None:
    found = results(page_of_results, query)
    assert any(it.startswith(f"{ASKED[query]}.html#") for it in found[:FIRST]), found[:FIRST]


def test_a_part_of_another_word_is_not_found(page_of_results: Page) -> None:
    results(page_of_results, "oom")
    marks = page_of_results.locator(".search-list mark").all_text_contents()
    assert marks
    parts = [re.split(r"\W+", mark.lower()) for mark in marks]  # also of `.State.OOMKilled`
    assert all(any(part.startswith("oom") for part in of_one) for of_one in parts), marks


@pytest.mark.parametrize("query", ["arena", "over-allocation", "resident memory", "fragmentation"])
def test_a_term_of_the_glossary_comes_before_prose(query: str, page_of_results: Page) -> None:
    assert results(page_of_results, query)[0].startswith("reference/glossary.html#term-")


@pytest.mark.parametrize("query", ["getsizeof", "malloc_trim", "tracemalloc", "pickle", "peak"])
def test_what_is_there_to_look_things_up_comes_last(query: str, page_of_results: Page) -> None:
    last = ("reference/bibliography", "reference/claims", "reference/status")
    assert not [it for it in results(page_of_results, query)[:5] if it.startswith(last)]


def test_a_word_that_no_page_has_finds_nothing(page_of_results: Page) -> None:
    assert results(page_of_results, "xylophone") == []


def typed(visit: Visit, query: str) -> Page:
    """Type into the field with the keyboard alone, and wait for what it finds."""
    page = visit.page
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.locator(OPTIONS).first.wait_for()
    return page


def test_nothing_is_fetched_before_the_field_is_used(visit: Callable[..., Visit]) -> None:
    made = visit("objects/what-an-object-costs.html")
    made.page.wait_for_timeout(200)
    assert not [url for url in made.requests if "/pagefind/" in url or "/search/" in url]
    typed(made, "arena")
    assert [url for url in made.requests if "/pagefind/" in url]
    assert made.complaints == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_section_is_found_and_opened_by_keyboard_alone(
    size: Size, visit: Callable[..., Visit]
) -> None:
    made = visit("objects/what-an-object-costs.html", size=size)
    page = typed(made, "container killed")
    field = page.locator(".sidebar-search")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{OPTIONS}[aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    expect(chosen).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**/killed-or-growing.html#killed-and-the-profiler-saw-nothing")
    expect(page.locator(":target h3")).to_be_in_viewport()
    assert made.complaints == []


def test_arrows_go_around_and_escape_closes(visit: Callable[..., Visit]) -> None:
    page = typed(visit("index.html"), "malloc_trim")
    page.keyboard.press("ArrowUp")
    expect(page.locator(OPTIONS).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTIONS).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".search-popup")).to_be_hidden()
    expect(page.locator(".sidebar-search")).to_be_focused()
    expect(page.locator(".sidebar-search")).to_have_value("malloc_trim")
    expect(page.locator(".sidebar-search")).to_have_attribute("aria-expanded", "false")


def test_how_many_were_found_is_announced(visit: Callable[..., Visit]) -> None:
    page = typed(visit("index.html"), "arena")
    status = page.locator(".sidebar-search-container [role=status]")
    expect(status).to_contain_text("sections; arrow keys choose")
    page.locator(".sidebar-search").fill("xylophone")
    expect(status).to_have_text("Nothing found")


def test_a_finger_opens_a_section_on_a_phone(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    try:
        page = open_page(context, address, "index.html", size=PHONE).page
        page.locator("label.nav-overlay-icon").tap()
        page.locator(".sidebar-search").tap()
        page.keyboard.type("fragmentation")
        page.locator(OPTIONS).first.tap()
        page.wait_for_url("**/glossary.html#term-fragmentation")
    finally:
        context.close()


def test_enter_leads_to_all_results(visit: Callable[..., Visit]) -> None:
    page = typed(visit("index.html"), "memory leak")
    shown = page.locator(OPTIONS).count()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=memory+leak")
    expect(page.locator(".search-form input")).to_have_value("memory leak")
    page.locator(".search-list a").first.wait_for()
    assert page.locator(".search-list a").count() >= shown


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_found_can_be_read_by_everyone(
    theme: Theme, size: Size, visit: Callable[..., Visit]
) -> None:
    accessibility.axe()
    made = visit("objects/what-an-object-costs.html", theme=theme, size=size)
    page = typed(made, "memory leak")
    page.keyboard.press("ArrowDown")
    found = list(accessibility.violations(made, ALL_RULES))
    assert not found, "\n".join(found)
    box = page.locator(".search-popup").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]


@pytest.mark.parametrize("field", [".sidebar-search", ".search-form input"])
def test_no_letter_lies_below_the_icon(field: str, visit: Callable[..., Visit]) -> None:
    page = visit("search.html").page
    space = page.locator(field).evaluate(
        """it => {
          const icon = getComputedStyle(it.parentElement, '::before');
          const end = icon.content === 'none' ? 0 : parseFloat(icon.left) + parseFloat(icon.width);
          return parseFloat(getComputedStyle(it).paddingLeft) - end;
        }"""
    )
    assert space >= 4


def test_from_the_disk_sphinx_searches(browser: Browser) -> None:
    need_site()
    context = new_context(browser)
    try:
        made = open_page(context, SITE.as_uri() + "/", "index.html")
        made.page.locator(".sidebar-search").fill("pickle")
        made.page.keyboard.press("Enter")
        found = made.page.locator("ul.search li a")
        found.first.wait_for()
        links = [link.get_attribute("href") or "" for link in found.all()]
        assert any("memory/pickle.html" in link for link in links)
        assert made.complaints == []
    finally:
        context.close()


def test_sphinx_searches_where_the_index_is_out_of_reach(address: str, browser: Browser) -> None:
    context = new_context(browser)
    context.route("**/pagefind/**", lambda route: route.abort())
    try:
        page = open_page(context, address, "search.html?q=pickle").page
        page.locator("ul.search li a").first.wait_for()
        assert page.locator("ul.search").count() == 1
    finally:
        context.close()


def test_without_scripts_the_page_of_results_says_what_it_needs(
    visit: Callable[..., Visit],
) -> None:
    page = visit("index.html", scripts=False).page
    page.locator(".sidebar-search").fill("pickle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=pickle")
    assert "activate JavaScript" in (page.locator("article noscript").text_content() or "")
