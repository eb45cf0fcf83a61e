"""A prediction has two to four choices, one of them right, and a reason for each."""

from __future__ import annotations

import pytest
from docutils import nodes

from book_kit.sphinx.predict import choices


def item(text: str, reason: str = "Because.") -> nodes.list_item:
    reasons = [nodes.paragraph("", reason)] if reason else []
    return nodes.list_item("", nodes.paragraph("", text), *reasons)


def a_list(*texts: str) -> nodes.bullet_list:
    return nodes.bullet_list("", *map(item, texts))


def test_the_mark_is_taken_off_and_the_reason_is_what_follows() -> None:
    wrong, right = choices([a_list("( ) nothing", "(x) all of it")])
    assert [node.astext() for node in right.text] == ["all of it"]
    assert [node.astext() for node in right.reason] == ["Because."]
    assert (wrong.is_right, right.is_right) == (False, True)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ([nodes.paragraph("", "words")], "one list of choices"),
        ([a_list("(x) a", "( ) b"), nodes.paragraph("", "more")], "one list of choices"),
        ([a_list("(x) only one")], "2 to 4 choices, and this has 1"),
        ([a_list("(x) a", *["( ) b"] * 4)], "2 to 4 choices, and this has 5"),
        ([a_list("( ) a", "( ) b")], "one choice is right, .x., and here 0 are"),
        ([a_list("(x) a", "(x) b")], "here 2 are"),
        ([a_list("(x) a", "b")], "begins with"),
        ([nodes.bullet_list("", item("(x) a"), item("( ) b", ""))], "'b' has no reason"),
    ],
)
def test_anything_else_is_refused_with_what_is_wrong(
    content: list[nodes.Node], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        choices(content)
