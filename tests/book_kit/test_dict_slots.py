"""The table of a dict is drawn slot by slot and entry by entry, holes and all."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from drawings import HOSTILE, SVG, pictures
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.running.experiment import Result
from book_kit.show.dict_slots import dict_slots
from book_kit.show.markup import Markup

TIMES = "\N{MULTIPLICATION SIGN}"
SLOTS = [-1, 0, -2, -2, 3, -1, -1, -1]
ENTRIES = [1, 0, 0, 4, -1]


def drawn(alt: str = "A table.") -> Markup:
    result = Result(
        "dict-slots",
        "",
        "dict-slots",
        {"mined.size": Measurement("mined.size", "bytes", (184.0,), "sys.getsizeof")},
        "",
        0.0,
        0.0,
        series={
            "mined.slots": list(enumerate(map(float, SLOTS))),
            "mined.entries": list(enumerate(map(float, ENTRIES))),
        },
    )
    return dict_slots(result, {"mined": "two deleted"}, alt=alt, caption="With holes.")


def cells_of(picture: str) -> list[list[float]]:
    """Return for each cell its left and upper ends, its width and its height."""
    paths = ElementTree.fromstring(picture).iter(f"{SVG}path")
    return [
        [float(number) for number in re.findall(r"[\d.]+", outline)[:4]]
        for path in paths
        for outline in (path.get("d") or "").split("z")
        if outline
    ]


def test_there_is_a_cell_for_each_slot_and_each_entry() -> None:
    for picture in pictures(drawn()):
        cells = cells_of(picture)
        assert len(cells) == len(SLOTS) + len(ENTRIES)
        assert len({(x, y) for x, y, _, _ in cells}) == len(cells)


def test_cells_have_the_number_of_an_entry_a_key_a_sign_for_a_hole_or_nothing() -> None:
    for picture in pictures(drawn()):
        written = [
            "".join(text.itertext()) for text in ElementTree.fromstring(picture).iter(f"{SVG}tspan")
        ]
        assert [text for text in written if len(text) == 1] == [
            *("0", TIMES, TIMES, "3"),
            *("a", TIMES, TIMES, "d"),
        ]


def test_the_words_and_the_data_count_slots_keys_and_holes() -> None:
    told = "two deleted: 8 slots, 2 keys, 2 holes, 1 free places, 184\N{NO-BREAK SPACE}bytes"
    assert told in drawn().text
    assert '<td class="number">8</td>' in drawn().html


def test_everything_lies_within_the_picture() -> None:
    for picture in pictures(drawn()):
        root = ElementTree.fromstring(picture)
        _, _, width, height = map(float, (root.get("viewBox") or "").split())
        for x, y, w, h in cells_of(picture):
            assert x >= 0
            assert x + w <= width
            assert y + h <= height


def test_colors_are_those_of_the_theme_and_no_text_passes_for_markup() -> None:
    html = re.sub(r'aria-label="[^"]*"', "", drawn().html)
    assert not re.search(r"(fill|stroke): (?!none|var\(--figure-)", html)
    assert "script" not in Elements(drawn(HOSTILE).html).tags
