"""Below a figure stand the numbers that it shows; its axes and lines can be told apart."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.show import bars, figure_data, graph_figures, lines
from book_kit.show.markup import Markup
from measured import object_graph

SVG = "{http://www.w3.org/2000/svg}"
STAIRS = [(float(place), float(place // 10)) for place in range(300)]


def shares(*values: float) -> Markup:
    rows = [(f"bar {n}", Measurement("s", "fraction", (v,), "i")) for n, v in enumerate(values)]
    return bars.bars(rows, x="share of all", alt="Shares.", caption="Shares.")


def some_lines(**series: list[tuple[float, float]]) -> Markup:
    return lines.lines(series, x="items", y="size (bytes)", alt="L.", caption="Lines", steps=True)


def words(figure: Markup) -> list[str]:
    """Return every text of both pictures of a figure."""
    return [
        "".join(text.itertext())
        for picture in re.findall(r"<svg.*?</svg>", figure.html, re.S)
        for text in ElementTree.fromstring(picture).iter(f"{SVG}text")
    ]


def rows(figure: Markup) -> list[list[str]]:
    """Return the cells of the table below a figure, its head first."""
    table = figure.html.partition('<details class="figure-data"')[2]
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", table)
    ]


def test_the_table_has_the_number_beside_each_bar() -> None:
    figure = shares(0.921, 0.004)
    assert rows(figure) == [["bar", "share of all (%)"], ["bar 0", "92"], ["bar 1", "0.4"]]
    for number in ("92", "0.4"):
        assert f"{number}\N{NO-BREAK SPACE}%" in words(figure)


def test_runs_that_differ_have_their_ends_in_the_table() -> None:
    bar = Measurement("m", "MiB", (1.0, 3.0, 2.0), "i")
    figure = bars.bars([("a", bar)], x="growth", alt="One.", caption="One.")
    assert rows(figure)[1] == ["a", "2.0", "1.0", "3.0"]


def test_the_table_has_every_point_of_a_short_line() -> None:
    figure = some_lines(one=[(0, 5), (1, 12584)], other=[(1, 0.25)])
    assert rows(figure) == [["items", "one", "other"], ["0", "5", ""], ["1", "12,584", "0.25"]]


def test_of_stairs_the_table_has_each_step() -> None:
    found = rows(some_lines(stairs=STAIRS))[1:]
    assert [row[1] for row in found[:-1]] == [str(height) for height in range(30)]
    assert "a row wherever something changes" in some_lines(stairs=STAIRS).html


def test_a_long_table_is_thinned_and_says_so() -> None:
    line = [(float(place), float(place)) for place in range(1000)]
    found = some_lines(line=line)
    assert 30 <= len(rows(found)) - 1 <= figure_data.MOST_ROWS
    assert "of 1,000 rows" in found.html
    assert rows(found)[-1] == ["999", "999"]


def test_the_table_of_objects_has_each_reference() -> None:
    drawn = object_graph.of({"a": ["ham", "eggs"]})
    figure = graph_figures.graph(drawn, alt="A list.", caption="A list.")
    assert len(rows(figure)) == 1 + len(list(drawn.references()))


def test_an_axis_of_shares_ends_at_the_whole() -> None:
    ticks = [text for text in words(shares(1.0, 0.5)) if text.endswith("%")]
    assert "100\N{NO-BREAK SPACE}%" in ticks
    assert max(float(tick[:-2]) for tick in ticks) == 100


def test_percent_are_written_one_way() -> None:
    with_sign = [text for text in words(shares(0.92, 0.0)) if "%" in text]
    assert len(with_sign) > 6
    assert all(re.fullmatch(r"[\d.]+\N{NO-BREAK SPACE}%", text) for text in with_sign)


def dashed(figure: Markup) -> int:
    return figure.html.count("stroke-dasharray")


def test_a_line_that_runs_on_top_of_another_is_dashed_there_and_the_caption_says_so() -> None:
    same = [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)]
    apart = [(0.0, 9.0), (1.0, 8.0), (2.0, 7.0)]
    assert dashed(some_lines(one=same, other=same)) == 2  # once in each picture
    assert "on top of another" in some_lines(one=same, other=same).html
    assert dashed(some_lines(one=same, other=apart)) == 0
    assert "on top of another" not in some_lines(one=same, other=apart).html


def test_labels_that_had_to_move_are_led_to_their_lines() -> None:
    close = {name: [(0.0, 0.0), (1.0, 100.0 + place)] for place, name in enumerate("ab")}
    far = {name: [(0.0, 0.0), (1.0, 100.0 * place)] for place, name in enumerate("ab")}
    paths = [some_lines(**series).html.count("<path") for series in (close, far)]
    assert paths[0] >= paths[1] + 4


def test_a_mark_has_the_color_of_the_line_that_it_is_on() -> None:
    figure = lines.lines(
        {"low": [(0, 1), (2, 1)], "high": [(0, 5), (1, 9), (2, 5)]},
        x="x",
        y="y",
        alt="L.",
        caption="L.",
        marks={"the peak": (1, 9)},
    )
    for picture in re.findall(r"<svg.*?</svg>", figure.html, re.S):
        (label,) = [
            text
            for text in ElementTree.fromstring(picture).iter(f"{SVG}text")
            if "".join(text.itertext()) == "the peak"
        ]
        assert "var(--figure-2)" in (label.get("style") or "")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (12584.0, "12,584"),
        (12584.3, "12,584"),
        (2.5, "2.5"),
        (0.0123456, "0.01235"),
        (-7.0, "\N{MINUS SIGN}7"),
    ],
)
def test_a_number_in_a_picture_has_no_exponent(value: float, written: str) -> None:
    assert figure_data.number(value) == written


def test_no_label_passes_for_markup_in_the_table() -> None:
    figure = some_lines(**{"<script>": [(0.0, 1.0), (1.0, 2.0)]})
    assert "script" not in Elements(figure.html).tags
