"""Exercises in the browser: begun, graded and measured there; what is done is kept and counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import built_site
import pytest
from page_checks.accessibility import axe, violations
from page_checks.weight import HEAVIEST, on_the_wire
from playwright.sync_api import Locator, Page, expect
from visits import DESKTOP, PHONE, THEMES, Theme, Visit

from book_kit.exercises import source
from book_kit.exercises.source import Exercise

pytestmark = pytest.mark.browser

BOOK = built_site.ROOT / "book"
PAGE, NAME = "memory/a-bit-at-a-time.html", "sum-a-column"
QUICK_PAGE, QUICK = "objects/names-sharing-and-copies.html", "rows-of-their-own"
PROGRESS = "reference/your-progress.html"
STARTED = 60_000  # ms: a browser's Python has begun by then

#: What the page runs, for many answers in one interpreter.
GRADE = """async ({answers, tests, budget}) => {
  const { run } = await import(new URL("_static/live/session.js", ROOT));
  const grader = await fetch(new URL("exercises/grader.py", ROOT)).then(it => it.text());
  let printed = "";
  const code = "import grader, json\\nfrom pathlib import Path\\n" +
    "given = json.loads(Path('given.json').read_text())\\n" +
    "print(json.dumps([grader.grade(it, given['tests'], given['budget'])" +
    " for it in given['answers']]))";
  const ended = await run(code, {
    files: {"grader.py": grader, "given.json": JSON.stringify({answers, tests, budget})},
    globals: "fresh",
    onOutput: text => { printed += text; },
  });
  return ended.outcome === "done" ? printed : JSON.stringify(ended);
}""".replace("ROOT", "new URL(document.documentElement.dataset.content_root, location)")


def exercises_on_pages() -> list[Exercise]:
    """Return the exercises that stand on pages of the built book."""
    listed = built_site.SITE / "exercises"
    if not listed.is_dir():
        return []
    return [source.read(BOOK, path.stem) for path in sorted(listed.glob("*.json"))]


def box_of(made: Visit, name: str = QUICK) -> Locator:
    return made.page.locator(f"#exercise-{name}")


def need_live(made: Visit, name: str = QUICK) -> Locator:
    """Return the box of an exercise, in a build that has what it takes to run it."""
    box = box_of(made, name)
    if box.get_by_role("button", name="Begin").count() == 0:
        built_site.lacking("this build has no live part", remedy="npm ci --prefix web, make book")
    return box


def begun(made: Visit, name: str = QUICK) -> Locator:
    box = need_live(made, name)
    box.get_by_role("button", name="Begin").click()
    box.get_by_role("textbox").wait_for()
    return box


def write(box: Locator, text: str) -> None:
    box.get_by_role("textbox").click()
    box.page.keyboard.press("Control+a")
    box.page.keyboard.insert_text(text)


def graded(box: Locator) -> Locator:
    box.get_by_role("button", name="Test and measure").click()
    result = box.locator(".exercise-result")
    expect(box.locator("[aria-disabled=true]")).to_have_count(0, timeout=STARTED)
    result.wait_for()
    return result


def sidebar_mark(page: Page, title: str) -> Locator:
    return page.locator(".sidebar-tree a", has_text=title).locator(".progress-mark")


@pytest.mark.parametrize("half", [0, 1])
def test_each_answer_of_each_exercise_fares_in_the_browser_as_on_a_machine(
    half: int, visit: Callable[..., Visit]
) -> None:
    made = visit(QUICK_PAGE)
    need_live(made)
    made.page.set_default_timeout(10 * STARTED)
    complaints = []
    for it in exercises_on_pages()[half::2]:
        if it.needs:
            continue
        wanted: list[tuple[str, str, str | None]] = [("solution", it.solution, None)]
        wanted += [(f"right/{name}", text, None) for name, text in it.right.items()]
        wanted += [
            (f"wrong/{name}", wrong.source, wrong.advice)
            for name, wrong in it.wrong.items()
            if "not finished" not in wrong.advice
        ]
        wanted += [("start", it.start, "")]
        said = made.page.evaluate(
            GRADE,
            {
                "answers": [text for _, text, _ in wanted],
                "tests": it.tests,
                "budget": it.budget_mib,
            },
        )
        grades: Any = json.loads(said)
        assert isinstance(grades, list), f"{it.name}: {said}"
        for (name, _, words), grade in zip(wanted, grades, strict=True):
            if grade["passed"] != (words is None) or (words or "") not in grade["advice"]:
                complaints.append(f"{it.name}/{name}.py: {grade['advice']!r}, {grade['peak_mib']}")
        complaints += gap(it, grades[0]["peak_mib"], grades[-1]["peak_mib"])
    assert complaints == []


def gap(it: Exercise, solution: float | None, start: float | None) -> list[str]:
    if it.budget_mib is None:
        return []
    if solution is None or start is None:
        return [f"{it.name}: the work was not done"]
    fits = 1.25 * solution <= it.budget_mib <= 0.75 * start
    return [] if fits else [f"{it.name}: {solution=:.2f}, {it.budget_mib=}, {start=:.2f}"]


def test_an_answer_is_begun_graded_and_passed(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    box = begun(made, NAME)
    exercise = source.read(BOOK, NAME)
    result = graded(box)
    expect(result).to_contain_text("the peak is over the budget")
    expect(result).to_contain_text("let go of it")
    expect(box.get_by_role("status")).to_contain_text("Not yet, peak")
    bars = result.locator("dl > div")
    assert [it.inner_text().split("\n")[0] for it in bars.all()] == ["Yours", "Budget", "Solution"]
    widths = [it.evaluate("it => it.clientWidth") for it in result.locator(".drawn").all()]
    assert widths[0] > widths[1] > widths[2] > 0
    write(box, exercise.solution)
    expect(graded(box)).to_contain_text("Passed all 5 tests, within the budget")
    expect(sidebar_mark(made.page, "Loading a bit at a time")).to_contain_text("1/")
    expect(box).to_contain_class("done")
    made.page.reload()
    expect(box_of(made, NAME)).to_contain_class("done")
    box = begun(made, NAME)
    expect(box.get_by_role("textbox")).to_contain_text("sum((float")
    box.get_by_role("button", name="Reset").click()
    expect(box.get_by_role("textbox")).to_contain_text("rows = list")
    box.get_by_role("button", name="Undo reset").click()
    expect(box.get_by_role("textbox")).to_contain_text("sum((float")
    assert made.complaints == []


def test_the_keyboard_suffices(visit: Callable[..., Visit]) -> None:
    made = visit(QUICK_PAGE)
    need_live(made).get_by_role("button", name="Begin").focus()
    made.page.keyboard.press("Enter")
    box = box_of(made)
    expect(box.get_by_role("textbox")).to_be_focused()
    made.page.keyboard.press("Control+a")
    made.page.keyboard.insert_text("def grid(width, height):\n    return 1 / 0")
    made.page.keyboard.press("Escape")  # from here on, Tab leads out of the editor
    made.page.keyboard.press("Tab")
    expect(box.get_by_role("button", name="Test and measure")).to_be_focused()
    made.page.keyboard.press("Enter")
    said = box.get_by_role("status")
    expect(said).to_contain_text("Not yet. ZeroDivisionError", timeout=STARTED)
    expect(said).to_contain_text("(line 2 of your file)")
    expect(box.locator(".exercise-others li")).to_have_count(4)
    for name in ("Reset", "Hint 1 of 3", "Show the solution"):
        made.page.keyboard.press("Tab")
        expect(box.get_by_role("button", name=name)).to_be_focused()
    made.page.keyboard.press("Enter")
    expect(box.locator(".exercise-solution")).to_be_focused()
    expect(box.locator(".exercise-solution")).to_contain_text("for _ in range(height)")


def test_hints_come_one_by_one_and_the_solution_after_two(visit: Callable[..., Visit]) -> None:
    box = begun(visit(QUICK_PAGE))
    solution = box.get_by_role("button", name="Show the solution")
    for number in (1, 2):
        expect(solution).to_be_hidden()
        box.get_by_role("button", name=f"Hint {number} of 3").click()
        expect(box.locator(".exercise-hint")).to_have_count(number)
    expect(solution).to_be_visible()


def test_what_never_ends_is_stopped(visit: Callable[..., Visit]) -> None:
    made = visit(QUICK_PAGE)
    made.page.clock.install()
    box = begun(made)
    write(box, "def grid(width, height):\n    while True: pass\n")
    box.get_by_role("button", name="Test and measure").click()
    said = box.get_by_role("status")
    expect(said).to_contain_text("Testing and measuring", timeout=STARTED)
    box.get_by_role("button", name="Stop").click()
    expect(said).to_contain_text("Stopped")
    expect(box.get_by_role("button", name="Test and measure")).to_be_focused()
    box.get_by_role("button", name="Test and measure").click()
    expect(said).to_contain_text("Testing and measuring", timeout=STARTED)
    made.page.clock.fast_forward(61_000)
    expect(said).to_contain_text("had not finished after 60 seconds")
    write(box, source.read(BOOK, QUICK).solution)
    expect(graded(box)).to_contain_text("Passed all 5 tests")


def test_nothing_is_fetched_before_it_begins(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    need_live(made, NAME)
    made.page.wait_for_load_state("networkidle")
    for part in ("/exercises/", "/live/", "/progress/", "exercises.json", "/device/"):
        assert [url for url in made.requests if part in url.replace("/predict", "")] == []
    assert on_the_wire(made) <= HEAVIEST
    elsewhere = visit("reference/glossary.html")
    assert [url for url in elsewhere.requests if "exercise" in url] == []


@pytest.mark.parametrize("theme", THEMES)
def test_everyone_can_use_it(theme: Theme, visit: Callable[..., Visit]) -> None:
    axe()
    made = visit(PAGE, size=PHONE, theme=theme)
    box = begun(made, NAME)
    graded(box)
    for number in (1, 2, 3):
        box.get_by_role("button", name=f"Hint {number}").click()
    box.get_by_role("button", name="Show the solution").click()
    assert made.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert list(violations(made)) == []
    made.resize(DESKTOP)
    made.page.evaluate("scrollTo(0, 0)")  # the theme's way back to the top stands in no landmark
    made.page.wait_for_function("!document.documentElement.classList.contains('show-back-to-top')")
    assert list(violations(made)) == []
    answer_a_prediction(made.page)
    visit_again(made, PROGRESS)
    made.page.locator(".progress-table .done").first.wait_for()
    made.page.get_by_role("button", name="Forget").click()
    assert list(violations(made)) == []


def test_without_scripts_the_task_the_command_and_the_files_are_there(
    visit: Callable[..., Visit],
) -> None:
    made = visit(PAGE, scripts=False)
    box = box_of(made, NAME)
    expect(box).to_contain_text("make exercise NAME=sum-a-column")
    expect(box.get_by_role("button")).to_have_count(0)
    for file in ("start.py", "tests.py"):
        href = box.get_by_role("link", name=file).get_attribute("href") or ""
        stands = (built_site.SITE / Path(PAGE).parent / href).resolve()
        expected = (BOOK / "exercises" / NAME / file).read_text(encoding="utf-8")
        assert stands.read_text(encoding="utf-8") == expected


def answer_a_prediction(page: Page) -> None:
    page.locator(".predict-choice").first.locator("span").first.click()
    page.locator(".predict-answer").first.wait_for()
    page.locator(".progress-mark").first.wait_for()


def test_predictions_count_in_the_contents_on_every_page(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    expect(made.page.locator(".progress-mark")).to_have_count(0)
    answer_a_prediction(made.page)
    listed = json.loads((built_site.SITE / "exercises.json").read_text(encoding="utf-8"))
    (here,) = (it for it in listed if f"{it['page']}.html" == PAGE)
    many = len(here["items"])
    mark = sidebar_mark(made.page, here["title"])
    expect(mark.locator("[aria-hidden]")).to_have_text(f"1/{many}")
    visit_again(made, "reference/glossary.html")
    link = made.page.locator(".sidebar-tree a", has_text=here["title"])
    expect(link.locator(".progress-mark")).to_contain_text(f"1/{many}")
    expect(link).to_have_accessible_name(f"9. {here['title']} (1 of {many} done)")
    assert made.complaints == []


def visit_again(made: Visit, name: str) -> Page:
    """Open another page of the site in the same browser."""
    root = made.page.evaluate(
        "new URL(document.documentElement.dataset.content_root, location).href"
    )
    made.page.goto(root + name)
    return made.page


def test_progress_goes_to_a_file_and_comes_back(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    made = visit(PAGE)
    answer_a_prediction(made.page)
    visit_again(made, PROGRESS)
    tools, said = (
        made.page.locator(".progress-tools"),
        made.page.locator(".progress-tools [role=status]"),
    )
    done = made.page.locator(".progress-table .done")
    expect(done).to_have_count(1)
    with made.page.expect_download() as download:
        tools.get_by_role("button", name="Save to a file").click()
    saved = tmp_path / "progress.json"
    download.value.save_as(saved)

    tools.get_by_role("button", name="Forget all of it").click()
    expect(tools.get_by_role("button", name="No, keep it")).to_be_focused()
    made.page.keyboard.press("Escape")
    expect(said).to_have_text("Nothing is forgotten.")
    expect(done).to_have_count(1)
    tools.get_by_role("button", name="Forget all of it").click()
    tools.get_by_role("button", name="Yes, forget it").click()
    expect(done).to_have_count(0)
    expect(made.page.locator(".progress-mark")).to_have_count(0)

    choose = made.page.locator(".progress-tools input[type=file]")
    for number, text in enumerate(("no JSON", "[]", '{"kind": "other", "done": []}', "null")):
        bad = tmp_path / f"bad-{number}.json"
        bad.write_text(text, encoding="utf-8")
        choose.set_input_files(bad)
        expect(said).to_have_text(f"bad-{number}.json is no file of progress; nothing has changed.")
    choose.set_input_files(saved)
    expect(said).to_have_text("1 of 1 are new here.")
    expect(done).to_have_count(1)
    at_page = visit_again(made, PAGE)
    expect(at_page.locator(".predict[data-answered]")).to_have_count(0)  # it is asked anew
    visit_again(made, PROGRESS)
    content = json.loads(saved.read_text(encoding="utf-8"))
    content["done"].append(f"objects/names-sharing-and-copies#exercise-{QUICK}")
    saved.write_text(json.dumps(content), encoding="utf-8")
    choose.set_input_files(saved)
    expect(said).to_have_text("1 of 2 are new here.")
    expect(done).to_have_count(2)
    assert made.complaints == []


def test_the_table_has_all_there_is_to_do(visit: Callable[..., Visit]) -> None:
    made = visit(PROGRESS, scripts=False)
    listed = json.loads((built_site.SITE / "exercises.json").read_text(encoding="utf-8"))
    rows = made.page.locator("tr[data-page]")
    assert rows.count() == len(listed)
    for row, it in zip(rows.all(), listed, strict=True):
        assert row.locator("[data-id]").count() == len(it["items"])
        assert row.locator(".count").inner_text() == f"of {len(it['items'])}"
