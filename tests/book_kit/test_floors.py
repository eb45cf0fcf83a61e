"""The floors of memory are drawn from shares, and told in words and in numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from book_kit.evidence.quantity import Measurement
from book_kit.show import floors
from book_kit.show.markup import Markup

SVG = "{http://www.w3.org/2000/svg}"


def share(*values: float, unit: str = "fraction") -> Measurement:
    return Measurement("seen", unit, values, "an instrument")


def drawn(top: Measurement | None = None) -> Markup:
    return floors.floors(
        ["small\nobjects", "zeros"],
        [
            ("objects", "getsizeof", [top or share(0.125), share(1)]),
            ("pages", "VmHWM", [share(1.1, 1.13, 1.2), None]),
        ],
        whole=64,
        alt="Two floors.",
        caption="What is seen.",
    )


def pictures(figure: Markup) -> list[ElementTree.Element]:
    found = re.findall(r"<svg.*?</svg>", figure.html, re.S)
    return [ElementTree.fromstring(picture) for picture in found]


def texts(picture: ElementTree.Element) -> list[str]:
    return ["".join(it.itertext()).strip() for it in picture.iter(f"{SVG}text")]


def widths(picture: ElementTree.Element) -> list[float]:
    """Return the widths of what is filled in the color of the first series."""
    found = []
    for path in picture.iter(f"{SVG}path"):
        if "--figure-1" in path.get("style", ""):
            across = [float(x) for x in re.findall(r"[ML] ?([\d.]+)", path.get("d", ""))]
            found.append(max(across) - min(across))
    return found


def test_it_is_drawn_for_a_wide_page_and_for_a_narrow_one() -> None:
    assert [picture.get("class") for picture in pictures(drawn())] == ["wide", "narrow"]


@pytest.mark.parametrize("shape", [0, 1], ids=["wide", "narrow"])
def test_every_floor_every_instrument_and_what_each_sees_are_written(shape: int) -> None:
    written = texts(pictures(drawn())[shape])
    assert {"objects", "getsizeof", "pages", "VmHWM"} <= set(written)
    assert [it for it in written if re.fullmatch(r"[\d.]+", it)] == ["8.0", "64.0", "72.3"]
    assert written.count("not here") == 1


@pytest.mark.parametrize("shape", [0, 1], ids=["wide", "narrow"])
def test_a_cell_is_filled_as_far_as_its_share_and_goes_beyond_the_whole(shape: int) -> None:
    part, whole, more = widths(pictures(drawn())[shape])
    assert part == pytest.approx(whole / 8, rel=0.02)
    assert more == pytest.approx(1.13 * whole, rel=0.02)


def test_a_share_below_nothing_is_drawn_as_nothing() -> None:
    none, *_others = widths(pictures(drawn(share(-0.2)))[0])
    assert none == 0


def test_it_is_told_in_words_column_by_column() -> None:
    told = pictures(drawn())[0].get("aria-label") or ""
    assert told == (
        "Two floors. MiB seen. small objects: objects 8.0, pages 72.3. "
        "zeros: objects 64.0, pages not here."
    )


def test_its_numbers_stand_in_a_table_below() -> None:
    table = drawn().html.partition("<table")[2]
    cells = re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", table)
    assert cells == [
        "floor",
        "instruments",
        "small objects, MiB",
        "zeros, MiB",
        "objects",
        "getsizeof",
        "8.0",
        "64.0",
        "pages",
        "VmHWM",
        "72.3",
        "not here",
    ]


def test_a_floor_needs_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="pages: 1 cells under 2 columns"):
        floors.floors(["a", "b"], [("pages", "", [share(1)])], whole=1, alt="It.", caption="It.")


def test_a_floor_shows_shares_alone() -> None:
    with pytest.raises(ValueError, match="seen is in MiB"):
        drawn(share(8, unit="MiB"))
