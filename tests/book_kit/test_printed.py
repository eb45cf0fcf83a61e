"""What an experiment printed is cut into pieces that wrap, and reads as it was printed."""

from __future__ import annotations

import re
from html import unescape

import pytest

from book_kit.sphinx.printed import printed

PRINTED = """\
$ python scripts/test-pickle.py --rows 10
dump           peak   +15.3 MiB   retained    \N{MINUS SIGN}0.4 MiB
               its peak may be up to 5.8 MiB higher
    dict(d)                                     352 bytes
a < b                 <i>1</i> & 2

bytes for each item                 says     takes     CPU
append each                         8.89      8.36 22.0 ms
"""


def pieces(line: str, kind: str) -> list[str]:
    return [unescape(text) for text in re.findall(f'class="{kind}">([^<]*)<', line)]


def test_the_text_is_as_it_was_printed() -> None:
    assert unescape(re.sub("<[^>]*>", "", printed(PRINTED))) == PRINTED


def test_no_text_of_an_experiment_passes_for_markup() -> None:
    assert "<i>" not in printed(PRINTED)


@pytest.mark.parametrize(
    ("line", "label", "values"),
    [
        ("size of the file       63.6 MiB", "size of the file", ["63.6 MiB"]),
        ("    dict(d)     352 bytes", "    dict(d)", ["352 bytes"]),
        (
            "dump    peak   +1.0 MiB   retained   \N{MINUS SIGN}2.0 MiB",
            "dump",
            ["peak   +1.0 MiB", "retained   \N{MINUS SIGN}2.0 MiB"],
        ),
        ("taken until none is left", "taken until none is left", []),
    ],
)
def test_a_line_is_a_label_and_its_values(line: str, label: str, values: list[str]) -> None:
    made = printed(line)
    assert pieces(made, "label") == [label]
    assert pieces(made, "value") == values


def test_rows_of_a_table_know_how_many_columns_they_have() -> None:
    assert 'style="--columns: 3"' in printed("bytes       says    takes    CPU")
    assert "style" not in printed("dump    peak   +1.0 MiB   retained   \N{MINUS SIGN}2.0 MiB")
