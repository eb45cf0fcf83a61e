"""The classic tutorial on trial: judged by mouse, by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_checks.accessibility import axe, violations
from playwright.sync_api import Locator, Page, expect
from visits import DESKTOP, PHONE, THEMES, Size, Theme, Visit

pytestmark = pytest.mark.browser

TRIAL = "tutorial/on-trial.html"
COUNTS = """() => [...document.querySelectorAll('.on-trial')].reduce(
  (found, it) => ({...found, [it.dataset.kind]: (found[it.dataset.kind] ?? 0) + 1}), {})"""


def case(page: Page, name: str) -> Locator:
    return page.locator(f".on-trial#{name}")


def judge(page: Page, name: str, kind: str) -> None:
    case(page, name).locator(f"button[value={kind}]").click()


def kind_of(page: Page, name: str) -> str:
    return case(page, name).get_attribute("data-kind") or ""


def opened(page: Page) -> int:
    return page.locator(".on-trial details[open]").count()


def test_a_verdict_shows_once_the_reader_has_judged(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    assert opened(page) == 0
    expect(page.locator(".on-trial-said:visible")).to_have_count(25)
    judge(page, "T13", "true")
    assert opened(page) == 1
    expect(case(page, "T13").get_by_role("status")).to_have_text(
        "You say: true. The measurements say: false."
    )
    expect(case(page, "T13").locator("[aria-pressed=true]")).to_have_text("True")
    answer = case(page, "T13").locator("details")
    expect(answer.locator(".verdict")).to_be_visible()
    expect(answer.locator("button.measured").first).to_be_visible()
    judge(page, "T13", "false")
    expect(case(page, "T13").get_by_role("status")).to_have_text(
        "You say: false. So do the measurements."
    )


def test_each_sentence_leads_to_the_claim_that_tests_it(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    links = page.locator(".on-trial-tested > a:first-child")
    assert [
        (link.get_attribute("href") or "").rpartition("#claim-")[2] for link in links.all()
    ] == [f"T{number}" for number in range(1, 26)]
    judge(page, "T16", "true")
    case(page, "T16").locator(".on-trial-tested > a").first.click()
    expect(page.locator("[id='claim-T16']")).to_be_in_viewport()


def test_the_score_counts_and_names_what_was_judged_otherwise(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    score = page.locator(".trial-score")
    expect(score).to_contain_text("none of the 25")
    kinds = {f"T{number}": kind_of(page, f"T{number}") for number in range(1, 26)}
    for name, kind in kinds.items():
        judge(page, name, "false" if name in ("T4", "T22") else kind)
    expect(score).to_contain_text("You judged 23 of 25 as the measurements do.")
    assert score.locator("a").all_text_contents() == ["T4", "T22"]
    expect(page.locator(".trial-tools")).to_contain_text("25 of 25 judged")
    score.get_by_role("button", name="Start again").click()
    assert opened(page) == 0
    expect(score).to_contain_text("none of the 25")
    expect(case(page, "T1").get_by_role("button", name="True", exact=True)).to_be_focused()


def test_one_can_judge_with_the_keyboard_alone(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    page.get_by_role("switch", name="Show all verdicts").focus()
    group = page.get_by_role("group", name="Your verdict on T1", exact=True)
    page.keyboard.press("Tab")
    expect(group.get_by_role("button", name="True", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(group.get_by_role("button", name="True in part")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(group.get_by_role("button", name="True in part")).to_be_focused()
    assert opened(page) == 1


def test_all_verdicts_show_at_once_and_are_put_away_again(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    judge(page, "T5", "true")
    switch = page.get_by_role("switch", name="Show all verdicts")
    switch.press("Space")
    assert opened(page) == 25
    switch.press("Space")
    assert opened(page) == 1


def test_what_was_said_is_remembered_on_the_device(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    judge(page, "T15", "changed")
    page.get_by_role("switch").check()
    page.reload()
    expect(case(page, "T15").locator("[aria-pressed=true]")).to_have_text("Changed since")
    expect(page.get_by_role("switch")).to_be_checked()
    assert opened(page) == 25


@pytest.mark.parametrize("kept", ["{", "null", "[1]", '{"said": {"T1": "maybe", "T99": "true"}}'])
def test_what_makes_no_sense_is_forgotten(kept: str, visit: Callable[..., Visit]) -> None:
    made = visit(TRIAL)
    made.page.evaluate("kept => localStorage.setItem('measured: on trial', kept)", kept)
    made.page.reload()
    expect(made.page.locator(".trial-score")).to_contain_text("none of the 25")
    assert [it for it in made.complaints if it.startswith(("uncaught", "console"))] == []


def test_a_browser_that_keeps_nothing_still_counts(visit: Callable[..., Visit]) -> None:
    made = visit(TRIAL)
    made.page.add_init_script(
        "for (const name of ['getItem', 'setItem'])"
        " Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError') };"
    )
    made.page.reload()
    judge(made.page, "T1", "partly")
    expect(made.page.locator(".trial-score")).to_contain_text("You judged 1 of 1")


def test_without_scripts_each_verdict_is_a_closed_line(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL, scripts=False).page
    expect(page.locator(".on-trial-said:visible")).to_have_count(0)
    expect(page.locator(".trial-tools")).to_be_hidden()
    expect(page.locator(".trial-score")).to_be_hidden()
    assert opened(page) == 0
    case(page, "T20").locator("summary").click()
    expect(case(page, "T20").locator(".verdict")).to_have_text("false then too")


def test_paper_has_every_verdict_and_no_buttons(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert opened(page) == 25
    expect(page.locator(".on-trial .verdict:visible")).to_have_count(25)
    expect(page.locator(".on-trial-said:visible, .trial-tools:visible")).to_have_count(0)


def test_the_counts_are_those_of_the_sentences_below(visit: Callable[..., Visit]) -> None:
    page = visit(TRIAL).page
    counts = page.evaluate(COUNTS)
    answer = page.locator("article p").nth(1)
    expect(answer).to_contain_text(
        f"Of the 25 that can be tested, {counts['true']} are still true, {counts['partly']} are"
        f" true in part, {counts['changed']} have changed since, and {counts['false']} are false."
    )
    picture = page.locator(".measured-figure svg.wide").first
    assert f"{counts['changed']} changed since" in (picture.get_attribute("aria-label") or "")


def test_no_other_page_loads_its_script(visit: Callable[..., Visit]) -> None:
    assert any("trial.js" in url for url in visit(TRIAL).requests)
    assert not any("trial.js" in url for url in visit("objects/what-an-object-costs.html").requests)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("theme", THEMES)
def test_everyone_can_use_it_while_they_judge(
    theme: Theme, size: Size, visit: Callable[..., Visit]
) -> None:
    axe()
    made = visit(TRIAL, theme=theme, size=size)
    judge(made.page, "T3", "changed")
    judge(made.page, "T13", "true")
    made.page.get_by_role("switch").check()
    made.page.evaluate("scrollTo(0, 0)")
    made.page.locator(".back-to-top").wait_for(state="hidden")  # the theme's own
    assert list(violations(made)) == []
    assert made.page.evaluate("document.documentElement.scrollWidth") <= size[0]
