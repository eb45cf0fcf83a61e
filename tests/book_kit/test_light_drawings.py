"""What is drawn in few bytes is as long, as high and as full as its numbers say."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from drawings import HOSTILE, SVG

from book_kit.show import light_drawings as draw
from book_kit.show.light_drawings import Bar, Stairs
from book_kit.show.shapes import WIDTHS

_BAR = re.compile(r"h([\d.]+)v")
_STEP = re.compile(r"[MHV][\d. ]+")


def both(text: str) -> list[ElementTree.Element]:
    """Return the wide drawing and the narrow one."""
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", text, re.S)]


def paths(drawing: ElementTree.Element, look: str) -> list[str]:
    return [
        path.get("d") or ""
        for path in drawing.iter(f"{SVG}path")
        if look in (path.get("style") or "")
    ]


def texts(drawing: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in drawing.iter(f"{SVG}text")]


def test_a_bar_is_as_long_as_its_value() -> None:
    rows = [Bar("one", 10, "10"), Bar("other", 40, "40"), Bar("third", None, "refuses", 1)]
    for drawing in both(draw.bars(rows, x="pears", top=80, alt="Pears.")):
        (filled,) = paths(drawing, "--figure-1")
        short, long = map(float, _BAR.findall(filled))
        assert long == pytest.approx(4 * short, abs=0.2)
        assert not paths(drawing, "--figure-2")
        assert {"one", "40", "refuses", "pears"} <= set(texts(drawing))


def test_drawings_with_one_end_can_be_compared() -> None:
    lengths = [
        float(
            _BAR.findall(
                paths(both(draw.bars([Bar("a", v, "x")], x="", top=80, alt=""))[0], "--figure-1")[0]
            )[0]
        )
        for v in (20, 40)
    ]
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.2)


def test_what_has_no_place_on_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="other: 90 is not from 0 to 80"):
        draw.bars([Bar("one", 10, ""), Bar("other", 90, "")], x="", top=80, alt="")
    with pytest.raises(ValueError, match="nothing to draw: pears"):
        draw.stairs([Stairs("pears", [])], x="", y="", right=1, top=1, alt="")
    with pytest.raises(ValueError, match=r"one is 1\.5"):
        draw.cells([(0, 1.5)], title=["x"], alt="")


def test_stairs_keep_their_value_until_the_next_point() -> None:
    line = Stairs("pears", [(0, 10), (50, 20), (75, 40)])
    for drawing in both(draw.stairs([line], x="x", y="y", right=100, top=40, alt="")):
        (path,) = paths(drawing, "stroke-width")
        steps = _STEP.findall(path)
        assert [step[0] for step in steps] == ["M", "H", "V", "H", "V", "H"]
        start, low = map(float, steps[0][1:].split())
        turns = [float(step[1:]) for step in steps[1:]]
        assert turns[2] - start == pytest.approx(1.5 * (turns[0] - start), abs=0.2)
        assert turns[4] - start == pytest.approx(2 * (turns[0] - start), abs=0.2)
        assert low - turns[3] == pytest.approx(3 * (low - turns[1]), abs=0.3)
    assert draw.value_at(line.points, 74) == 20
    assert draw.value_at(line.points, 75) == 40
    with pytest.raises(LookupError):
        draw.value_at(line.points, -1)


def test_a_mark_meets_each_line_where_it_is() -> None:
    lines = [Stairs("a", [(0, 10), (50, 20)]), Stairs("b", [(0, 30)], 1)]
    for drawing in both(draw.stairs(lines, x="", y="", right=100, top=40, alt="", mark=60)):
        dots = [float(dot.get("cy") or 0) for dot in drawing.iter(f"{SVG}circle")]
        ends = [
            float(_STEP.findall(path)[-2].split()[-1].lstrip("V"))
            for path in paths(drawing, "stroke-width")
        ]
        assert dots == ends


def test_labels_at_the_ends_stand_apart_and_within_the_drawing() -> None:
    lines = [Stairs(f"line {n}", [(0, 10 + n / 10)], n) for n in range(3)]
    for wide, drawing in zip(
        (True, False), both(draw.stairs(lines, x="", y="", right=9, top=40, alt="")), strict=True
    ):
        labels = [it for it in drawing.iter(f"{SVG}text") if (it.text or "").startswith("line")]
        heights = sorted(float(it.get("y") or 0) for it in labels)
        assert all(after - before >= 12 for before, after in pairwise(heights))
        assert all(float(it.get("x") or 0) < WIDTHS[wide] - 40 for it in labels)


def test_a_cell_is_filled_as_far_as_its_share_goes_and_tinted_above_none() -> None:
    shares = [(0.0, 0.0), (1.0, 0.5), (2.0, 1.0), (3.0, 0.001)]
    for drawing in both(draw.cells(shares, title=["half", "full"], alt="Cells.")):
        outlined, tinted, filled = (it.get("d") or "" for it in drawing.iter(f"{SVG}path"))
        assert [outlined.count("z"), tinted.count("z"), filled.count("z")] == [4, 3, 3]
        half, full, hardly = (float(high) for high in re.findall(r"v-([\d.]+)", filled))
        assert full == pytest.approx(2 * half)
        assert 0 < hardly < half / 5


def test_the_alternative_text_has_the_numbers() -> None:
    def told(drawn: str) -> set[str]:
        return {drawing.get("aria-label") or "" for drawing in both(drawn)}

    rows = [Bar("one", 10, "10 MiB"), Bar("other", None, "refuses")]
    assert told(draw.bars(rows, x="", top=10, alt="Bars.")) == {
        "Bars. one: 10 MiB; other: refuses."
    }
    lines = [Stairs("pears", [(0, 10), (50, 1200)])]
    assert told(draw.stairs(lines, x="", y="", right=60, top=2000, alt="Stairs.")) == {
        "Stairs. pears: from 10 at 0 to 1,200 at 50."
    }


def test_no_label_can_pass_for_markup() -> None:
    drawn = draw.bars([Bar(HOSTILE, 1, HOSTILE)], x=HOSTILE, top=1, alt=HOSTILE)
    drawn += draw.stairs([Stairs(HOSTILE, [(0, 1)])], x=HOSTILE, y=HOSTILE, right=1, top=1, alt="")
    drawn += draw.cells([(0, 1)], title=[HOSTILE], alt=HOSTILE)
    assert "<script" not in drawn
    assert all(HOSTILE in texts(drawing) or texts(drawing) for drawing in both(drawn))
