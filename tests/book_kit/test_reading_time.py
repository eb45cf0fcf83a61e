"""The time of a chapter comes from what stands on it."""

from __future__ import annotations

import pytest

from book_kit.sphinx.reading_time import in_words, minutes_to_read, rounded


def words(number: int) -> str:
    return f"<p>{'word ' * number}</p>"


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        (words(1_000), 5),
        (words(200) + "<figure><svg><text>many words in a picture</text></svg></figure>", 2),
        (words(200) + f"<details><summary>more</summary>{words(5_000)}</details>", 1),
        (f"<details>{words(400)}<details>{words(400)}</details></details>{words(200)}", 1),
        (words(200) + '<fieldset class="predict"></fieldset>', 2),
        (words(200) + "<pre>import sys</pre><table><tr><td>1</td></tr></table>", 3),
    ],
)
def test_words_pictures_code_and_predictions_count_and_what_is_folded_does_not(
    body: str, minutes: float
) -> None:
    assert minutes_to_read(body) == pytest.approx(minutes)


def test_exercises_are_told_apart_and_their_words_are_not_read_twice() -> None:
    exercises = f'<h2 id="exercises">Exercises</h2><p><strong>1.</strong> {words(900)}</p>' + (
        "<p><strong>2.</strong> Do.</p>"
    )
    assert in_words(words(2_000) + exercises) == "10 minutes, and 10 for the exercises"
    graded = exercises + 2 * '<div class="exercise" id="exercise-sum">'
    assert in_words(words(2_000) + graded) == "10 minutes, and 30 for the exercises"
    assert in_words(words(2_000)) == "10 minutes"


@pytest.mark.parametrize(("minutes", "said"), [(0.1, 5), (7.4, 5), (7.6, 10), (31, 30)])
def test_nobody_can_say_it_closer_than_five_minutes(minutes: float, said: int) -> None:
    assert rounded(minutes) == said
