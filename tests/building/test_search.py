"""The build writes the index of the search, or says in a line that it cannot."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from small_book import LIBRARIES, SmallBook

SCRIPT = "searchtools.js"  # of Sphinx's own search


@pytest.fixture
def searched_book(small_book: SmallBook) -> SmallBook:
    """Return a small book that has an index, with words of its own for a page."""
    small_book.edit("_config.yml", "pagefind: false ", "pagefind: true ")
    (small_book.folder / "book" / "search.yml").write_text(
        "last: []\nwords: {pears#pears: conference}\n"
    )
    return small_book


def index_of(book: SmallBook) -> Path:
    return book.folder / "_build" / "html" / "pagefind"


def indexed(book: SmallBook) -> str:
    """Return what the index has, section by section."""
    found = index_of(book).glob("fragment/*")
    return "\n".join(gzip.decompress(path.read_bytes()).decode() for path in sorted(found))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_index_is_that_of_the_pages_that_are_there(searched_book: SmallBook) -> None:
    build = searched_book.build()
    assert build.code == 0, build.said
    assert "pears.html#pears" in indexed(searched_book)
    assert "conference" in indexed(searched_book)
    assert "conference" not in build.html["pears"]
    assert f'src="_static/{SCRIPT}' not in build.html["search"]
    first = files(index_of(searched_book))
    assert searched_book.build().code == 0
    assert files(index_of(searched_book)) == first
    searched_book.append("book/index.md", "\n## A heading that came late\n\nAnd its words.\n")
    searched_book.leave_out({"arithmetic"})
    build = searched_book.build()
    assert build.code == 0, build.said
    assert "A heading that came late" in indexed(searched_book)
    assert "arithmetic.html#" not in indexed(searched_book)


def test_words_for_a_section_that_is_not_there_are_a_warning(searched_book: SmallBook) -> None:
    words = searched_book.folder / "book" / "search.yml"
    words.write_text("last: []\nwords: {pears#apples: conference}\n")
    assert "search.yml names what no page has: pears#apples" in searched_book.build().said


def test_without_pagefind_the_build_says_so_and_leaves_sphinx_s_search(
    searched_book: SmallBook,
) -> None:
    assert searched_book.build().code == 0
    module = searched_book.folder / LIBRARIES / "pagefind_bin.py"
    module.write_text("raise ImportError('not for this machine')\n")
    build = searched_book.build()
    assert build.code == 0, build.said
    lines = [line for line in build.said.splitlines() if "Pagefind" in line]
    assert lines == ["no Pagefind for this machine: the pages have Sphinx's own search"]
    assert not index_of(searched_book).exists()
    assert f'<script src="_static/{SCRIPT}' in build.html["search"]
    assert "data-index" not in build.html["index"]
    assert "search.js" not in build.html["index"]
