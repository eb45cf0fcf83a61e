"""Figures to explore: a picture for each combination, one on the page, the rest in files."""

from __future__ import annotations

import itertools
import json

import pytest
from drawings import HOSTILE
from elements import Elements

from book_kit.show import explored as figures
from book_kit.show.explored import Control, Explored, View
from book_kit.show.figure_data import Data

FRUIT = Control("fruit", "Fruit", {"pear": "a pear", "plum": "a plum"}, "plum")
MANY = Control("many", "How many", {"1": "1", "10": "10", "2000": "2,000"}, "10", "range")
TREE = Control(
    "tree", "Tree", {"a": "a", "b": "young b", "c": "c"}, "b", "select", {"a": "Old", "c": "New"}
)


def view(**chosen: str) -> View:
    words = " ".join(chosen.values())
    picture = f'<svg class="wide">{words}</svg><svg class="narrow">{words}</svg>'
    return View(picture, words, Data(["what"], [[words]]), f"It is `{words}`.")


def basket(*controls: Control) -> Explored:
    return figures.explored("basket", controls, view, caption="A basket")


def views(figure: Explored) -> list[list[str]]:
    """Return the parts of every combination, in the order of the files."""
    return [parts for _, _, text in figure.files for parts in json.loads(text)]


def test_every_combination_is_in_the_files_in_the_order_of_the_controls() -> None:
    found = views(basket(FRUIT, MANY, TREE))
    wanted = [" ".join(it) for it in itertools.product(FRUIT.options, MANY.options, TREE.options)]
    assert len(found) == 18
    for words, (picture, said, data) in zip(wanted, found, strict=True):
        assert f'<svg class="wide">{words}</svg>' in picture
        assert said == f"It is <code>{words}</code>."
        assert words in data


def test_the_page_shows_the_first_choice_and_its_controls_say_so() -> None:
    figure = basket(FRUIT, MANY, TREE)
    page = Elements(figure.opening)
    assert page.tags.count("svg") == 2
    assert "plum 10 b" in page.text
    checked = [it["value"] for it in page.attributes["input"] if "checked" in it]
    assert checked == ["plum"]
    (slider,) = (it for it in page.attributes["input"] if it["type"] == "range")
    assert (slider["value"], slider["max"], slider["data-values"]) == ("1", "2", "1 10 2000")
    selected = [it for it in page.attributes["option"] if "selected" in it]
    assert [it["value"] for it in selected] == ["b"]
    assert [it["label"] for it in page.attributes["optgroup"]] == ["Old", "New"]


def test_each_file_says_which_combination_it_begins_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "LARGEST", 1500)
    figure = basket(FRUIT, MANY, TREE)
    assert len(figure.files) > 2
    assert all(len(text.encode()) <= 1500 for _, _, text in figure.files)
    addresses = [f"{name}.json" for _, name, _ in figure.files]
    named = Elements(figure.markup(addresses).html).attributes["i"]
    assert [it["data-source"] for it in named] == addresses
    counts = [len(json.loads(text)) for _, _, text in figure.files]
    firsts = [int(it["data-first"] or 0) for it in named]
    assert firsts == [0, *itertools.accumulate(counts)][:-1]


def test_one_picture_alone_may_be_larger_than_a_file_should_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(figures, "LARGEST", 10)
    assert [len(json.loads(text)) for _, _, text in basket(FRUIT).files] == [1, 1]


def test_a_control_has_an_option_to_begin_with_and_a_kind_that_exists() -> None:
    with pytest.raises(ValueError, match="fig"):
        Control("fruit", "Fruit", {"pear": "a pear"}, "fig")
    with pytest.raises(ValueError, match="wheel"):
        Control("fruit", "Fruit", {"pear": "a pear"}, "pear", "wheel")


def test_nothing_of_a_control_can_pass_for_markup() -> None:
    for kind in ("radio", "select"):
        made = Control("fruit", HOSTILE, {HOSTILE: HOSTILE}, HOSTILE, kind).html("basket")
        assert "<script" not in made
