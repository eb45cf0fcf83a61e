"""A picture of an arena is valid inline SVG that draws each pool and each survivor, and no more."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from book_kit.evidence.quantity import Measurement
from book_kit.running.experiment import Result, Unavailable
from book_kit.show import arena_drawing
from book_kit.show.arena_drawing import Arena

SVG = "{http://www.w3.org/2000/svg}"
SMALL = Arena(
    arena=1 << 20,
    pool=16 << 10,
    block=96,
    object=93,
    pools=64,
    blocks=170,
    made=10_710,
    alive={place: (2 if place % 2 else 1) if place < 60 else 0 for place in range(63)},
    enlarged=59,
    standing=[3, 103],
)
OLD = replace(
    SMALL,
    arena=256 << 10,
    pool=4 << 10,
    blocks=42,
    made=2_688,
    alive=dict.fromkeys(range(64), 1),
    enlarged=63,
    standing=[41],
)


def pictures(drawn: Arena) -> list[ElementTree.Element]:
    html = arena_drawing.arena(drawn, alt="Three grids.", caption="Below.").html
    return [ElementTree.fromstring(it) for it in re.findall(r"<svg.*?</svg>", html, re.S)]


def squares(picture: ElementTree.Element, grid: int, look: str) -> list[tuple[float, float]]:
    """Return where in one of the three grids squares of a look begin."""
    paths = list(picture.iter(f"{SVG}g"))[grid].iter(f"{SVG}path")
    found = [p for p in paths if re.search(look, p.get("style") or "")]
    return [(x, y) for path in found for x, y, _ in corners(path)]


def corners(path: ElementTree.Element) -> list[tuple[float, float, float]]:
    """Follow a path of squares; return where each begins, and how long its sides are."""
    steps = re.findall(r"m([-\d.e]+) ([-\d.e]+)h([\d.]+)", path.get("d") or "")
    x = y = 0.0
    found = []
    for across, down, side in (map(float, step) for step in steps):
        x, y = x + across, y + down
        found.append((x, y, side))
    return found


ALIVE, TINTED = r"--figure-1\); stroke", r"fill-opacity"
EMPTY, DASHED = r"--figure-grid", r"dasharray"
EACH = pytest.mark.parametrize("drawn", [SMALL, OLD], ids=["1 MiB", "256 KiB"])


@EACH
def test_it_is_drawn_for_a_wide_page_and_for_a_narrow_one(drawn: Arena) -> None:
    assert [picture.get("class") for picture in pictures(drawn)] == ["wide", "narrow"]


@EACH
def test_each_survivor_is_a_dot_and_each_pool_that_has_one_is_tinted(drawn: Arena) -> None:
    for picture in pictures(drawn):
        assert len(squares(picture, 0, ALIVE)) == sum(drawn.alive.values())
        held = sum(number > 0 for number in drawn.alive.values())
        assert len(squares(picture, 0, TINTED)) == held
        assert len(squares(picture, 0, EMPTY)) == len(drawn.alive) - held
        assert len(squares(picture, 0, DASHED)) == drawn.pools - len(drawn.alive)


@EACH
def test_blocks_in_use_stand_out_among_those_of_the_enlarged_pool(drawn: Arena) -> None:
    for picture in pictures(drawn):
        assert len(squares(picture, 1, ALIVE)) == len(drawn.standing)
        assert len(squares(picture, 1, EMPTY)) == drawn.blocks - len(drawn.standing)


@EACH
def test_a_block_shows_each_byte_of_the_object_and_each_that_is_left_over(drawn: Arena) -> None:
    for picture in pictures(drawn):
        assert len(squares(picture, 2, ALIVE)) == drawn.object
        assert len(squares(picture, 2, EMPTY)) == drawn.block - drawn.object


@EACH
def test_no_two_squares_of_a_grid_overlap(drawn: Arena) -> None:
    for picture in pictures(drawn):
        for grid in range(3):
            looks = (EMPTY, DASHED, TINTED if grid == 0 else ALIVE)
            places = [place for look in looks for place in squares(picture, grid, look)]
            assert len({(round(x), round(y)) for x, y in places}) == len(places)


@EACH
def test_it_says_in_words_what_it_shows(drawn: Arena) -> None:
    for picture in pictures(drawn):
        assert picture.get("role") == "img"
        words = picture.get("aria-label") or ""
        assert words.startswith("Three grids. An arena: ")
        assert f"{sum(drawn.alive.values())} of {drawn.made:,} objects alive" in words
        written = " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))
        assert f"{drawn.blocks} blocks of {drawn.block} bytes" in written


def test_sizes_are_written_in_the_largest_unit_that_leaves_them_whole() -> None:
    words = (pictures(OLD)[0].get("aria-label") or "").split(", ")
    assert words[0].endswith("An arena: 256 KiB")
    assert words[1] == "64 pools of 4 KiB"


@EACH
def test_everything_lies_within_the_picture(drawn: Arena) -> None:
    for picture in pictures(drawn):
        _, _, width, height = map(float, (picture.get("viewBox") or "").split())
        for group in picture.iter(f"{SVG}g"):
            left, top = map(float, re.findall(r"[-\d.]+", group.get("transform") or ""))
            for path in group.iter(f"{SVG}path"):
                assert corners(path)
                for x, y, side in corners(path):
                    assert 0 <= left + x <= left + x + side <= width
                    assert 0 <= top + y <= top + y + side <= height
        for text in picture.iter(f"{SVG}text"):
            letter = float(re.findall(r"font-size: ([\d.]+)", text.get("style") or "")[0])
            end = float(text.get("x") or 0) + 0.56 * letter * len(text.text or "")
            assert end <= width + 4
            assert 0 < float(text.get("y") or 0) <= height


@EACH
def test_no_word_of_a_panel_runs_into_the_next_one(drawn: Arena) -> None:
    wide = pictures(drawn)[0]
    starts = sorted({float(text.get("x") or 0) for text in wide.iter(f"{SVG}text")})
    for text in wide.iter(f"{SVG}text"):
        x, letters = float(text.get("x") or 0), len(text.text or "")
        following = [start for start in starts if start > x]
        if following:
            assert x + 0.56 * 12 * letters < following[0]


@EACH
def test_it_has_no_color_of_its_own(drawn: Arena) -> None:
    html = arena_drawing.arena(drawn, alt="", caption="").html
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", html) == []
    assert not re.search(r"(fill|stroke): (?!none|var\(--figure-)", html)


def test_what_would_not_fit_or_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="10 living objects in a pool, and room to draw 9"):
        replace(SMALL, alive={**SMALL.alive, 0: 10})
    with pytest.raises(ValueError, match="the enlarged pool needs a living object"):
        replace(SMALL, standing=[])
    with pytest.raises(ValueError, match="a block for each"):
        replace(SMALL, standing=[1, 2, 3])


def result(unavailable: str = "") -> Result:
    figures = {
        "arena": (1.0, "MiB"),
        "pool": (16.0, "KiB"),
        "block": (96.0, "bytes"),
        "object": (93.0, "bytes"),
        "pools": (64.0, "count"),
        "blocks": (170.0, "count"),
        "made": (10_710.0, "count"),
    }
    return Result(
        script="inside-an-arena",
        command="",
        key="inside-an-arena",
        measurements={
            name: Measurement(name, unit, (value,), "asked")
            for name, (value, unit) in figures.items()
        },
        output="",
        seconds=0,
        peak_mib=0,
        series={
            "pools": [(place, number) for place, number in SMALL.alive.items()],
            "standing": [(59.0, 3.0), (59.0, 103.0)],
        },
        unavailable=dict.fromkeys(figures, unavailable) if unavailable else {},
    )


def test_it_is_made_of_what_the_experiment_reports() -> None:
    assert arena_drawing.of_result(result()) == SMALL


def test_without_arenas_there_is_no_picture_but_the_reason() -> None:
    with pytest.raises(Unavailable, match="needs pymalloc"):
        arena_drawing.of_result(result("needs pymalloc"))
