"""A figure is valid inline SVG, told in words, in the colors of the page's theme."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show import figures
from book_kit.show.markup import Markup

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script> & "more"'


def mebibytes(*values: float) -> Measurement:
    return Measurement("figure", "MiB", values, "scale")


def some_bars(label: str = "list", alt: str = "Bars.") -> Markup:
    return figures.bars(
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
    return figures.lines(
        {"one": [(0, 1), (1, 2), (2, 4)], "other": [(0, 2), (1, 1), (2, 0.5)]},
        x="time (s)",
        y="memory (MiB)",
        alt=alt,
        caption="Up and down.",
        marks={"here": (1, 2)},
    )


def some_strips(alt: str = "Strips.") -> Markup:
    return figures.strips(
        {"scattered": [(0, 1.0), (1, 0.5), (2, 0.0)], "contiguous": [(0, 0.0), (1, 1.0)]},
        alt=alt,
        caption="What is in use.",
    )


EACH = pytest.mark.parametrize(
    "figure", [some_bars(), some_lines(), some_strips()], ids=["bars", "lines", "strips"]
)


def pictures(figure: Markup) -> list[str]:
    return re.findall(r"<svg.*?</svg>", figure.html, re.S)


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


def test_the_words_of_bars_carry_every_figure() -> None:
    (wide, _narrow) = pictures(some_bars())
    told = ElementTree.fromstring(wide).get("aria-label") or ""
    for text in ("Bars.", "classic: 87.5", "list: 38.3", "del: \N{MINUS SIGN}7.6"):
        assert text in told


def test_the_words_of_lines_carry_both_axes_every_end_and_every_mark() -> None:
    (wide, _narrow) = pictures(some_lines())
    told = ElementTree.fromstring(wide).get("aria-label") or ""
    for text in ("time (s)", "memory (MiB)", "one: from 1 at 0 to 4 at 2", "here: 2"):
        assert text in told


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


def test_every_bar_has_the_color_of_its_group() -> None:
    for picture in pictures(some_bars()):
        assert picture.count("fill: var(--figure-1)") == 1
        assert picture.count("fill: var(--figure-2)") == 2


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


def test_more_lines_than_colors_are_refused() -> None:
    points = [(0.0, 1.0), (1.0, 2.0)]
    with pytest.raises(ValueError, match="5"):
        figures.lines({str(n): points for n in range(6)}, x="x", y="y", alt="", caption="")


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
        figures.bars([("a", mebibytes(1.0))], x="size", alt="Bars.", caption=HOSTILE),
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


def places_of(figure: Markup, text: str) -> list[tuple[float, float]]:
    """Return where a text begins in each picture of a figure."""
    found = []
    for picture in re.findall(r"<svg.*?</svg>", figure.html, re.S):
        for element in ElementTree.fromstring(picture).iter(f"{SVG}text"):
            if "".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ") == text:
                x, y = element.get("x"), element.get("y")
                if x is None or y is None:
                    x, y = re.findall(r"[\d.]+", element.get("transform", ""))[:2]
                found.append((float(x), float(y)))
    return found


def test_versions_stand_under_their_places_with_what_happened_there() -> None:
    made = figures.lines(
        {"list": [(0, 72), (1, 56), (2, 56)], "dict": [(0, 280), (1, 64), (2, 64)]},
        x="version",
        y="bytes",
        alt="Both fall.",
        caption="Then and now.",
        steps=True,
        ticks=["2.7", "3.8", "3.9"],
        why={"3.8": "smaller header"},
    )
    assert "from 72 at 2.7 to 56 at 3.9" in made.html
    assert "At 3.8: smaller header." in made.html
    for text in ("2.7", "3.9", "smaller header"):
        assert len(places_of(made, text)) == 2, text
    assert len(places_of(made, "3.8")) == 1  # a narrow picture names every other version


def test_labels_of_lines_that_end_together_stand_apart() -> None:
    ends = {name: [(0.0, 0.0), (1.0, 100.0 + place)] for place, name in enumerate("abcd")}
    made = figures.lines(ends, x="x", y="y", alt="A bundle.", caption="Four lines.")
    for picture in (0, 1):
        heights = sorted(places_of(made, name)[picture][1] for name in "abcd")
        assert all(after - before > 10 for before, after in pairwise(heights))


def test_a_long_figure_beside_its_bar_stays_within_the_picture() -> None:
    made = figures.bars(
        [("short", mebibytes(1.0)), ("a label of some length", mebibytes(123456.7))],
        x="size",
        alt="Two bars.",
        caption="Two.",
    )
    widths = [float(width) for width in re.findall(r'viewBox="0 0 ([\d.]+) ', made.html)]
    written = [*places_of(made, "123,456.7 MiB"), *places_of(made, "123,456.7")]
    for (x, _y), width, letters in zip(written, widths, (70, 48), strict=True):
        assert x + letters < width


@pytest.mark.parametrize("turned", [False, True])
def test_bars_in_two_units_are_refused_by_name(turned: bool) -> None:
    pool = Measurement("pool", "KiB", (16.0,), "scale")
    rows = [("an arena", mebibytes(1.0)), ("a pool", pool)]
    with pytest.raises(ValueError, match=r"an arena in MiB|a pool in KiB") as raised:
        figures.bars(rows[::-1] if turned else rows, x="size", alt="Bars.", caption="Sizes.")
    for figure in ("an arena in MiB", "a pool in KiB"):
        assert figure in str(raised.value)


def test_bars_without_a_row_are_refused() -> None:
    with pytest.raises(ValueError, match="no figures"):
        figures.bars([], x="size", alt="Bars.", caption="None.")


def test_more_groups_lines_or_strips_than_colors_are_refused() -> None:
    number = len(figures.SERIES) + 1
    labels = [f"number {place}" for place in range(number)]
    with pytest.raises(ValueError, match="6 groups, and 5 colors"):
        figures.bars(
            [(label, mebibytes(1.0), place) for place, label in enumerate(labels)],
            x="size",
            alt="Bars.",
            caption="Many.",
        )
    with pytest.raises(ValueError, match="6 strips, and 5 colors"):
        figures.strips({label: [(0, 1.0)] for label in labels}, alt="Strips.", caption="Many.")
    with pytest.raises(ValueError, match="6 lines, and 5 colors"):
        figures.lines(
            {label: [(0, 1.0)] for label in labels}, x="x", y="y", alt="Lines.", caption="Many."
        )


@pytest.mark.parametrize("share", [1.5, -0.1, 64.0, float("nan")])
def test_a_strip_takes_shares_and_nothing_else(share: float) -> None:
    with pytest.raises(ValueError, match="in use: a share goes from 0 to 1"):
        figures.strips({"in use": [(0, 1.0), (1, share)]}, alt="Strips.", caption="In use.")
