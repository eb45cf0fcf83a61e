"""What the site's figures say in numbers, in words and on their axes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import built_site
import pytest

_FIGURE = re.compile(
    r'<figure class="measured-figure">(?P<figure>.*?)</figure>(?P<after>.{0,40})', re.S
)
#: Of a figure to explore, a sentence stands between the picture and its table.
_DATA = re.compile(
    r'</figure>(?:</div><p class="explore-said".*?</p><div>)?'
    r'<details class="figure-data".*?</details>',
    re.S,
)


@dataclass(frozen=True)
class Shown:
    """A figure of a page: its caption, what is said of it, its words, and its table."""

    caption: str
    told: str
    words: list[str]
    rows: list[list[str]]


def _plain(marked: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", marked))


def figures_of(page: str) -> list[Shown]:
    """Return the figures of a page; one without a table has no rows."""
    text = (built_site.SITE / page).read_text(encoding="utf-8")
    found = []
    for match in _FIGURE.finditer(text):
        data = _DATA.match(text, match.end("figure"))
        wide = match["figure"].partition("</svg>")[0]
        told = re.search(r'aria-label="([^"]*)"', wide)
        caption = re.search(r"<figcaption>(.*?)</figcaption>", match["figure"], re.S)
        assert told
        assert caption
        found.append(
            Shown(
                _plain(caption[1]),
                html.unescape(told[1]),
                [_plain(word) for word in re.findall(r"<text.*?</text>", wide, re.S)],
                [
                    [_plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
                    for row in re.findall(r"<tr>.*?</tr>", data[0] if data else "", re.S)
                ],
            )
        )
    return found


@pytest.fixture(params=built_site.illustrated_names() or ["no page"])
def shown(request: pytest.FixtureRequest) -> list[Shown]:
    return figures_of(request.param)


def test_each_figure_has_the_table_of_its_data(shown: list[Shown]) -> None:
    assert shown
    assert [one.caption for one in shown if not 2 <= len(one.rows) <= 62] == []


def test_the_number_beside_each_bar_stands_in_the_table(shown: list[Shown]) -> None:
    for one in shown:
        if one.rows[0][0] != "bar":
            continue
        column = 2 if one.rows[0][1] == "group" else 1
        beside = {
            re.split(r"[\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}]", it)[0] for it in one.words
        }
        assert {
            row[column].removesuffix("\N{MULTIPLICATION SIGN}") for row in one.rows[1:]
        } <= beside


def test_the_ends_of_each_line_stand_in_the_table(shown: list[Shown]) -> None:
    for one in shown:
        cells = {cell for row in one.rows for cell in row}
        for first, last in re.findall(r": from (\S+) at \S+ to (\S+) at ", one.told):
            assert {first, last} <= cells, one.caption


def test_words_for_those_who_cannot_see_a_figure_say_more_than_its_caption(
    shown: list[Shown],
) -> None:
    for one in shown:
        assert re.search(r"\d", one.told), one.caption
        assert len(one.told) > len(one.caption) / 2
        assert not one.told.startswith(one.caption)
        assert not re.search(r"\de[+-]\d", one.told), one.told


def test_no_axis_of_shares_goes_beyond_the_whole(shown: list[Shown]) -> None:
    percent = [re.fullmatch(r"([\d.]+)\s?%", word) for one in shown for word in one.words]
    assert [match[0] for match in percent if match and float(match[1]) > 100] == []


@pytest.mark.parametrize("page", built_site.page_names() or ["no page"])
def test_percent_are_written_one_way(page: str) -> None:
    text = (built_site.SITE / page).read_text(encoding="utf-8")
    article = text.partition("<article")[2].partition("</article>")[0]
    prose = _plain(re.sub(r"<(style|script)\b.*?</\1>|<code>.*?</code>", " ", article, flags=re.S))
    assert re.findall(r".{0,30}\d%.{0,10}", prose) == []


@pytest.mark.parametrize("page", built_site.chapter_names() or ["no page"])
def test_no_claim_gives_away_the_solution_of_an_exercise(page: str) -> None:
    text = (built_site.SITE / page).read_text(encoding="utf-8")
    exercises = text.partition('<section id="exercises">')[2].partition("</section>")[0]
    while "<details" in exercises:
        exercises = re.sub(r"<details(?:(?!<details).)*?</details>", "", exercises, flags=re.S)
    assert 'class="claim' not in exercises
