"""The claims of a section become one line, which says what came of them."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document

from book_kit.sphinx.claim_lines import GatherClaims, in_words


def a_claim(name: str, state: str = "holds") -> str:
    return (
        f'<div class="claim {state}" id="claim-{name}"><p class="claim-statement">{name} is so.</p>'
        '<p class="claim-evidence">measured 1</p></div>'
    )


def section(title: str, *parts: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title(title, title), *parts, ids=[title])


def output(html: str) -> nodes.container:
    """Return what MyST-NB leaves of a cell whose output is HTML."""
    return nodes.container("", nodes.container("", nodes.raw("", html, format="html")))


def gathered(*parts: nodes.Node) -> nodes.document:
    document = new_document("page")
    document += list(parts)
    GatherClaims(document).run()
    return document


def html(node: nodes.Node) -> str:
    return "".join(raw.astext() for raw in node.findall(nodes.raw))


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["holds"], "1 claim holds"),
        (["holds"] * 4, "4 claims hold"),
        (["holds", "holds", "unmeasured"], "2 claims hold, 1 was not measured here"),
        (["holds", "fails"], "1 claim does not hold, 1 holds"),
        (["fails", "fails"], "2 claims do not hold"),
    ],
)
def test_a_line_says_how_many_hold(states: list[str], words: str) -> None:
    assert in_words(states) == words


def test_claims_leave_their_cells_and_close_the_section_before_the_next_begins() -> None:
    inner = section("inner", output(a_claim("b")))
    document = gathered(section("outer", output(a_claim("a")), nodes.paragraph("", "after"), inner))
    outer = document.children[0].children
    assert [type(part).__name__ for part in outer] == ["title", "paragraph", "raw", "section"]
    assert html(outer[2]).count("claim-a") == 1
    assert html(inner).count("claim-b") == 1


def test_what_a_cell_shows_besides_its_claims_stays_where_it_was() -> None:
    document = gathered(section("one", output(f"<table></table>{a_claim('a')}"), nodes.paragraph()))
    assert html(document.children[0].children[1]) == "<table></table>"


@pytest.mark.parametrize(("state", "is_open"), [("holds", 0), ("fails", 1), ("unmeasured", 1)])
def test_the_line_is_open_where_a_claim_does_not_hold(state: str, is_open: int) -> None:
    document = gathered(section("one", output(a_claim("a") + a_claim("b", state))))
    assert html(document).count('<details class="claims" open>') == is_open


def test_a_claim_that_answers_an_exercise_stays_folded_within() -> None:
    folded = f'<details class="folded-claim"><summary>behind 3</summary>{a_claim("a")}</details>'
    text = html(gathered(section("one", output(folded + a_claim("b")))))
    assert "2 claims hold" in text
    assert folded in text
