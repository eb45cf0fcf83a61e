"""Small books for the tests, built and up to date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from small_book import Build, SmallBook


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallBook, Build]:
    """Build a small book for the first time, strictly; return it with what happened."""
    book = SmallBook(tmp_path_factory.mktemp("small") / "book-copy")
    build = book.build("--strict")
    assert build.code == 0, build.said
    shutil.copytree(book.folder, book.folder.with_name("as built"))
    return book, build


@pytest.fixture
def small_book(first_build: tuple[SmallBook, Build]) -> Iterator[SmallBook]:
    """Return a small book that is built and up to date, for a test to edit."""
    book, _build = first_build
    yield book
    shutil.rmtree(book.folder)
    shutil.copytree(book.folder.with_name("as built"), book.folder)
