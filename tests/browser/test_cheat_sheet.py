"""The cheat sheet prints on the two sides of one sheet of paper, and no table is cut."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from visits import PHONE, Visit

pytestmark = pytest.mark.browser

PAGE = "reference/cheat-sheet.html"
MARGIN = 10  # mm, as the style sheet has it
SHEETS = {"A4": (210, 297), "Letter": (215.9, 279.4)}  # mm
PIXELS = 96 / 25.4  # in a millimeter
SMALLEST = 7.5 * 96 / 72  # pixels of 7.5 points

_PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
_PARTS = """() => [...document.querySelectorAll('#cheat-sheet > section')].map(it => ({
  name: it.id, height: it.getBoundingClientRect().height, cut: getComputedStyle(it).breakInside,
}))"""
_TOO_WIDE = """() => [...document.querySelectorAll('#cheat-sheet table, #cheat-sheet section')]
  .filter(it => it.scrollWidth > it.parentElement.clientWidth + 1)
  .map(it => it.outerHTML.slice(0, 150))"""
_SHOWN = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (words.nextNode()) {
    const around = words.currentNode.parentElement;
    if (words.currentNode.data.trim() && around.checkVisibility() && around.getClientRects().length)
      found.push({
        text: words.currentNode.data.trim(),
        size: parseFloat(getComputedStyle(around).fontSize),
        inside: Boolean(around.closest('#cheat-sheet')),
      });
  }
  return found;
}"""


@pytest.fixture(params=SHEETS)
def printed(request: pytest.FixtureRequest, visit: Callable[..., Visit]) -> Visit:
    """The page as it is laid out on a sheet."""
    width, height = SHEETS[request.param]
    made = visit(PAGE)
    made.unfold()
    made.page.emulate_media(media="print")
    made.resize((int((width - 2 * MARGIN) * PIXELS), int((height - 2 * MARGIN) * PIXELS)))
    return made


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("unfolded", [False, True])
def test_it_prints_on_two_sides(sheet: str, unfolded: bool, visit: Callable[..., Visit]) -> None:
    made = visit(PAGE)
    if unfolded:
        made.unfold()
    assert len(_PAGES.findall(made.page.pdf(format=sheet))) == 2


def test_no_part_of_it_is_cut(printed: Visit) -> None:
    parts = printed.page.evaluate(_PARTS)
    assert len(parts) >= 7
    assert [it["name"] for it in parts if it["cut"] != "avoid"] == []
    assert [it["name"] for it in parts if it["height"] > printed.size[1]] == []
    assert printed.page.evaluate(_TOO_WIDE) == []


def test_nothing_else_is_on_paper_and_all_of_it_can_be_read(printed: Visit) -> None:
    shown = printed.page.evaluate(_SHOWN)
    assert [it["text"] for it in shown if not it["inside"]] == []
    assert [it["text"] for it in shown if it["size"] < SMALLEST - 0.01] == []
    assert not any(it["text"].startswith("Print this page") for it in shown)


def test_it_has_two_columns_on_paper_and_one_on_a_phone(printed: Visit) -> None:
    columns = "new Set([...document.querySelectorAll('h2')].map(it => it.offsetLeft)).size"
    assert printed.page.evaluate(columns) == 2
    printed.page.emulate_media(media="screen")
    printed.resize(PHONE)
    assert printed.page.evaluate(columns) == 1
    assert printed.page.get_by_text("Print this page").is_visible()
