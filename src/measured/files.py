"""Files that are whole or not there, and files that are surely the ones this run wrote."""

from __future__ import annotations

import atexit
import codecs
import contextlib
import functools
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from measured import interrupts
from measured.command import Failure


@contextmanager
def whole_file(path: Path, mode: str = "wb", **options: Any) -> Iterator[IO[Any]]:
    """Write a file under another name, and give it its own once it is complete and on the disk.

    Whoever could read and write the file that it replaces can do so with the new one; a file
    that is the first of its name gets the permissions that any new file has here.

    Parameters
    ----------
    path
        The final name.  A file that has it already stays as it was until the new one is whole.
    mode, **options
        As for `open`; the mode has a `w`.

    Raises
    ------
    Failure
        If the folder is missing, or the name belongs to a folder.
    OSError
        If the folder cannot be written to, or the device is full; no part is left behind.
    """
    _need_folder(path.parent)
    if path.is_dir():
        raise Failure(f"{path}: is a folder; move it away, or name another place with --dir")
    partial = path.with_name(f".{path.name}.{os.urandom(8).hex()}.partial")
    try:
        with partial.open(mode.replace("w", "x"), **options) as file:
            with contextlib.suppress(FileNotFoundError):
                partial.chmod(path.stat().st_mode & 0o777)
            yield file
            file.flush()
            os.fsync(file.fileno())  # a name must not reach the disk before what it names
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _need_folder(folder: Path) -> None:
    if not folder.is_dir():
        problem = "is not a folder" if folder.exists() else "no such folder; make it first"
        raise Failure(f"{folder}: {problem}, or name another one")


#: UTF-32 stands before UTF-16, because its mark begins with the one of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "UTF-8 with a byte-order mark",
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def refuse_other_encodings(path: Path) -> None:
    """Refuse a text file that is not in plain ASCII or UTF-8, as other systems write by default.

    Raises
    ------
    Failure
        If it has a byte-order mark, or begins as ASCII does in UTF-16 without one.
    """
    with path.open("rb") as file:
        beginning = file.read(4)
    found = next((name for mark, name in _MARKS.items() if beginning.startswith(mark)), "")
    if len(beginning) > 1 and (beginning[0] == 0) != (beginning[1] == 0):
        found = found or "UTF-16"
    if found:
        raise Failure(
            f"{path}, line 1: the file is in {found}; save it as UTF-8 without a byte-order mark"
        )


class OwnFile:
    """A file that this run wrote: it can be opened again only while it is still that file.

    Loading a pickle runs what the pickle says, so no other file may take its place unseen.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity = _identity(path.stat())

    def open(self) -> IO[bytes]:
        """Open the file for reading.

        Raises
        ------
        Failure
            If another file has its name now, or it was written to since.
        """
        file = self.path.open("rb")
        if _identity(os.fstat(file.fileno())) != self._identity:
            file.close()
            raise Failure(f"{self.path}: changed since this run wrote it; it is not loaded")
        return file


def _identity(status: os.stat_result) -> tuple[int, ...]:
    # Anyone can put the time of modification back; the time of change is the system's own.
    times = status.st_mtime_ns, status.st_ctime_ns
    return status.st_dev, status.st_ino, status.st_size, *times


@contextmanager
def data_folder(chosen: Path | None) -> Iterator[Path]:
    """Give the folder for an experiment's files: the chosen one, or one that goes when it ends.

    Raises
    ------
    Failure
        If the chosen one is not a folder.
    OSError
        If nothing can be written there; better now than after a long step.
    """
    if chosen is not None:
        _need_folder(chosen)
        with tempfile.TemporaryFile(dir=chosen):
            pass
        yield chosen
        return
    with temporary_folder() as folder:
        yield folder


@contextmanager
def temporary_folder(prefix: str = "measured-") -> Iterator[Path]:
    """Give a folder that is gone when the work in it ends, by Ctrl-C too, whenever that comes.

    The standard library's leaves it behind where Ctrl-C comes while it is made or removed.

    Raises
    ------
    OSError
        If there is no place for temporary files, or what is in the folder cannot be removed.
    """
    name, remove = "", functools.partial(shutil.rmtree, ignore_errors=True)
    try:
        with interrupts.held_back():
            name = tempfile.mkdtemp(prefix=prefix)
            atexit.register(remove, name)  # where Ctrl-C comes before the last lines hold it back
        yield Path(name)
    finally:
        with interrupts.held_back():
            if name:
                _remove(name)
                atexit.unregister(remove)


def _remove(folder: str) -> None:
    """Remove a folder, into which a program that is just being ended may still write."""
    for wait in (0.01, 0.03, 0.1, 0.3, 1.0):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(wait)
        else:
            return
    shutil.rmtree(folder)
