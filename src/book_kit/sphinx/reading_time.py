"""How long a chapter takes, reckoned from what stands on it: {minutes}`read`.

Words are read at 200 a minute, which is slow for prose and right for prose about memory.  What is
folded does not count.  What is to be written is reckoned as ten minutes, a question to think about
as five, and both are given apart.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from book_kit.sphinx import predict
from book_kit.sphinx.places import html

_WORDS_A_MINUTE = 200
_OF_A_PICTURE = 1.0  # minutes, as of a table, or of a piece of code
_OF_A_PREDICTION = 1.0
_OF_AN_EXERCISE, _OF_A_QUESTION = 10.0, 5.0
_STEP = 5  # minutes: nobody can say it closer
_PLACE = '<span class="minutes"></span>'

_INNERMOST_FOLD = re.compile(r"<details\b(?:(?!<details\b).)*?</details>", re.S)
_SEEN_NOT_READ = re.compile(r"<(figure|table|pre)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]+>")
_EXERCISE = '<div class="exercise"'
_QUESTION = re.compile(r"<p><strong>(?:\d+|To think about)\.</strong>")


class _Role(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [html(_PLACE)], []


def in_words(body: str) -> str:
    """Say how long a page takes to read, by its HTML, and how much longer its exercises."""
    read = f"{rounded(minutes_to_read(body))} minutes"
    after = body.partition('id="exercises"')[2]
    exercises = after.count(_EXERCISE) * _OF_AN_EXERCISE
    exercises += len(_QUESTION.findall(after)) * _OF_A_QUESTION
    if not exercises:
        return read
    return f"{read}, and {rounded(exercises)} for the exercises"


def rounded(minutes: float) -> int:
    """Return minutes in steps of five, and never none."""
    return max(_STEP, round(minutes / _STEP) * _STEP)


def minutes_to_read(body: str) -> float:
    """Return the minutes that a page takes, by its HTML, without what is folded."""
    text, folds = body, 1
    while folds:
        text, folds = _INNERMOST_FOLD.subn(" ", text)
    text, seen = _SEEN_NOT_READ.subn(" ", text)
    words = len(_TAG.sub(" ", text.partition('id="exercises"')[0]).split())
    predictions = text.count(predict.BEGINS)
    return words / _WORDS_A_MINUTE + seen * _OF_A_PICTURE + predictions * _OF_A_PREDICTION


def _put(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    body = context.get("body", "")
    if _PLACE in body:
        context["body"] = body.replace(_PLACE, in_words(body))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_role("minutes", _Role())
    app.connect("html-page-context", _put)
