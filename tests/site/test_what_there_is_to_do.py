"""Every chapter is done, not only read: it has something to predict, to change and to build."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import built_site
import pytest
from processes import ROOT

BOOK = ROOT / "book"
#: Predictions, exercises and capstones together.
FEWEST = 60
#: Folders of the parts whose pages one does.
PARTS = ("mend", "objects", "memory")


def chapters() -> list[str]:
    """Return the pages that one does, such as `memory/pickle`."""
    return sorted(
        path.relative_to(BOOK).with_suffix("").as_posix()
        for part in PARTS
        for path in (BOOK / part).glob("*.md")
    )


@pytest.fixture(scope="module")
def to_do() -> dict[str, list[dict[str, Any]]]:
    built_site.need_site()
    listed = json.loads((built_site.SITE / "exercises.json").read_text(encoding="utf-8"))
    return {it["page"]: it["items"] for it in listed}


@pytest.mark.parametrize("page", chapters())
def test_a_chapter_has_something_to_predict_to_change_and_to_build(
    page: str, to_do: dict[str, list[dict[str, Any]]]
) -> None:
    kinds = Counter(it["kind"] for it in to_do.get(page, []))
    assert [kind for kind in ("predict", "change", "build") if not kinds[kind]] == []


def test_the_book_has_forty_things_to_do(to_do: dict[str, list[dict[str, Any]]]) -> None:
    assert sum(len(items) for items in to_do.values()) >= FEWEST


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_a_capstone(part: str, to_do: dict[str, list[dict[str, Any]]]) -> None:
    pages = [page for page in to_do if page.startswith(f"{part}/")]
    assert "capstone" in {it["kind"] for page in pages for it in to_do[page]}
