"""A picture of an object graph is valid inline SVG, told in words, in the colors of the theme."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from elements import Elements

from book_kit.show import graph_figures
from book_kit.show.markup import Markup
from measured import object_graph

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script> & "more"'


class Friend:
    def __init__(self) -> None:
        self.friends: list[Friend] = []


def friends() -> dict[str, object]:
    one, other = Friend(), Friend()
    one.friends.append(other)
    other.friends.append(one)
    return {"one": one, "other": other}


ROWS = [["ham"], ["spam"]]
GRAPHS: dict[str, dict[str, object]] = {
    "one list": {"a": (a := ["ham", "eggs"]), "b": a},
    "shared": {"grid": [[0] * 3] * 3},
    "shallow": {"table": ROWS, "copy": [*ROWS]},
    "circle": friends(),
    "no references": {"x": 7, "y": object()},
    "long way": {"first": [[["x"]]], "last": ("x",)},
    "keys": {"config": {"a long key of some kind": {"b": None}, "c": 2.5, "d": (1, 2)}},
}


def drawn(name: str, alt: str = "A graph.", caption: str = "Below.") -> Markup:
    return graph_figures.graph(object_graph.of(GRAPHS[name]), alt=alt, caption=caption)


def pictures(figure: Markup) -> list[ElementTree.Element]:
    found = re.findall(r"<svg.*?</svg>", figure.html, re.S)
    return [ElementTree.fromstring(picture) for picture in found]


EACH = pytest.mark.parametrize("name", GRAPHS)


@EACH
def test_a_graph_has_one_picture_for_a_wide_page_and_one_for_a_narrow(name: str) -> None:
    assert [picture.get("class") for picture in pictures(drawn(name))] == ["wide", "narrow"]


@EACH
def test_a_picture_is_an_image_that_tells_every_reference(name: str) -> None:
    for picture in pictures(drawn(name)):
        assert picture.get("role") == "img"
        words = picture.get("aria-label") or ""
        assert words.startswith("A graph. ")
        for source, target in object_graph.of(GRAPHS[name]).references():
            assert f"{source} refers to {target}" in words


@EACH
def test_there_is_an_arrow_for_each_reference_and_each_name(name: str) -> None:
    graph = object_graph.of(GRAPHS[name])
    for picture in pictures(drawn(name)):
        heads = [p for p in picture.iter(f"{SVG}path") if (p.get("d") or "").endswith("Z")]
        assert len(heads) == len(graph.edges) + len(graph.names)


@EACH
def test_a_picture_has_no_color_of_its_own(name: str) -> None:
    html = drawn(name).html
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r'aria-label="[^"]*"', "", html)) == []
    assert not re.search(r"(fill|stroke): (?!none|var\(--figure-)", html)


@EACH
def test_everything_lies_within_the_picture(name: str) -> None:
    for picture in pictures(drawn(name)):
        _, _, width, height = map(float, (picture.get("viewBox") or "").split())
        (group,) = picture.findall(f"{SVG}g")
        left, top = map(float, re.findall(r"[-\d.]+", group.get("transform") or ""))
        for box in group.iter(f"{SVG}rect"):
            x, y, w, h = (float(box.get(name) or 0) for name in ("x", "y", "width", "height"))
            assert left + x >= 0
            assert top + y >= 0
            assert left + x + w <= width + 0.2
            assert top + y + h <= height + 0.2
        for path in group.iter(f"{SVG}path"):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d") or "")]
            assert all(0 <= left + x <= width for x in numbers[::2])
            assert all(0 <= top + y <= height for y in numbers[1::2])


@EACH
def test_no_two_cards_overlap(name: str) -> None:
    for picture in pictures(drawn(name)):
        boxes = [
            [float(box.get(name) or 0) for name in ("x", "y", "width", "height")]
            for box in picture.iter(f"{SVG}rect")
        ]
        for (x, y, w, h), (u, v, m, n) in combinations(boxes, 2):
            assert x + w <= u or u + m <= x or y + h <= v or v + n <= y


def test_what_is_referred_to_twice_is_set_apart_with_its_arrows() -> None:
    for picture in pictures(drawn("shared")):
        colors = [box.get("style") or "" for box in picture.iter(f"{SVG}rect")]
        assert ["--figure-2" in style for style in colors] == [False, False, True, True]
        heads = [p for p in picture.iter(f"{SVG}path") if (p.get("d") or "").endswith("Z")]
        assert sum("--figure-2" in (head.get("style") or "") for head in heads) == 6


def test_references_go_to_the_right_on_a_wide_page_and_down_on_a_narrow() -> None:
    chain = graph_figures.graph(object_graph.of({"x": [["deep"]]}), alt="A graph.", caption="")
    for picture, (side, size) in zip(
        pictures(chain), (("x", "width"), ("y", "height")), strict=True
    ):
        boxes = [
            (float(box.get(side) or 0), float(box.get(size) or 0))
            for box in picture.iter(f"{SVG}rect")
        ]
        for (begin, extent), (following, _) in pairwise(boxes):
            assert following > begin + extent


def test_no_text_of_a_graph_passes_for_markup() -> None:
    names = object_graph.of({"x": {HOSTILE: HOSTILE}})
    figure = graph_figures.graph(names, alt=HOSTILE, caption=HOSTILE)
    assert "script" not in Elements(figure.html).tags
    assert len(pictures(figure)) == 2


def test_the_same_graph_is_drawn_the_same_way_twice() -> None:
    assert drawn("shallow").html == drawn("shallow").html


def test_a_graph_reads_as_plain_text_too() -> None:
    assert "a refers to list" in drawn("one list").text
    assert "<" not in drawn("one list").text
