"""CPython's allocator for small objects, read through its own statistics.

`sys._debugmallocstats` writes them, as text, to the C library's standard error: they are caught
there and read back.  Objects/obmalloc.c in CPython's source says what each line means.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass

from measured import environment

INSTRUMENT = "sys._debugmallocstats"

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


def absent() -> str | None:
    """Say why this process has no such statistics; None where it has them."""
    chosen = environment.allocator()
    if not hasattr(sys, INSTRUMENT.partition(".")[2]):
        return "needs CPython"
    return None if chosen == "pymalloc" else f"needs pymalloc, and this Python uses {chosen}"


def statistics() -> Statistics:
    """Read the state of the allocator; `absent` says where that cannot be done."""
    text = _written_by_c()
    classes = [SizeClass(*map(int, found)) for found in _SIZE_CLASS.findall(text)]
    return Statistics(
        classes={one.size: one for one in classes},
        largest=_number(r"Small block threshold = ([\d,]+)", text),
        arenas=_number(r"([\d,]+) arenas \* [\d,]+ bytes/arena", text),
        arena_size=_number(r"[\d,]+ arenas \* ([\d,]+) bytes/arena", text),
        pool_size=_number(r"[\d,]+ unused pools \* ([\d,]+) bytes", text),
        allocated=_number(r"bytes in allocated blocks *= *([\d,]+)", text),
    )


def _written_by_c() -> str:
    sys.stderr.flush()
    before = os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            os.dup2(before, 2)
            os.close(before)
        file.seek(0)
        return file.read().decode("ascii", "replace")


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise LookupError(f"{INSTRUMENT} says nothing like {pattern!r}")
    return int(found[1].replace(",", ""))
