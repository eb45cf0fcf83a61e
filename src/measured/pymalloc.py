"""CPython's allocator for small objects, read through its own statistics.

`sys._debugmallocstats` writes them, as text, to the C library's standard error: they are caught
there and read back.  Objects/obmalloc.c in CPython's source says what each line means.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO

from measured import environment

INSTRUMENT = "sys._debugmallocstats"

_STANDARD_ERROR = 2

_LARGEST = r"Small block threshold = ([\d,]+)"
_ARENAS = r"([\d,]+) arenas \* [\d,]+ bytes/arena"
_ARENA_SIZE = r"[\d,]+ arenas \* ([\d,]+) bytes/arena"
_POOL_SIZE = r"[\d,]+ unused pools \* ([\d,]+) bytes"
_ALLOCATED = r"bytes in allocated blocks *= *([\d,]+)"
_SIZE_CLASS = re.compile(r"^ *\d+ +(\d+) +(\d+) +(\d+) +(\d+)$", re.M)


@dataclass(frozen=True)
class SizeClass:
    """The blocks of one size, in bytes, and the pools that they stand in."""

    size: int
    pools: int
    used: int
    free: int


@dataclass(frozen=True)
class Statistics:
    """The state of the allocator at one moment.

    Attributes
    ----------
    classes
        Every size class that has a pool, by the size of its blocks in bytes.
    largest
        Bytes of the largest request that the allocator takes itself.
    arenas, arena_size, pool_size
        How many arenas it has from the system now; bytes of an arena and of a pool.
    allocated
        Bytes in blocks that are in use.
    """

    classes: Mapping[int, SizeClass]
    largest: int
    arenas: int
    arena_size: int
    pool_size: int
    allocated: int

    @property
    def held(self) -> int:
        """Bytes in all arenas."""
        return self.arenas * self.arena_size


@cache
def absent() -> str | None:
    """Say why this process has no such statistics; None where it has them."""
    chosen = environment.allocator()
    if not hasattr(sys, INSTRUMENT.partition(".")[2]):
        return "needs CPython"
    if chosen != "pymalloc":
        return f"needs pymalloc, and this Python uses {chosen}"
    try:
        statistics()
    except (OSError, LookupError) as error:  # another build may say nothing, or something else
        return f"needs what {INSTRUMENT} writes: {error}"
    return None


def statistics() -> Statistics:
    """Read the state of the allocator; `absent` says where that cannot be done."""
    text = _written_by_c()
    classes = [SizeClass(*map(int, found)) for found in _SIZE_CLASS.findall(text)]
    return Statistics(
        classes={one.size: one for one in classes},
        largest=_number(_LARGEST, text),
        arenas=_number(_ARENAS, text),
        arena_size=_number(_ARENA_SIZE, text),
        pool_size=_number(_POOL_SIZE, text),
        allocated=_number(_ALLOCATED, text),
    )


def spare() -> int | None:
    """Return the bytes in all arenas that are in no block in use, and make little on the way.

    None where the allocator does not say, as while tracemalloc stands before it, and where another
    one, or its own debug hooks, make more of each block than was asked for.
    """
    if environment.allocator() != "pymalloc":
        return None
    text = _written_by_c()
    try:
        held = _number(_ARENAS, text) * _number(_ARENA_SIZE, text)
        return held - _number(_ALLOCATED, text)
    except LookupError:
        return None


def _written_by_c() -> str:
    if sys.stderr is not None:  # as it is where the process began with that file closed
        sys.stderr.flush()
    with _nameless_file() as file, _standard_error_is(file.fileno()):
        sys._debugmallocstats()
        file.seek(0)
        return file.read().decode("ascii", "replace")


def _nameless_file() -> IO[bytes]:
    """Open a file that is in memory, where the system has such files."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("statistics"), "w+b")
    import tempfile  # it brings much along that an experiment would carry

    return tempfile.TemporaryFile()


@contextmanager
def _standard_error_is(handle: int) -> Iterator[None]:
    """Have the C library's standard error go to another file, also where it is closed."""
    try:
        before = os.dup(_STANDARD_ERROR)
    except OSError:
        before = None
    if handle != _STANDARD_ERROR:
        os.dup2(handle, _STANDARD_ERROR)
    try:
        yield
    finally:
        if before is not None:
            os.dup2(before, _STANDARD_ERROR)
            os.close(before)
        elif handle != _STANDARD_ERROR:
            os.close(_STANDARD_ERROR)


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise LookupError(f"{INSTRUMENT} says nothing like {pattern!r}")
    return int(found[1].replace(",", ""))
