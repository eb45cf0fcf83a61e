"""An exercise on a page of a build that has nothing from npm, and what is beside the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from small_book import SmallBook
from small_exercise import NAME, write_exercise

BOX = f"\n## Exercises\n\n:::{{exercise}} {NAME}\n:::\n"


def beside(book: SmallBook, name: str) -> Path:
    return book.folder / "_build" / "html" / name


def content(book: SmallBook, name: str) -> Any:
    return json.loads(beside(book, name).read_text(encoding="utf-8"))


def test_without_node_the_page_says_so_and_gives_the_command(small_book: SmallBook) -> None:
    folder = write_exercise(small_book.folder / "book", "pears")
    small_book.append("book/pears.md", BOX)
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    page = build.html["pears"]
    assert "This build has no live part" in page
    assert f"make exercise NAME={NAME} FILE=answer.py" in page
    assert "1 MiB at the peak" in page
    assert "exercise.js" not in page and ">Begin<" not in page
    for file in ("start.py", "tests.py"):
        assert f'href="exercises/{NAME}/{file}"' in page
        assert (
            beside(small_book, f"exercises/{NAME}/{file}").read_bytes()
            == (folder / file).read_bytes()
        )
    assert content(small_book, "exercises.json") == [
        {
            "page": "pears",
            "uri": "pears.html",
            "title": "Pears",
            "items": [{"id": f"exercise-{NAME}", "title": "Twice", "kind": "build"}],
        }
    ]
    asked_for = content(small_book, f"exercises/{NAME}.json")
    assert asked_for["hints"][0] == "<p>What is <code>full</code> for?</p>\n"
    assert "Delete that line" not in page and "4 * 2**20" not in page


def test_a_page_follows_its_exercise_and_runs_nothing_for_it(small_book: SmallBook) -> None:
    folder = write_exercise(small_book.folder / "book", "pears")
    small_book.append("book/pears.md", BOX)
    small_book.build("--strict")
    solution = "def double(n):\n    return n << 1\n"
    (folder / "solution.py").write_text(solution, encoding="utf-8")
    (folder / "task.md").write_text("Double it, by a shift.\n", encoding="utf-8")
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    assert "by a shift" in build.html["pears"]
    assert content(small_book, f"exercises/{NAME}.json")["solution"] == solution
    assert build.scripts == []


def test_a_broken_exercise_fails_the_build_and_is_named(small_book: SmallBook) -> None:
    folder = write_exercise(small_book.folder / "book", "pears")
    small_book.append("book/pears.md", BOX)
    (folder / "hints.md").unlink()
    build = small_book.build("--strict")
    assert build.code != 0
    assert f"exercises/{NAME}/hints.md: is missing" in build.said
