"""Every exercise of the book is what its folder says, by each instrument that this system has."""

from __future__ import annotations

import re

import pytest
from exercise_proof import complaints, over_limits
from processes import ROOT

from book_kit.exercises import heap_limit, source

BOOK = ROOT / "book"
NAMES = source.names(BOOK)


@pytest.mark.parametrize("name", NAMES)
def test_each_answer_of_an_exercise_fares_as_its_folder_says(name: str) -> None:
    assert complaints(source.read(BOOK, name)) == []


def test_memray_s_limit_tells_starts_from_solutions() -> None:
    reason = heap_limit.lacking()
    if reason:
        pytest.skip(reason)
    assert over_limits([source.read(BOOK, name) for name in NAMES]) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_stands_on_the_page_of_its_chapter(name: str) -> None:
    page = BOOK / f"{source.read(BOOK, name).chapter}.md"
    boxes = re.findall(r"^:::\{exercise\} (.+)$", page.read_text(encoding="utf-8"), re.M)
    assert boxes.count(name) == 1


def test_no_two_exercises_have_one_title() -> None:
    titles = [source.read(BOOK, name).title for name in NAMES]
    assert sorted(set(titles)) == sorted(titles)
