"""Every live cell prints in the browser what the book prints, or says why it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import built_site
import pytest
from playwright.sync_api import Locator, Page, expect
from visits import Visit

pytestmark = pytest.mark.browser

FEWEST = 25
#: Milliseconds that one cell may take in the browser, the start of its Python included.
LONGEST = 60_000


class Ran(NamedTuple):
    """What a cell printed in the browser and in the build, and why the two differ, if they do."""

    code: str
    here: str
    in_the_build: str
    differs: str


def pages_with_live_cells() -> list[str]:
    return [name for name in built_site.page_names() if live_cells(name)]


def live_cells(name: str) -> int:
    html = (built_site.SITE / name).read_text(encoding="utf-8")
    marked = re.findall(r'<div class="(cell [^"]*\bplain-cell\b[^"]*)"', html)
    return sum("not-live" not in classes for classes in marked) if "live.js" in html else 0


def ran(page: Page, bar: Locator) -> Ran:
    """Run a cell and return what came of it."""
    cell = bar.locator("xpath=..")
    code = cell.locator(".cell_input pre").first.text_content() or ""
    output = cell.locator(".cell_output pre")
    in_the_build = "".join(one.text_content() or "" for one in output.all())
    bar.get_by_role("button", name="Run").click()
    expect(cell.locator(".live-result")).to_be_visible(timeout=LONGEST)
    expect(cell.locator(".live-result a")).to_be_visible(timeout=LONGEST)
    assert cell.locator(".live-result .stderr").count() == 0, cell.locator(
        ".live-result pre"
    ).text_content()
    here = cell.locator(".live-result pre").text_content() or ""
    shown = cell.locator(".live-differs")
    return Ran(code, here, in_the_build, (shown.text_content() or "") if shown.count() else "")


def alike(cell: Ran) -> bool:
    return cell.here.rstrip("\n") == cell.in_the_build.rstrip("\n")


def test_there_are_many() -> None:
    assert sum(map(live_cells, built_site.page_names())) >= FEWEST


@pytest.mark.parametrize("name", built_site.chapter_names())
def test_each_chapter_has_some(name: str) -> None:
    assert live_cells(name) >= 2


@pytest.mark.parametrize("name", pages_with_live_cells())
def test_a_cell_prints_what_the_build_did_or_says_why_not(
    name: str, visit: Callable[..., Visit]
) -> None:
    made = visit(name)
    made.unfold()
    cells = [ran(made.page, bar) for bar in made.page.locator(".plain-cell > .live-bar").all()]
    unlike = [cell for cell in cells if not alike(cell) and not cell.differs]
    assert unlike == [], "differs, and does not say why"
    same = [cell for cell in cells if alike(cell) and cell.differs]
    assert same == [], "is marked as differing, and does not"
    assert made.complaints == []
