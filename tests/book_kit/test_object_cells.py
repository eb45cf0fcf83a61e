"""The cells of an object are all of its block, in their order, with words for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from drawings import HOSTILE, SVG, pictures, places_of
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.running.experiment import Result
from book_kit.show.markup import Markup
from book_kit.show.object_cells import objects

FLOAT = {"count": 8, "type": 8, "value": 8, "spare": 8, "reported": 24, "block": 32}
LIST = {"collector": 16, "count": 8, "type": 8, "length": 8, "items": 8, "room": 8, "spare": 8}
LIST |= {"reported": 56, "block": 64}
ARRAY = {"references": 24, "spare": 8, "reported": 24, "block": 32}


def result(**kinds: Mapping[str, int]) -> Result:
    measurements = {
        f"{kind}.{part}": Measurement(f"{kind}.{part}", "bytes", (float(size),), "ctypes")
        for kind, parts in kinds.items()
        for part, size in parts.items()
    }
    return Result("cells", "", "cells", measurements, "", 0.0, 0.0)


def drawn(alt: str = "Cells.") -> Markup:
    return objects(
        result(float=FLOAT, list=LIST, array=ARRAY),
        {
            "float": ["a float", "3.14"],
            "list": ["a list"],
            "array": ["its array", "→ one", "→ two", "→ three"],
        },
        alt=alt,
        caption="Cells.",
    )


def boxes(picture: str) -> list[tuple[float, float, float, float]]:
    """Return the cells of a picture, which are taller than the boxes of its legend."""
    found = []
    for rect in ElementTree.fromstring(picture).iter(f"{SVG}rect"):
        x, y, width, height = (float(rect.get(name) or 0) for name in ("x", "y", "width", "height"))
        if height > 20:
            found.append((x, y, width, height))
    return found


def test_every_part_is_written_in_both_pictures() -> None:
    for text in ("collector", "count", "type", "3.14", "items", "room", "→ one", "→ three"):
        assert len(places_of(drawn(), text)) >= 2, text


def test_the_words_tell_every_part_with_its_bytes() -> None:
    told = ElementTree.fromstring(pictures(drawn())[0]).get("aria-label") or ""
    assert "a float: reference count 8, reference to the type 8, value 8, spare 8" in told
    assert "header for the garbage collector 16" in told
    assert "in a block of 64 bytes" in told


def test_cells_lie_within_the_picture_side_by_side_and_are_as_wide_as_their_bytes() -> None:
    for picture in pictures(drawn()):
        _, _, width, height = map(
            float, (ElementTree.fromstring(picture).get("viewBox") or "").split()
        )
        cells = boxes(picture)
        assert all(x >= 0 and y >= 0 for x, y, _, _ in cells)
        assert all(x + w <= width and y + h <= height for x, y, w, h in cells)
        byte = cells[0][2] / 8
        assert sum(w for _, _, w, _ in cells) / byte == pytest.approx(32 + 64 + 32, rel=0.01)
        for (x, y, w, h), (u, v, _, _) in pairwise(cells):
            assert x + w <= u + 0.2 or y + h <= v + 0.2


def test_headers_stand_in_line_and_the_array_below_the_reference_to_it() -> None:
    wide, of_float, of_list = 0, 0, 1
    counts = [x for x, _ in places_of(drawn(), "count")]
    assert counts[of_float] == counts[of_list]
    assert places_of(drawn(), "items")[wide][0] == places_of(drawn(), "→ one")[wide][0]


def test_an_arrow_leads_from_the_list_to_its_array() -> None:
    for picture in pictures(drawn()):
        heads = re.findall(r'd="[^"]* Z"', picture)
        assert len(heads) == 1
    without = objects(result(float=FLOAT), {"float": ["a float", "1"]}, alt="A.", caption="B.")
    assert "<path" not in without.html


def test_parts_that_do_not_make_up_the_block_are_refused() -> None:
    with pytest.raises(ValueError, match="the parts of float do not make up its block of 48 bytes"):
        objects(result(float=FLOAT | {"block": 48}), {"float": ["a float"]}, alt="A.", caption="B.")


def test_colors_are_those_of_the_theme_and_no_text_passes_for_markup() -> None:
    html = re.sub(r'aria-label="[^"]*"', "", drawn().html)
    assert not re.search(r"(fill|stroke): (?!none|var\(--figure-)", html)
    assert "script" not in Elements(drawn(HOSTILE).html).tags
