"""A disk that becomes full while the book is built: one line says so, and no damage stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import mounted
from small_book import PAGES_WITH_CELLS, SmallBook


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is a disk of its own, with room for a small book and little else."""
    with mounted(tmp_path, "size=40m"):
        yield tmp_path


def leave(disk: Path, room: int) -> None:
    """Fill the disk until so many bytes are free."""
    (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - room))


def test_a_disk_that_becomes_full_is_named_and_the_next_build_mends_everything(
    small_disk: Path,
) -> None:
    book = SmallBook(small_disk / "book")
    book.make()
    book.leave_out(PAGES_WITH_CELLS - {"arithmetic", "basket", "pears"})
    first = book.build()
    assert first.code == 0, first.said
    answer, apples = "6 * 7", 11
    for number, room in enumerate((0, 20_000, 60_000), start=1):
        book.edit("book/arithmetic.md", f"print({answer})", f"print({number} * 100)")
        book.edit("data/apples.txt", str(apples), str(11 + number))
        answer, apples = f"{number} * 100", 11 + number
        leave(small_disk, room)
        full = book.build()
        assert full.code == 1, f"with {room} bytes free: {full.said}"
        assert "the disk for the book is full; make room" in full.said.splitlines()[-1], full.said
        assert "Traceback" not in full.said
        (small_disk / "filler").unlink()
        mended = book.build()
        assert mended.code == 0, mended.said
        assert f">{number}00\n" in mended.html["arithmetic"]
        assert f">{apples}</button> apples" in mended.html["index"]
