"""Curves to choose from: on one scale, each with its links, none without a height."""

from __future__ import annotations

import re

import pytest

from book_kit.show.curves import Curve, choice

UP = [(0.0, 0.0), (1.0, 50.0), (2.0, 100.0)]
DOWN = [(5.0, 25.0), (6.0, 0.0)]


def heights(points: str) -> list[float]:
    return [float(pair.split(",")[1]) for pair in points.split()]


def test_curves_share_one_scale_of_memory_and_each_has_its_own_time() -> None:
    made = choice(
        [Curve("Up", "It grows.", "up", UP), Curve("Down", "x", "down", DOWN)], caption="c"
    )
    up, down = re.findall(r'<polyline points="([^"]*)"', made.html)
    base = heights(up)[0]
    assert base - heights(up)[-1] == pytest.approx(4 * (base - heights(down)[0]), abs=0.2)
    assert up.split()[-1].split(",")[0] == down.split()[-1].split(",")[0]
    assert made.html.count("<small>") == 2 and "100.0\N{NO-BREAK SPACE}MiB at most" in made.html


def test_a_curve_and_each_of_its_causes_lead_to_a_part_of_the_page() -> None:
    made = choice(
        [Curve("Up", "It grows.", "a-ramp", UP, {"a <cache>": "a-cache", "`del`": "a-del"})],
        caption="c",
    )
    assert re.findall(r'href="#([^"]*)"', made.html) == ["a-ramp", "a-cache", "a-del"]
    assert "a &lt;cache&gt;" in made.html and "<code>del</code>" in made.html


def test_what_is_drawn_is_told_in_words() -> None:
    told = choice([Curve("Up", "It grows.", "up", UP)], caption="What it is.").text
    assert "Up: at most 100.0\N{NO-BREAK SPACE}MiB" in told and "What it is." in told


def test_thousands_of_points_become_as_many_as_an_eye_can_tell() -> None:
    many = [(float(at), float(at % 7) / 100 + at) for at in range(5_000)]
    made = choice([Curve("Up", "x", "up", many)], caption="c")
    assert len(heights(re.findall(r'<polyline points="([^"]*)"', made.html)[0])) < 200


@pytest.mark.parametrize("points", [[], [(0.0, 1.0)], [(0.0, 0.0), (1.0, 0.0)]])
def test_a_curve_of_nothing_is_refused_by_its_title(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="Flat: a curve needs two points"):
        choice([Curve("Flat", "x", "flat", points)], caption="c")
