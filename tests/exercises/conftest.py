"""A book of one small exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "exercise.toml": """\
title = "Twice"
kind = "build"
chapter = "numbers/doubling"
budget_mib = 1.0
""",
    "task.md": "Write `double(n)`. It returns twice `n`.\n",
    "start.py": "def double(n):\n    full = bytearray(b'x') * (4 * 2**20)\n    return 2 * n\n",
    "solution.py": "def double(n):\n    return 2 * n\n",
    "tests.py": """\
def prepare():
    return {"n": 21}


def work(answer, n):
    answer.double(n)


def test_twice(answer):
    assert answer.double(4) == 8, "Twice four is eight."


def advise(answer):
    return "Nobody reads what you hold: leave `full` out."
""",
    "hints.md": "What is `full` for?\n---\nDelete that line.\n",
    "right/adds.py": "def double(n):\n    return n + n\n",
    "wrong/squares.py": "# advice: is eight\ndef double(n):\n    return n**2\n",
    "wrong/prints.py": "# advice: is eight\ndef double(n):\n    print(2 * n)\n",
    "wrong/holds.py": (
        "# advice: leave\ndef double(n):\n    held = [n] * 1_000_000\n    return 2 * held[0]\n"
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the folder `book` of a project, with the exercise `twice`."""
    (tmp_path / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    page = tmp_path / "book" / "numbers" / "doubling.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Doubling\n", encoding="utf-8")
    for name, text in FILES.items():
        path = tmp_path / "book" / "exercises" / "twice" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "book"
