"""Small books for the tests, built and up to date."""

from __future__ import annotations

import pickle
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_book import Build, SmallBook


@pytest.fixture(scope="session")
def first_build(common_folder: Path) -> tuple[SmallBook, Build]:
    """Build a small book for the first time, strictly; return it with what happened.

    It is built once for all workers of a run of the tests, and is for nobody to edit.
    """
    book = SmallBook(common_folder / "small" / "book-copy")
    build = _built_by_one(book)
    assert build.code == 0, build.said
    return book, build


def _built_by_one(book: SmallBook) -> Build:
    """Build a book if this process is the first that wants it; wait for that one otherwise."""
    outcome = book.folder.with_name("outcome")
    try:
        book.folder.parent.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 300
        while not outcome.exists():
            assert time.monotonic() < deadline, "another worker did not build the small book"
            time.sleep(0.1)
        build: Build = pickle.loads(outcome.read_bytes())
        return build
    book.make()
    build = book.build("--strict")
    partial = outcome.with_name("partial")
    partial.write_bytes(pickle.dumps(build))
    partial.rename(outcome)
    return build


@pytest.fixture(scope="session")
def moved_book(
    first_build: tuple[SmallBook, Build], tmp_path_factory: pytest.TempPathFactory
) -> tuple[SmallBook, Build]:
    """Copy the small book that was built, and build the copy; return it with what happened."""
    book = SmallBook(tmp_path_factory.mktemp("moved") / "book-copy")
    shutil.copytree(first_build[0].folder, book.folder)
    build = book.build("--strict")
    assert build.code == 0, build.said
    shutil.copytree(book.folder, _as_built(book))
    return book, build


def _as_built(book: SmallBook) -> Path:
    return book.folder.with_name("as built")


@pytest.fixture
def small_book(moved_book: tuple[SmallBook, Build]) -> Iterator[SmallBook]:
    """Return a small book that is built and up to date, for a test to edit."""
    book, _build = moved_book
    yield book
    book.end_all()
    shutil.rmtree(book.folder)
    shutil.copytree(_as_built(book), book.folder)
