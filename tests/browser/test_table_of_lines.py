"""The page that `python -m measured --html` writes, for any program, stands by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_checks import accessibility, layout
from playwright.sync_api import Browser
from processes import SRC, run
from visits import DESKTOP, PHONE, SMALL_PHONE, THEMES, Size, Theme, Visit, new_context

pytestmark = pytest.mark.browser

PROGRAM = """
@profile
def take(mib, what="nothing" + " that matters here and makes this a long line of a program"):
    kept = bytearray(mib << 20)
    for _ in range(3):
        dropped = bytearray(2 * mib << 20)
        del dropped
    return kept

take(20)
"""
_OFF_THE_WINDOW = """() => [...document.querySelectorAll('td')]
  .filter(it => it.checkVisibility() && it.textContent.trim())
  .filter(it => it.getBoundingClientRect().right > innerWidth || it.scrollWidth > it.clientWidth)
  .map(it => it.textContent)"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("table")
    (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = ("-m", "measured", "--html", "lines.html", "program.py")
    finished = run(*command, cwd=folder, environment={"PYTHONPATH": str(SRC)})
    assert finished.returncode == 0, finished.stderr
    return folder / "lines.html"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL_PHONE])
def test_every_line_and_figure_can_be_read(
    theme: Theme, size: Size, table: Path, browser: Browser
) -> None:
    with new_context(browser, theme=theme, size=size) as context:
        visit = Visit(context.new_page(), table.name, theme, size)
        visit.page.goto(table.as_uri())
        text = visit.page.inner_text("body")
        assert "kept = bytearray(mib << 20)" in text
        assert "20.0" in text and "40.0" in text
        assert visit.page.locator(".bar:visible").count() >= 5
        assert visit.page.evaluate(_OFF_THE_WINDOW) == []
        assert [*layout.overflow(visit), *accessibility.violations(visit)] == []
        assert visit.complaints == []
        assert visit.requests == [table.as_uri()]
