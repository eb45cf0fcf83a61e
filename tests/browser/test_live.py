"""A reader runs a cell in the page, changes it, stops it, and comes back to it another day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import built_site
import pytest
from page_checks.accessibility import axe, violations
from page_checks.layout import overflow
from playwright.sync_api import Browser, Locator, Page, expect
from visits import PHONE, THEMES, Visit

pytestmark = pytest.mark.browser

PAGE = "objects/names-sharing-and-copies.html"
LESSON = "reference/the-browsers-python.html"
#: Milliseconds in which Python is fetched and started, on a machine that has more to do.
START = 60_000


@pytest.fixture(autouse=True)
def _live_cells_are_built() -> None:
    if not (built_site.SITE / "_static" / "live" / "editor.js").is_file():
        built_site.lacking("no live cells are built", remedy="run npm ci --prefix web, then build")


class Cell:
    """One live cell of a page, as its reader uses it."""

    def __init__(self, page: Page, number: int = 0) -> None:
        self.page = page
        self.bar = page.locator(".live-bar").nth(number)
        self.all = self.bar.locator("xpath=..")
        self.status = self.bar.get_by_role("status")
        self.editor = self.all.get_by_role("textbox")
        self.output = self.all.get_by_role("region")
        self.label = self.all.locator(".live-result .live-label")

    def button(self, name: str) -> Locator:
        return self.bar.get_by_role("button", name=name)

    def run(self, code: str | None = None) -> None:
        """Run it to its end: as it is, or with other code."""
        if code is not None:
            self.write(code)
        with self.running():
            self.button("Run").click()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Wait until what is begun within has ended: what goes on is said with three dots."""
        self.status.evaluate("it => { it.textContent = '…'; }")
        yield
        expect(self.status).not_to_have_text(re.compile("…$"), timeout=START)

    def write(self, code: str) -> None:
        self.editor.fill(code)


def test_nothing_is_fetched_before_a_cell_runs_and_nothing_from_elsewhere(
    visit: Callable[..., Visit],
) -> None:
    made = visit(PAGE)
    assert not [url for url in made.requests if "/live/" in url]
    before = len(made.requests)
    cell = Cell(made.page)
    cell.run()
    names = {url.rpartition("/")[2] for url in made.asked_since(before)}
    assert {"cells.js", "editor.js", "session.js", "worker.js", "pyodide.asm.wasm"} <= names
    site = made.page.url.removesuffix(PAGE)
    assert all(url.startswith(site) for url in made.requests)
    assert made.complaints == []


def test_a_result_says_which_python_it_was_and_the_build_s_stays_beside_it(
    visit: Callable[..., Visit],
) -> None:
    cell = Cell(visit(PAGE).page)
    built = cell.all.locator(".cell_output pre")
    printed = built.text_content() or ""
    cell.run()
    expect(cell.output).to_have_text(printed)
    expect(cell.label).to_contain_text("In your browser: CPython 3.14.2, 32 bits, 0.0")
    expect(cell.label.get_by_role("link")).to_have_attribute("href", cell_link(cell.page))
    expect(built).to_be_visible()
    expect(cell.all.locator(".cell_output .live-label")).to_contain_text("In this book's build: ")
    expect(cell.status).to_contain_text("It printed: second name:")


def cell_link(page: Page) -> str:
    return page.url.removesuffix(PAGE) + LESSON


def test_an_error_is_shown_as_python_shows_it_and_the_next_run_goes_on(
    visit: Callable[..., Visit],
) -> None:
    cell = Cell(visit(PAGE).page)
    cell.run()
    cell.run("kept = 1\nprint('before')\n1 / 0")
    expect(cell.output).to_contain_text("line 3, in <module>\n    1 / 0")
    expect(cell.output).to_contain_text("ZeroDivisionError: division by zero")
    expect(cell.status).to_have_text("It failed: ZeroDivisionError: division by zero")
    other = Cell(cell.page, 1)
    other.run()
    other.run("print(kept)")
    expect(other.output).to_have_text("1\n")


def test_an_endless_loop_is_stopped_and_python_begins_anew(visit: Callable[..., Visit]) -> None:
    cell = Cell(visit(PAGE).page)
    cell.run()
    cell.write("kept = 2\nwhile True:\n    print('on and on')")
    cell.button("Run").click()
    expect(cell.output).to_contain_text("on and on")
    cell.button("Stop").press("Enter")
    expect(cell.status).to_have_text("Stopped. Python begins anew at the next run.")
    expect(cell.button("Run")).to_be_focused()
    expect(cell.editor).to_contain_text("while True")
    cell.run("print('kept' in globals())")
    expect(cell.output).to_have_text("False\n")


def test_edits_stay_on_the_device_until_they_are_reset(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    cell = Cell(made.page)
    cell.run()
    original = cell.editor.inner_text()
    cell.write("print('mine')")
    made.page.reload()
    again = Cell(made.page)
    again.run()
    expect(again.output).to_have_text("mine\n")
    expect(again.status).to_contain_text("Your own version")
    again.button("Reset").click()
    assert again.editor.inner_text() == original
    expect(again.button("Reset")).to_be_hidden()
    expect(again.button("Run")).to_be_focused()
    made.page.reload()
    last = Cell(made.page)
    last.run()
    expect(last.output).to_contain_text("shallow copy:")


def test_an_edited_book_forgets_edits_of_the_code_that_it_had(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    stale = "live objects/names-sharing-and-copies 1 stale"
    made.page.evaluate("key => localStorage.setItem(key, 'print(0)')", stale)
    cell = Cell(made.page)
    cell.run()
    expect(cell.output).to_contain_text("shallow copy:")
    assert made.page.evaluate("key => localStorage.getItem(key)", stale) is None


def test_the_keyboard_suffices_and_no_field_traps_it(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    cell, keyboard = Cell(made.page), made.page.keyboard
    cell.button("Run").focus()
    with cell.running():
        keyboard.press("Enter")
    expect(cell.button("Run")).to_be_focused()
    keyboard.press("Shift+Tab")
    expect(cell.editor).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("for _ in range(2):\nprint('typed')")  # a new line is indented by itself
    with cell.running():
        keyboard.press("Control+Enter")
    expect(cell.output).to_have_text("typed\ntyped\n")
    keyboard.press("Tab")
    expect(cell.editor).to_be_focused()  # it indents
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(cell.button("Run")).to_be_focused()
    expect(cell.editor).to_have_accessible_name(
        "Code of live cell 1. To leave the field, press Escape, then Tab."
    )


def test_a_browser_without_webassembly_is_told_so(browser: Browser, address: str) -> None:
    with first_visit(browser, address, "delete globalThis.WebAssembly") as cell:
        cell.button("Run").click()
        expect(cell.status).to_have_text(
            "This browser runs no WebAssembly, which Python needs here."
        )
        expect(cell.editor).to_contain_text("deepcopy")


@contextmanager
def first_visit(browser: Browser, address: str, script: str) -> Iterator[Cell]:
    """Open the page in a browser that runs a script before all of the page's own."""
    context = browser.new_context()
    context.add_init_script(script)
    page = context.new_page()
    page.goto(address + PAGE)
    yield Cell(page)
    context.close()


def test_what_cannot_be_fetched_is_said_and_can_be_tried_again(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    made.page.route("**/pyodide.asm.wasm", lambda route: route.abort())
    cell = Cell(made.page)
    cell.button("Run").click()
    expect(cell.status).to_have_text(
        "Python could not be fetched; look at the connection, and run again.", timeout=START
    )
    made.page.unroute("**/pyodide.asm.wasm")
    cell.run()
    expect(cell.output).to_contain_text("shallow copy:")


def test_a_page_from_the_disk_is_told_so(browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.goto((built_site.SITE / PAGE).as_uri())
    cell = Cell(page)
    cell.button("Run").click()
    expect(cell.status).to_contain_text("This page was opened from a disk")
    expect(cell.all.locator(".cell_input pre")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("[0] * 10**9", "Memory ran out"),
        ("import os\nos.abort()", "Python came to a sudden end"),
    ],
    ids=["no memory", "an abort"],
)
def test_an_interpreter_that_ends_says_why_and_the_code_stays(
    visit: Callable[..., Visit], code: str, said: str
) -> None:
    cell = Cell(visit(PAGE).page)
    cell.run()
    cell.write(code)
    cell.button("Run").click()
    expect(cell.status).to_contain_text(said, timeout=START)
    expect(cell.status).to_contain_text("begins anew at the next run")
    expect(cell.editor).to_contain_text(code.splitlines()[0])
    cell.run("print('anew')")
    expect(cell.output).to_have_text("anew\n")


def test_a_worker_that_goes_while_nothing_runs_is_replaced(visit: Callable[..., Visit]) -> None:
    cell = Cell(visit(PAGE).page)
    cell.run()
    cell.page.workers[0].evaluate("close()")
    cell.run("print('anew')")
    expect(cell.output).to_have_text("anew\n")


def test_everyone_can_use_it_after_a_run_too_and_on_a_phone(visit: Callable[..., Visit]) -> None:
    axe()
    made = visit(PAGE, size=PHONE)
    cell = Cell(made.page)
    cell.run()
    cell.run("print('a line that is longer than a phone is wide, and that has to wrap: ' * 3)\n1/0")
    made.page.evaluate("scrollTo(0, 0)")  # where the theme offers no way back to the top
    for theme in THEMES:
        made.turn(theme)
        faults = list(violations(made))
        assert faults == []
    assert list(overflow(made)) == []


def test_on_paper_there_is_the_book_s_code_and_no_button(visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    cell = Cell(made.page)
    cell.run()
    made.page.emulate_media(media="print")
    expect(cell.button("Run")).to_be_hidden()
    expect(cell.editor).to_be_hidden()
    expect(cell.all.locator(".live-result")).to_be_hidden()
    expect(cell.all.locator(".cell_input pre")).to_be_visible()
    expect(cell.all.locator(".cell_output pre")).to_be_visible()


def test_without_scripts_a_cell_is_what_it_was(visit: Callable[..., Visit]) -> None:
    page = visit(PAGE, scripts=False).page
    expect(page.locator(".plain-cell pre").first).to_be_visible()
    expect(page.locator(".live-bar")).to_have_count(0)


def test_the_browser_s_collector_is_slower_than_the_build_s_and_the_picture_shows_it(
    visit: Callable[..., Visit],
) -> None:
    made = visit(LESSON)
    page = made.page
    page.get_by_role("button", name="Run it in this browser").click()
    said = page.locator(".live-bar").get_by_role("status").first
    expect(said).to_contain_text("times as many as in the build", timeout=START)
    plot = page.locator(".measured-figure svg.wide .plot")
    built, here = (
        [point["y"] for point in line.evaluate("it => [...it.points].map(p => ({y: p.y}))")]
        for line in plot.locator("polyline").all()
    )
    assert len(here) == len(built) == 200
    assert max(here) >= 5 * max(built)
    assert f"up to {max(here):,.0f} waited" in (said.text_content() or "")
    assert made.complaints == []
