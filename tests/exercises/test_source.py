"""The folder of an exercise is read, and what is wrong with it is one line that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from exercise_proof import complaints, over_limits

from book_kit.exercises import heap_limit, source
from book_kit.exercises.source import BadExercise


def change(book: Path, file: str, old: str, new: str) -> None:
    path = book / "exercises" / "twice" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_folder_is_read(book: Path) -> None:
    exercise = source.read(book, "twice")
    assert (exercise.title, exercise.kind, exercise.budget_mib) == ("Twice", "build", 1.0)
    assert exercise.hints == ("What is `full` for?", "Delete that line.")
    assert exercise.wrong["holds"].advice == "leave"
    assert len(exercise.files()) == 10
    assert source.names(book) == ["twice"]


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("exercise.toml", 'title = "Twice"', "title =", "exercise.toml: is no TOML"),
        ("exercise.toml", 'title = "Twice"', "", "title is missing"),
        ("exercise.toml", '"build"', '"quiz"', "kind is one of build, change, capstone"),
        ("exercise.toml", "doubling", "halving", "'numbers/halving' is no page"),
        ("exercise.toml", "1.0", "-1", "budget_mib is a number above zero"),
        ("exercise.toml", "budget_mib = 1.0", "", "a build has a budget"),
        ("exercise.toml", "budget_mib", "budget", "budget is not known"),
        ("hints.md", "---\nDelete that line.\n", "", "hints.md: has 2 to 4 hints"),
        ("tests.py", "def prepare", "def prepared", "has no function prepare"),
        ("tests.py", "def test_twice", "def twice", "has no function test_*"),
        ("tests.py", "work(answer, n)", "work(n, answer)", "the first argument of work"),
        ("solution.py", "return", "import numpy\n    return", "imports numpy"),
        ("start.py", "return", "return (", "start.py: line 3"),
        ("wrong/holds.py", "# advice: leave\n", "", "wrong/holds.py: does not begin with"),
    ],
)
def test_what_is_wrong_with_it_is_one_line(
    file: str, old: str, new: str, complaint: str, book: Path
) -> None:
    change(book, file, old, new)
    with pytest.raises(BadExercise) as raised:
        source.read(book, "twice")
    assert str(raised.value).startswith("exercises/twice/")
    assert complaint in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("missing", ["task.md", "solution.py", "right/adds.py", "wrong/holds.py"])
def test_what_is_missing_is_named(missing: str, book: Path) -> None:
    (book / "exercises" / "twice" / missing).unlink()
    with pytest.raises(BadExercise, match=missing.partition("/")[0]):
        source.read(book, "twice")


def test_an_exercise_that_is_not_there_is_told_with_those_that_are(book: Path) -> None:
    with pytest.raises(BadExercise, match=r"no exercise 'thrice'; there are: twice"):
        source.read(book, "thrice")
    with pytest.raises(BadExercise, match="is no name"):
        source.read(book, "../twice")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("start.py", "4 *", "0 *", "start.py stays within its budget"),
        ("start.py", "2 * n", "3 * n", "start.py fails a test"),
        ("exercise.toml", "1.0", "3.5", "the budget is 3.5 MiB, by tracemalloc"),
        ("solution.py", "return", "full = bytes(10**6)\n    return", "the solution takes up to"),
        ("right/adds.py", "n + n", "n + 4", ""),
        ("right/adds.py", "n + n", "n + 3", "right/adds.py does not pass: Twice four"),
        ("wrong/holds.py", "1_000_000", "10", "wrong/holds.py passes"),
        ("wrong/prints.py", "is eight", "return it", "wrong/prints.py gets the advice"),
    ],
)
def test_the_proof_finds_what_is_not_as_the_folder_says(
    file: str, old: str, new: str, complaint: str, book: Path
) -> None:
    change(book, file, old, new)
    found = complaints(source.read(book, "twice"))
    assert (complaint in "".join(found)) if complaint else found == []


def test_the_proof_holds_to_memray_s_limit(book: Path) -> None:
    reason = heap_limit.lacking()
    if reason:
        pytest.skip(reason)
    assert over_limits([source.read(book, "twice")]) == []
    change(book, "exercise.toml", "1.0", "9.0")
    assert over_limits([source.read(book, "twice")]) == [
        "twice: the start passes by memray's limit"
    ]
