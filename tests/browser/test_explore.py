"""A reader explores figures: by keyboard, from a link, and without scripts."""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from built_site import SITE
from page_checks.accessibility import axe, violations
from playwright.sync_api import Locator, Page, expect
from visits import PHONE, THEMES, Theme, Visit

pytestmark = pytest.mark.browser

#: Each figure, and the page that it stands on.
FIGURES = {
    "growth": "objects/containers-that-grow.html",
    "survivors": "memory/where-memory-goes.html",
    "stairs": "memory/pickle.html",
    "sizes": "reference/then-and-now.html",
    "points": "objects/your-own-classes.html",
}
WIDTH, WIDTH_PAGE = "width", "objects/text-and-bytes.html"
EVERY = {**FIGURES, WIDTH: WIDTH_PAGE}
TEXTS = ["", "a", "é", "plain", "naïve café", "€uro", "Łódź", "नमस्ते", "a 🐍", "é" * 2000]


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def files(figure: Locator) -> list[list[str]]:
    """Return the parts of every combination, as the files beside the page have them."""
    sources = figure.locator("[data-source]").evaluate_all(
        "all => all.map(it => new URL(it.dataset.source, document.baseURI).pathname)"
    )
    return [view for path in sources for view in json.loads((SITE / path.lstrip("/")).read_text())]


def controls(figure: Locator) -> list[Locator]:
    return figure.locator(".explore-control").all()


def options(control: Locator) -> list[str]:
    """Return the values that a control has."""
    slider = control.locator("[type=range]")
    if slider.count():
        return (slider.get_attribute("data-values") or "").split(" ")
    values: list[str] = control.locator("option, input").evaluate_all(
        "all => all.map(it => it.value)"
    )
    return values


def place(control: Locator) -> int:
    """Return which option is chosen."""
    return int(
        control.evaluate(
            "it => { const many = [...it.querySelectorAll('option, input[type=radio]')];"
            " return many.length ? many.findIndex(it => it.selected || it.checked)"
            " : it.querySelector('input').value }"
        )
    )


def chosen(figure: Locator) -> int:
    """Return the number of the combination that the controls say."""
    number = 0
    for control in controls(figure):
        number = number * len(options(control)) + place(control)
    return number


def step(page: Page, control: Locator, key: str) -> None:
    control.locator("select, input:checked, [type=range]").first.focus()
    page.keyboard.press(key)


def rendered(page: Page, html: str) -> str:
    """Return the words of a piece of HTML, as a browser reads them."""
    return words(
        page.evaluate(
            "html => { const it = document.createElement('div'); it.innerHTML = html;"
            " return it.textContent }",
            html,
        )
    )


def shows(made: Visit, figure: Locator, view: list[str]) -> None:
    """Check that a figure shows one combination: its sentence, its picture and its numbers."""
    picture, said, data = (rendered(made.page, part) for part in view)
    expect(figure.locator(".explore-said")).to_have_text(said)
    assert words(figure.locator("figure").text_content()) == picture
    assert words(figure.locator(".figure-data").text_content()) == data
    outlines = re.findall(r' d="([^"]*)"', view[0])
    assert (
        figure.locator("figure path").evaluate_all("all => all.map(it => it.getAttribute('d'))")
        == outlines
    )


@pytest.mark.parametrize("name", FIGURES)
def test_the_keyboard_changes_each_control_and_the_figure_follows(
    name: str, visit: Callable[..., Visit]
) -> None:
    made = visit(FIGURES[name])
    figure = made.page.locator(f"#{name}")
    views = files(figure)
    shows(made, figure, views[chosen(figure)])
    for control in controls(figure):
        before, last = place(control), len(options(control)) - 1
        step(made.page, control, "ArrowDown" if before < last else "ArrowUp")
        expect(control).to_be_visible()
        assert place(control) != before
        shows(made, figure, views[chosen(figure)])
    assert made.complaints == []


@pytest.mark.parametrize("name", FIGURES)
def test_there_is_a_view_for_each_combination_and_no_two_are_alike(
    name: str, visit: Callable[..., Visit]
) -> None:
    figure = visit(FIGURES[name]).page.locator(f"#{name}")
    views = files(figure)
    wanted = list(itertools.product(*(options(it) for it in controls(figure))))
    assert len(views) == len(wanted)
    if name != "sizes":  # of which many are as large as others, on all Pythons
        assert len({said for _, said, _ in views}) == len(views)


@pytest.mark.parametrize("name", FIGURES)
def test_a_link_leads_to_the_same_choice(name: str, visit: Callable[..., Visit]) -> None:
    made = visit(FIGURES[name])
    figure = made.page.locator(f"#{name}")
    for control in controls(figure):
        step(made.page, control, "ArrowUp" if place(control) else "ArrowDown")
    views, number = files(figure), chosen(figure)
    shows(made, figure, views[number])
    figure.get_by_role("link", name="Link to this choice").press("Enter")
    made.page.wait_for_url(f"**?*#{name}")
    assert chosen(figure) == number
    shows(made, figure, views[number])
    expect(figure).to_be_in_viewport()


def test_a_link_that_names_no_choice_leaves_the_figure_as_it_is(
    visit: Callable[..., Visit],
) -> None:
    made = visit(FIGURES["growth"] + "?growth.container=basket&growth.python=3.8#growth")
    figure = made.page.locator("#growth")
    expect(figure.get_by_label("Compared with")).to_have_value("3.8")
    expect(figure.get_by_role("radio", name="dict")).to_be_checked()
    shows(made, figure, files(figure)[chosen(figure)])


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_fetched_before_a_control_is_touched(
    name: str, visit: Callable[..., Visit]
) -> None:
    made = visit(EVERY[name])
    made.page.wait_for_load_state("networkidle")
    assert not [url for url in made.requests if "on-demand" in url]
    asked = len(made.requests)
    figure = made.page.locator(f"#{name}")
    if name == WIDTH:
        figure.get_by_label("Any text").fill("plain")
        assert made.asked_since(asked) == []
        return
    control = controls(figure)[0]
    step(made.page, control, "ArrowUp" if place(control) else "ArrowDown")
    shows(made, figure, files(figure)[chosen(figure)])
    assert any("fetch.js" in url for url in made.asked_since(asked))
    assert len([url for url in made.asked_since(asked) if url.endswith(".json")]) == 1


def test_a_table_that_is_open_stays_open(visit: Callable[..., Visit]) -> None:
    made = visit(FIGURES["points"])
    figure = made.page.locator("#points")
    figure.locator(".figure-data summary").click()
    step(made.page, controls(figure)[0], "ArrowRight")
    shows(made, figure, files(figure)[chosen(figure)])
    expect(figure.locator(".figure-data table")).to_be_visible()


def test_a_file_that_cannot_be_had_is_said(visit: Callable[..., Visit]) -> None:
    made = visit(FIGURES["points"])
    made.page.route("**/on-demand/*.json", lambda route: route.fulfill(status=404))
    figure = made.page.locator("#points")
    step(made.page, controls(figure)[0], "ArrowRight")
    expect(figure.locator(".explore-said")).to_have_text("It is not where it was. Reload the page.")


@pytest.mark.parametrize("name", EVERY)
def test_without_scripts_the_picture_and_its_sentence_are_there(
    name: str, visit: Callable[..., Visit]
) -> None:
    figure = visit(EVERY[name], scripts=False).page.locator(f"#{name}")
    expect(figure.locator("figure")).to_be_visible()
    expect(figure.locator(".explore-said")).to_be_visible()
    expect(figure.locator(".explore-controls")).to_be_hidden()
    if name != WIDTH:
        expect(figure.locator("svg.wide")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", EVERY)
def test_everyone_can_use_it_on_a_phone(
    name: str, theme: Theme, visit: Callable[..., Visit]
) -> None:
    axe()
    made = visit(EVERY[name], size=PHONE, theme=theme)
    figure = made.page.locator(f"#{name}")
    if name == WIDTH:
        figure.get_by_label("Any text").fill("wide 🐍 " * 40)
    else:
        for control in controls(figure):
            step(made.page, control, "End")
        shows(made, figure, files(figure)[chosen(figure)])
    made.page.evaluate("scrollTo(0, 0)")  # the theme's link to the top is no part of the page
    expect(made.page.locator(".back-to-top")).to_be_hidden()
    assert list(violations(made)) == []
    wide = made.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE[0]


def test_the_page_computes_what_python_says(visit: Callable[..., Visit]) -> None:
    """The Python that built the book has to be the one that runs this."""
    made = visit(WIDTH_PAGE)
    figure = made.page.locator(f"#{WIDTH}")
    where = json.loads(figure.get_attribute("data-rule") or "")["python"]
    if f"CPython {'.'.join(map(str, sys.version_info[:3]))}, 64 bits" != where:
        pytest.skip(f"the book was built by {where}")
    field, said = figure.get_by_label("Any text"), figure.locator(".explore-said")
    first = words(said.text_content())
    for text in [*TEXTS, field.input_value()]:
        field.fill(text)
        told = words(said.text_content())
        assert f"{sys.getsizeof(text):,} bytes as str on {where}." in told
        assert f"= {sys.getsizeof(text.encode()):,} bytes." in told
    assert told == first, "the page and its script say the same of the first text"


def test_each_character_is_drawn_with_its_width(visit: Callable[..., Visit]) -> None:
    figure = visit(WIDTH_PAGE).page.locator(f"#{WIDTH}")
    figure.get_by_label("Any text").fill("aé☕")

    def widths(row: int) -> list[float]:
        boxes: list[float] = (
            figure.locator("dd")
            .nth(row)
            .locator("b")
            .evaluate_all("all => all.map(it => it.getBoundingClientRect().width)")
        )
        return [round(width / boxes[0], 1) for width in boxes]

    assert widths(0) == [1, 1, 1]
    assert widths(1) == [1, 2, 3]


def test_a_link_leads_to_the_same_text(visit: Callable[..., Visit]) -> None:
    text = "50 % & more = ☕ #1"
    made = visit(f"{WIDTH_PAGE}?{urlencode({'width.text': text})}#width")
    figure = made.page.locator(f"#{WIDTH}")
    expect(figure.get_by_label("Any text")).to_have_value(text)
    expect(figure.locator(".explore-said")).to_contain_text("(U+2615)")
    figure.get_by_label("Any text").fill("other")
    figure.get_by_role("link", name="Link to this choice").press("Enter")
    expect(figure.get_by_label("Any text")).to_have_value("other")


def test_only_pages_with_a_figure_load_its_script(visit: Callable[..., Visit]) -> None:
    made = visit("reference/glossary.html")
    assert not [url for url in made.requests if "explore.js" in url or "width-of-text.js" in url]
    assert not [url for url in visit(WIDTH_PAGE).requests if "explore.js" in url]
