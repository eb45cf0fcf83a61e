"""One at a time: whoever installs or builds in a folder holds its lock, and the next one waits."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

NAME = ".in-use"
_BEYOND = 2**30  # Windows lets nobody read what is locked, and the number stands at the beginning


@contextmanager
def turn(folder: Path, doing: str) -> Iterator[IO[str]]:
    """Wait until nobody else holds the lock of a folder, and hold it.

    The system takes it back from a process that ends, however it ends: what is left of a dead one
    is no obstacle.

    Parameters
    ----------
    folder
        The folder; it is made where it is missing.
    doing
        What the holder does, for those who wait, such as "builds the book".

    Yields
    ------
    file
        The open lock, for a process to inherit that shall hold it as well.

    Raises
    ------
    OSError
        If the folder cannot be made, or not be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("a+", encoding="utf-8") as file:
        if not _taken(file):
            _say(f"waiting for {_holder(file)}")
            while not _taken(file):
                time.sleep(0.2)
        file.truncate(0)
        file.write(f"process {os.getpid()}, which {doing}\n")
        file.flush()
        yield file


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "another process"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _taken(file: IO[str]) -> bool:
    try:
        _lock(file.fileno())
    except (BlockingIOError, PermissionError):  # as POSIX and as Windows say that it is held
        return False
    except OSError:  # some network file systems know no locks; the book is built there as well
        return True
    return True


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
