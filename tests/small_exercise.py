"""A small exercise, in a folder of its own: its answers double a number."""

from __future__ import annotations

from pathlib import Path

NAME, PAGE = "twice", "numbers/doubling"
_FILES = {
    "exercise.toml": """\
title = "Twice"
kind = "build"
chapter = "PAGE"
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


def write_exercise(book: Path, page: str = PAGE) -> Path:
    """Write the exercise into the folder `book` of a project, for a page; return its folder."""
    folder = book / "exercises" / NAME
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("PAGE", page), encoding="utf-8")
    return folder
