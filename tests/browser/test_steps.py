"""A reader steps through a program: by button, by key and by line, and hears each step."""

from __future__ import annotations

import re
from collections.abc import Callable

import built_site
import pytest
from page_checks.accessibility import axe, violations
from playwright.sync_api import Locator, expect
from visits import DESKTOP, PHONE, THEMES, Size, Theme, Visit

pytestmark = pytest.mark.browser

PAGE, NAME = "objects/names-sharing-and-copies.html", "two-names"
#: Every program of the book, with its page.
PROGRAMS = [
    (path.relative_to(built_site.SITE).as_posix(), name)
    for path in sorted(built_site.SITE.rglob("*.html"))
    for name in re.findall(r'<figure class="steps" id="steps-([\w-]+)"', path.read_text("utf-8"))
]


def program(made: Visit, name: str = NAME) -> Locator:
    return made.page.locator(f"#steps-{name}")


def begin(made: Visit, name: str = NAME) -> Locator:
    figure = program(made, name)
    figure.get_by_role("button", name="Step through it").click()
    expect(figure.locator("svg.step")).to_be_visible()
    return figure


def test_there_are_twelve() -> None:
    built_site.need_site()
    assert len({name for _, name in PROGRAMS}) == len(PROGRAMS) == 12


@pytest.mark.parametrize(("page", "name"), PROGRAMS or [(PAGE, NAME)])
def test_each_goes_to_its_end_and_back_by_the_keyboard(
    page: str, name: str, visit: Callable[..., Visit]
) -> None:
    made = visit(page)
    figure = program(made, name)
    figure.get_by_role("button", name="Step through it").press("Enter")
    said = figure.get_by_role("status")
    expect(said).to_contain_text("Before the first line")
    last = int(figure.get_by_label("Step", exact=True).get_attribute("max") or 0)
    assert last >= 6
    sentences = [said.inner_text()]
    for at in range(1, last + 1):
        made.page.keyboard.press("ArrowRight")
        expect(said).to_contain_text(f"Step {at} of {last}")
        sentences.append(said.inner_text())
    made.page.keyboard.press("ArrowRight")  # there is no step after the last
    assert said.inner_text() == sentences[-1]
    for sentence in reversed(sentences[:-1]):
        made.page.keyboard.press("ArrowLeft")
        assert said.inner_text() == sentence
    assert made.complaints == []


def test_nothing_is_fetched_before_it_is_asked_for(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    assert not any("on-demand" in it or "/steps/" in it for it in made.requests)
    assert sum("/steps.js" in it for it in made.requests) == 1
    asked = len(made.requests)
    begin(made)
    fetched = {it.split("?")[0].rsplit("/", 2)[-2] for it in made.asked_since(asked)}
    assert fetched == {"steps", "on-demand"}
    asked = len(made.requests)
    begin(made, "copies")  # the scripts and the style are there: one file more
    assert [it.rsplit("/", 2)[-2] for it in made.asked_since(asked)] == ["on-demand"]


def test_buttons_lines_and_the_slider_lead_to_a_step(visit: Callable[..., Visit]) -> None:
    figure = begin(visit(PAGE))
    said = figure.get_by_role("status")
    figure.get_by_role("button", name="To line 4").click()
    expect(said).to_contain_text("line 4 has run")
    expect(figure.locator(".ran")).to_have_attribute("data-line", "4")
    expect(figure.locator(".next")).to_have_attribute("data-line", "5")
    figure.get_by_role("button", name="Step back").click()
    expect(said).to_contain_text("line 3 has run")
    figure.locator("[data-line='2']").click()  # it has run: from the beginning again
    expect(said).to_contain_text("line 2 has run")
    figure.get_by_label("Step", exact=True).fill("6")
    expect(said).to_contain_text("Step 6 of 7")


def test_a_line_that_runs_more_than_once_is_reached_each_time(visit: Callable[..., Visit]) -> None:
    figure = begin(visit(PAGE, size=DESKTOP), "default-that-keeps")
    places = []
    for _ in range(4):
        figure.locator("[data-line='2']").click()
        places.append(figure.get_by_label("Step", exact=True).input_value())
    assert len({*places}) == 3
    assert places[3] == places[0]


def test_the_keyboard_comes_in_and_goes_out(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    figure = begin(made)
    expect(figure.get_by_role("button", name="Step forward")).to_be_focused()
    made.page.keyboard.press("Tab")
    made.page.keyboard.press("Tab")
    assert not made.page.evaluate(f"document.activeElement.closest('#steps-{NAME}')")
    made.page.keyboard.press("ArrowRight")  # elsewhere, keys are nobody's business
    expect(figure.get_by_role("status")).to_contain_text("Before the first line")


def test_what_has_changed_differs_by_more_than_its_color(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    figure = begin(made)
    for _ in range(3):
        made.page.keyboard.press("ArrowRight")
    assert figure.locator(".changed .c").count() >= 1
    edge = "node => parseFloat(getComputedStyle(node).strokeWidth)"
    changed = figure.locator(".changed .c").first.evaluate(edge)
    same = figure.locator("g:not(.changed) > .c").first.evaluate(edge)
    assert changed > 2 * same


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_everyone_can_use_it(size: Size, theme: Theme, visit: Callable[..., Visit]) -> None:
    axe()
    made = visit(PAGE, size=size, theme=theme)
    for name in ("two-names", "copies", "default-that-keeps"):
        figure = begin(made, name)
        for _ in range(5):
            made.page.keyboard.press("ArrowRight")
        box = figure.locator("svg.step").bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= size[0]
    assert made.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert list(violations(made)) == []


def test_without_scripts_there_is_a_picture_of_every_step(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE, scripts=False, size=PHONE)
    image = program(made).locator("img")
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    expect(image).to_have_attribute("alt", re.compile("At the end: Step 7 of 7, line 7 has run"))
    box = image.bounding_box()
    assert box is not None
    assert box["height"] > 1000
    assert box["x"] + box["width"] <= PHONE[0]
    expect(made.page.get_by_role("button", name="Step through it")).to_have_count(0)


def test_a_file_that_is_not_there_is_said_to_be_missing(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    made.page.route("**/on-demand/*.json", lambda route: route.fulfill(status=404))
    figure = program(made)
    figure.get_by_role("button", name="Step through it").click()
    expect(figure.get_by_role("status")).to_contain_text("Reload the page")
    made.page.unroute("**/on-demand/*.json")
    begin(made)


def test_a_copy_of_the_program_runs(visit: Callable[..., Visit]) -> None:
    figure = begin(visit(PAGE))
    text = figure.locator("pre").evaluate("node => node.textContent")
    compile(text, "copied", "exec")
    assert text.startswith('a = ["ham", "eggs"]\nb = a\n')


def test_a_page_without_a_program_loads_no_script_for_it(visit: Callable[..., Visit]) -> None:
    made = visit("reference/glossary.html")
    assert not any("steps" in it or "fetch.js" in it for it in made.requests)
