"""A reader predicts before the page answers: by mouse, by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_checks.accessibility import axe, violations
from playwright.sync_api import Locator, expect
from visits import DESKTOP, PHONE, THEMES, Size, Theme, Visit

pytestmark = pytest.mark.browser

PAGE = "objects/what-an-object-costs.html"


def first_of(made: Visit) -> Locator:
    return made.page.locator(".predict").first


def choice(box: Locator, kind: str) -> Locator:
    """Return the first choice that is right, or wrong."""
    number = box.locator(f".predict-reason.{kind}").first.get_attribute("data-choice")
    return box.locator(f".predict-choice:has(input[value='{number}'])")


def test_the_answer_waits_for_the_reader_s_own(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    box = first_of(made)
    expect(box.locator(".predict-answer")).to_be_hidden()
    choice(box, "wrong").locator("span").first.click()
    expect(box.get_by_role("status")).to_contain_text("Not so")
    reasons = box.locator(".predict-reason")
    expect(reasons.first).to_contain_class("right")
    expect(reasons.nth(1)).to_contain_class("chosen")
    for reason in reasons.all():
        expect(reason).to_be_visible()
    box.get_by_role("button", name="Choose again").click()
    expect(box.locator(".predict-answer")).to_be_hidden()
    choice(box, "right").locator("span").first.click()
    expect(box.get_by_role("status")).to_contain_text("So it is")
    assert made.complaints == []


def test_the_keyboard_suffices_and_the_choice_stays_on_the_device(
    visit: Callable[..., Visit],
) -> None:
    made = visit(PAGE)
    box, page = first_of(made), made.page
    box.locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    chosen = box.locator("input:checked").get_attribute("value")
    assert chosen == "1"
    expect(box.locator(".predict-answer")).to_be_visible()
    page.reload()
    assert first_of(made).locator("input:checked").get_attribute("value") == chosen
    expect(first_of(made).locator(".predict-answer")).to_be_visible()
    first_of(made).get_by_role("button", name="Choose again").press("Enter")
    expect(first_of(made).locator(f"input[value='{chosen}']")).to_be_focused()
    page.reload()
    expect(first_of(made).locator(".predict-answer")).to_be_hidden()


def test_a_choice_has_the_name_that_is_seen(visit: Callable[..., Visit]) -> None:
    box = first_of(visit(PAGE))
    for one in box.locator(".predict-choice").all():
        name = (one.locator("span").first.text_content() or "").strip()
        expect(one.get_by_role("radio")).to_have_accessible_name(name)


def test_without_scripts_the_answer_is_folded(visit: Callable[..., Visit]) -> None:
    box = first_of(visit(PAGE, scripts=False))
    expect(box.locator(".predict-choice").first).to_be_visible()
    expect(box.locator("input").first).to_be_hidden()
    expect(box.locator(".predict-reason").first).to_be_hidden()
    box.locator("summary").click()
    expect(box.locator(".predict-reason.right")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_everyone_can_use_it_answered_too(
    size: Size, theme: Theme, visit: Callable[..., Visit]
) -> None:
    axe()
    made = visit(PAGE, size=size, theme=theme)
    for box in made.page.locator(".predict").all():
        choice(box, "wrong").locator("span").first.click()
    assert list(violations(made)) == []


def test_on_paper_the_answers_stand_below(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    made.page.emulate_media(media="print")
    made.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(first_of(made).locator(".predict-reason.right")).to_be_visible()
    expect(first_of(made).locator("input").first).to_be_hidden()


def test_a_page_without_predictions_loads_no_script_for_them(visit: Callable[..., Visit]) -> None:
    assert not any("predict.js" in request for request in visit("reference/glossary.html").requests)


def test_the_maps_of_the_front_page_fill_in_with_the_answer(visit: Callable[..., Visit]) -> None:
    made = visit("index.html")
    filled = made.page.locator("article svg.wide path[style*='--figure-2']").first
    expect(filled).to_have_css("opacity", "0")
    choice(first_of(made), "right").locator("span").first.click()
    expect(filled).not_to_have_css("opacity", "0")
    expect(filled).to_have_css("opacity", "1")


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("memory/pickle.html", "path[style*='stroke: var(--figure-1)']"),  # a curve
        ("memory/a-bit-at-a-time.html", "path[style*='fill: var(--figure-3)']"),  # a third group
    ],
)
def test_no_picture_below_a_prediction_gives_the_answer_away(
    visit: Callable[..., Visit], page: str, answer: str
) -> None:
    made = visit(page)
    below = made.page.locator(f".predict-box + .cell svg.wide {answer}")
    expect(below.first).to_have_css("opacity", "0")


def test_without_scripts_the_maps_are_filled(visit: Callable[..., Visit]) -> None:
    page = visit("index.html", scripts=False).page
    filled = page.locator("article svg.wide path[style*='--figure-2']").first
    expect(filled).to_have_css("opacity", "1")
