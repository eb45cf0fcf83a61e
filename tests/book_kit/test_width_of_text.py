"""What a text takes, by a rule with measured numbers: the interpreter that runs this agrees."""

from __future__ import annotations

import json
import sys

import pytest
from drawings import HOSTILE
from elements import Elements
from processes import script

from book_kit.evidence.quantity import Measurement
from book_kit.running.experiment import Result
from book_kit.show.width_of_text import DRAWN, Rule, width_of_text

TEXTS = [
    *("", "a", "\x7f", "\x80", "é", "ÿ", "Ā", "€", "\uffff", "\U00010000", "🐍"),
    *("plain text", "naïve café", "Łódź", "नमस्ते", "plain text 🐍", "a" * 5000 + "é"),
]


@pytest.fixture(scope="module")
def found() -> Result:
    finished = script("width-of-a-text", "--json")
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout)
    figures = {
        name: Measurement(name, it["unit"], (it["value"],), it["instrument"])
        for name, it in report["measurements"].items()
    }
    return Result("width-of-a-text", "", "", figures, "", 0, 0, environment=report["environment"])


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_the_rule_gives_what_the_interpreter_says(text: str, found: Result) -> None:
    rule = Rule(found)
    assert rule.size(text) == sys.getsizeof(text)
    said = rule.said(text)
    assert f"{sys.getsizeof(text):,} bytes as str on {rule.python}" in said
    assert f"= {sys.getsizeof(text.encode()):,} bytes." in said


def test_a_character_is_drawn_as_wide_as_it_is_stored(found: Result) -> None:
    page = Elements(width_of_text(found, "aé☕", caption="Wide").opening)
    assert [it["style"] for it in page.attributes["b"]] == [
        f"--bytes: {width}" for width in (2, 2, 2, 1, 2, 3)
    ]


def test_of_a_long_text_the_beginning_is_drawn(found: Result) -> None:
    page = Elements(width_of_text(found, "a" * 100, caption="Wide").opening)
    assert page.tags.count("b") == 2 * DRAWN
    assert "100" in page.text


def test_no_text_can_pass_for_markup(found: Result) -> None:
    html = width_of_text(found, HOSTILE, caption=HOSTILE).opening
    assert "<script" not in html
    assert Elements(html).attributes["input"][0]["value"] == HOSTILE
