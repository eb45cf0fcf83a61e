"""The command grades a reader's file, says what came of it, and leaves the file as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from processes import SRC, Finished, complaint, run

from book_kit import project
from book_kit.exercises import kernel


def graded(book: Path, *words: object, cwd: Path | None = None) -> Finished:
    variables = {project.VARIABLE: str(book.parent), "PYTHONPATH": str(SRC)}
    return run("-m", "book_kit.exercises", *words, cwd=cwd or book.parent, environment=variables)


def lines(finished: Finished) -> list[str]:
    assert "Traceback" not in finished.stdout + finished.stderr
    assert finished.stderr == ""
    return finished.stdout.splitlines()


def test_without_a_file_the_start_is_graded(book: Path) -> None:
    finished = graded(book, "twice")
    said = lines(finished)
    assert finished.returncode == 1
    assert said[0] == "Not yet: Twice"
    assert "book/exercises/twice/start.py" in said[1]
    assert said[-1] == "Advice: Nobody reads what you hold: leave `full` out."
    peak, budget, solution = (next(it for it in said if word in it) for word in PARTS)
    assert "4.0" in peak and "1.00 MiB" in budget and "MiB" in solution
    assert peak.count("█") > budget.count("█") > solution.count("█")


PARTS = ("yours", "budget", "solution")


def test_a_file_that_passes(book: Path, tmp_path: Path) -> None:
    own = tmp_path / "own folder" / "my answer.py"
    own.parent.mkdir()
    own.write_text("def double(n):\n    print('so far')\n    return n + n\n", encoding="utf-8")
    finished = graded(book, "twice", own)
    said = lines(finished)
    assert finished.returncode == 0
    assert said[0] == "Passed: Twice"
    assert "  passed  twice" in said
    assert "  so far" in said
    assert any(line.startswith("tracemalloc") for line in said)
    assert any(line.startswith("the kernel's counter") for line in said)
    assert any(line.startswith("memray") for line in said)


def test_the_reader_s_file_is_neither_run_in_place_nor_changed(book: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "answer.py"
    own.parent.mkdir()
    text = """\
import os, pathlib, shutil
for path in (*pathlib.Path.cwd().iterdir(), pathlib.Path(__file__)):
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
pathlib.Path(__file__).write_text("gone")
def double(n):
    return 2 * n
"""
    own.write_text(text, encoding="utf-8")
    finished = graded(book, "twice", own, cwd=own.parent)
    assert finished.returncode == 0, finished.stdout
    assert own.read_text(encoding="utf-8") == text
    assert [it.name for it in own.parent.iterdir()] == ["answer.py"]


def test_an_exception_is_its_last_line_and_where_it_was_raised(book: Path, tmp_path: Path) -> None:
    own = tmp_path / "answer.py"
    own.write_text("def double(n):\n\n    return n / 0\n", encoding="utf-8")
    said = lines(graded(book, "twice", own))
    expected = "Advice: ZeroDivisionError: division by zero (line 3 of your file); the test: twice"
    assert said[-1] == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["thrice"], "there is no exercise 'thrice'; there are: twice"),
        (["twice", "none.py"], "none.py: No such file"),
        (["twice", "."], "Is a directory"),
    ],
)
def test_wrong_usage_is_one_line(words: list[str], reason: str, book: Path) -> None:
    assert reason in complaint(graded(book, *words), code=2)


def test_bytes_that_are_no_text_are_told(book: Path, tmp_path: Path) -> None:
    own = tmp_path / "answer.py"
    own.write_bytes(b"\xff\xfe\x00double")
    assert "no text in UTF-8" in complaint(graded(book, "twice", own), code=2)


def test_a_broken_exercise_is_one_line(book: Path) -> None:
    (book / "exercises" / "twice" / "task.md").unlink()
    said = complaint(graded(book, "twice"), code=2)
    assert said == "exercises: exercises/twice/task.md: is missing"


def test_without_a_name_the_exercises_are_listed(book: Path) -> None:
    assert lines(graded(book)) == ["twice  build     Twice"]


def test_a_system_without_the_counter_says_so(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.fork", raising=False)
    assert kernel.measure("def double(n): pass\n", "") == {"cannot": kernel.LACKING}
