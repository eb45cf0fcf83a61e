"""A book of one small exercise."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_exercise import PAGE, write_exercise


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the folder `book` of a project, with the exercise `twice`."""
    (tmp_path / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    page = tmp_path / "book" / f"{PAGE}.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Doubling\n", encoding="utf-8")
    write_exercise(tmp_path / "book")
    return tmp_path / "book"
