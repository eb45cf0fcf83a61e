"""The picture that stands for a page where its address is shared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from docutils import nodes
from docutils.utils import new_document
from matplotlib.image import imread
from processes import ROOT

from book_kit.show.cards import HEIGHT, MARK, WIDTH, Card, Passage, draw
from book_kit.sphinx.cards import passage

LOGO = ROOT / "book" / "_static" / "logo.svg"
SHORT = Card("A book", "A page", "How much?", Passage("92 %", f"There are {MARK}92 %{MARK}."))
LONG = Card(
    "The book",
    "A page with a title of its own",
    "How much memory does it take, and why is it not what the other instruments say of it? " * 3,
    Passage(
        "1,234,567,890.12 bytes each", f"It takes ({MARK}12 bytes{MARK}), as is told here. " * 9
    ),
)
CARDS = {
    "short": SHORT,
    "long": LONG,
    "without a figure": Card("A book", "", "Glossary", None),
    "odd": Card(
        "A book",
        "",
        "What does `$x$ {` take?",
        Passage("38 to 56\N{MULTIPLICATION SIGN}", "$x_1$ it is."),
    ),
}


def picture(card: Card, folder: Path) -> bytes:
    draw(card, LOGO, folder / "cards" / "one.png")
    return (folder / "cards" / "one.png").read_bytes()


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_nothing_of_a_card_is_cut_or_touches_its_edge(card: Card, tmp_path: Path) -> None:
    picture(card, tmp_path)
    drawn = imread(tmp_path / "cards" / "one.png")[..., :3]
    assert drawn.shape == (HEIGHT, WIDTH, 3)
    marked = np.argwhere((drawn < 1).any(axis=2))
    assert (marked.min(axis=0) > [40, 60]).all()
    assert marked[:, 0].max() < HEIGHT - 12
    assert marked[:, 1].max() <= WIDTH - 60
    assert len(marked) > 2000


def test_the_same_card_is_the_same_file(tmp_path: Path) -> None:
    assert picture(SHORT, tmp_path) == picture(SHORT, tmp_path)
    assert picture(SHORT, tmp_path) != picture(LONG, tmp_path)


def test_the_text_of_a_card_says_what_it_shows() -> None:
    assert SHORT.alternative == "How much? 92 %: There are 92 %."


def paragraph(*parts: str | tuple[str, str]) -> nodes.paragraph:
    """Write a paragraph in which figures are pairs of a name and what is shown."""
    made = nodes.paragraph()
    for part in parts:
        if isinstance(part, str):
            made += nodes.Text(part)
        else:
            html = f'<button title="&quot;1&quot;">{part[1]}</button>'
            made += nodes.raw("", html, format="html", figure=part[0], shown=part[1])
    return made


def page(*paragraphs: nodes.paragraph) -> nodes.document:
    made = new_document("page")
    made += paragraphs
    return made


PAGE = page(
    paragraph("How much is it?"),
    paragraph(
        "It depends. A list takes ", ("list", "56 bytes"), ", a tuple ", ("tuple", "40 bytes")
    ),
    paragraph("Nobody knows. A dict takes ", ("dict", "64 bytes"), " here. It grows."),
)


def test_the_first_figure_of_a_page_is_shown_with_the_sentence_that_leads_to_it() -> None:
    found = passage(PAGE)
    assert found is not None
    assert found.figure == "56 bytes"
    assert found.words == "It depends. A list takes 56 bytes, a tuple 40 bytes"
    assert found.sentences.count(MARK) == 4


def test_the_head_of_a_page_may_name_another_figure() -> None:
    found = passage(PAGE, "dict")
    assert found is not None
    assert found.figure == "64 bytes"
    assert found.words.endswith("tuple 40 bytes Nobody knows. A dict takes 64 bytes here.")
    assert passage(PAGE, "no such figure") is None


def test_sentences_before_a_figure_are_left_out_where_they_would_be_too_long_to_read() -> None:
    long = paragraph("It is long. " + "Word after word is read. " * 20, ("a", "1 byte"), " is all.")
    found = passage(page(paragraph("How much?"), long))
    assert found is not None
    assert found.words.endswith("Word after word is read. 1 byte is all.")
    assert len(found.words) < 240


def test_a_page_without_a_figure_has_no_passage() -> None:
    assert passage(page(paragraph("How much?"), paragraph("Much."))) is None
