"""What chapters need first: read from their cards, held against their order, and drawn."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from sphinx import addnodes

from book_kit.show.prerequisites import Chapter, chapters_drawn, rails
from book_kit.sphinx.prerequisites import named_on_card, out_of_order

CHAPTERS = [
    Chapter("One", "one.html", []),
    Chapter("Two & more", "two.html", [0]),
    Chapter("Three", "three.html", [0, 1]),
    Chapter("Four", "four.html", [2]),
]


def line_of_a_card(label: str, *pages: str) -> nodes.paragraph:
    links = [addnodes.pending_xref("", reftype="doc", reftarget=page) for page in pages]
    term = addnodes.pending_xref("", reftype="term", reftarget="peak")
    return nodes.paragraph("", "", nodes.Text(""), nodes.strong("", label), *links, term)


def test_a_card_names_pages_from_where_its_page_stands() -> None:
    page = nodes.Element("", line_of_a_card("You need first", "pickle", "../objects/text"))
    assert named_on_card(page, "memory/saving") == ["memory/pickle", "objects/text"]  # type: ignore[arg-type]


def test_other_lines_of_a_card_are_no_needs() -> None:
    page = nodes.Element("", line_of_a_card("You will be able to", "pickle"))
    assert named_on_card(page, "memory/saving") == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ({"a": [], "b": ["a"], "c": ["a", "b"]}, []),
        ({"a": ["b"], "b": []}, [("a", "b")]),
        ({"a": ["c"], "b": ["a"], "c": ["b"]}, [("a", "c")]),  # a cycle has an edge that leads back
        ({"a": ["a"]}, [("a", "a")]),
    ],
)
def test_a_chapter_before_one_that_it_needs_is_found(
    needs: dict[str, list[str]], found: list[tuple[str, str]]
) -> None:
    assert out_of_order(needs) == found


def test_the_picture_tells_and_draws_every_edge_and_leads_to_every_chapter() -> None:
    pictures = re.findall(r"<svg.*?</svg>", chapters_drawn(CHAPTERS).html, re.S)
    assert len(pictures) == 2
    for picture in pictures:
        assert "Three: One, Two &amp; more; Four: Three." in picture
        assert picture.count('Z" style') == 4
        assert re.findall(r'href="([^"]*)"', picture) == [it.address for it in CHAPTERS]


def test_no_two_chapters_share_a_rail_that_both_need() -> None:
    assert rails(CHAPTERS) == {0: 0, 1: 1, 2: 0} or rails(CHAPTERS)[0] != rails(CHAPTERS)[1]
    apart = [
        Chapter("A", "", []),
        Chapter("B", "", [0]),
        Chapter("C", "", []),
        Chapter("D", "", [2]),
    ]
    assert rails(apart) == {0: 0, 2: 0}
