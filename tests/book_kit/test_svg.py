"""A figure is valid inline SVG, told in words, in the colors of the page's theme."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from drawings import HOSTILE, SVG, mebibytes, pictures
from elements import Elements

from book_kit.evidence.quoted import Figure
from book_kit.show.bars import bars
from book_kit.show.lines import lines
from book_kit.show.markup import Markup
from book_kit.show.strips import strips


def some_bars(label: str = "list", alt: str = "Bars.") -> Markup:
    return bars(
        [
            ("classic", Figure(87.5, "MiB", "the notebook"), 0),
            (label, mebibytes(38.2, 38.4, 38.3), 1),
            ("del", mebibytes(-7.6), 1),
        ],
        x="growth",
        alt=alt,
        caption="Then and now.",
        groups=["then", "now"],
    )


def some_lines(alt: str = "Lines.") -> Markup:
    return lines(
        {"one": [(0, 1), (1, 2), (2, 4)], "other": [(0, 2), (1, 1), (2, 0.5)]},
        x="time (s)",
        y="memory (MiB)",
        alt=alt,
        caption="Up and down.",
        marks={"here": (1, 2)},
    )


def some_strips(alt: str = "Strips.") -> Markup:
    return strips(
        {"scattered": [(0, 1.0), (1, 0.5), (2, 0.0)], "contiguous": [(0, 0.0), (1, 1.0)]},
        alt=alt,
        caption="What is in use.",
    )


EACH = pytest.mark.parametrize(
    "figure", [some_bars(), some_lines(), some_strips()], ids=["bars", "lines", "strips"]
)


@EACH
def test_a_figure_has_one_picture_for_a_wide_page_and_one_for_a_narrow(figure: Markup) -> None:
    shapes = [ElementTree.fromstring(picture).get("class") for picture in pictures(figure)]
    assert shapes == ["wide", "narrow"]


@EACH
def test_a_picture_is_valid_xml_that_scales(figure: Markup) -> None:
    for picture in pictures(figure):
        root = ElementTree.fromstring(picture)
        assert root.tag == f"{SVG}svg"
        assert root.get("viewBox")
        assert "width" not in root.attrib
        assert "height" not in root.attrib


@EACH
def test_a_picture_is_an_image_with_words_for_those_who_cannot_see_it(figure: Markup) -> None:
    for picture in pictures(figure):
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img"
        assert (root.get("aria-label") or "").strip()


@EACH
def test_a_picture_brings_no_style_sheet_and_no_metadata(figure: Markup) -> None:
    for picture in pictures(figure):
        tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(picture).iter()}
        assert not tags & {"style", "metadata", "script", "image", "foreignObject"}


@EACH
def test_a_picture_has_no_color_of_its_own(figure: Markup) -> None:
    for picture in pictures(figure):
        without_links = re.sub(r'(href="#|url\(#)[\w-]+', "", picture)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", without_links) == []
        assert not re.search(r"\b(black|white|rgb\()", without_links)
        assert "var(--figure-" in picture


@EACH
def test_text_is_text_in_the_letters_of_the_page(figure: Markup) -> None:
    for picture in pictures(figure):
        texts = list(ElementTree.fromstring(picture).iter(f"{SVG}text"))
        assert texts
        assert all("font-family: inherit" in (text.get("style") or "") for text in texts)
        assert "DejaVu" not in picture


@EACH
def test_nothing_is_fetched_from_elsewhere(figure: Markup) -> None:
    without_namespaces = re.sub(r'xmlns(:\w+)?="[^"]*"', "", figure.html)
    assert "http" not in without_namespaces
    assert not re.search(r'href="[^#]', figure.html)


def test_ids_are_unique_on_a_page_of_several_figures() -> None:
    page = some_bars().html + some_lines().html + some_strips().html
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert len(ids) > 4
    assert {name for name, times in ids.items() if times > 1} == set()


@EACH
def test_every_reference_within_a_picture_is_to_an_id_of_that_picture(figure: Markup) -> None:
    for picture in pictures(figure):
        ids = set(re.findall(r'\sid="([^"]+)"', picture))
        references = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', picture))
        assert references
        assert references <= ids


def test_the_same_figure_is_drawn_the_same_way_twice() -> None:
    assert some_bars().html == some_bars().html
    assert some_lines().html == some_lines().html
    assert some_strips().html == some_strips().html


@pytest.mark.parametrize(
    "figure",
    [
        some_bars(label=HOSTILE),
        some_bars(alt=HOSTILE),
        some_lines(alt=HOSTILE),
        some_strips(alt=HOSTILE),
        bars([("a", mebibytes(1.0))], x="size", alt="Bars.", caption=HOSTILE),
    ],
    ids=["label", "alt", "alt of lines", "alt of strips", "caption"],
)
def test_no_text_of_a_figure_passes_for_markup(figure: Markup) -> None:
    assert "script" not in Elements(figure.html).tags
    for picture in pictures(figure):
        ElementTree.fromstring(picture)


def test_a_figure_reads_as_plain_text_too() -> None:
    assert "Bars." in some_bars().text
    assert "<" not in some_bars().text


@EACH
def test_no_place_has_more_digits_than_can_be_seen(figure: Markup) -> None:
    for picture in pictures(figure):
        paths = re.findall(r' d="([^"]*)"', picture)
        assert paths
        assert not [path for path in paths if re.search(r"\.\d{2}", path)]
        assert not re.search(r' (?:x|y|transform)="[^"]*\.\d{3}', picture)
