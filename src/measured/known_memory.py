"""Memory of known size and kind, to test an instrument against the truth.

Every way takes exactly `size` bytes, up to whole pages; small objects take what their blocks are
rounded up by besides.  Which of them are resident, whether another process shares them and what
stands behind them is known by construction.
"""

from __future__ import annotations

import ctypes
import hashlib
import mmap
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from measured import c_library
from measured.command import Failure, need_library
from measured.units import MIB

# What a second process runs; it ends when its standard input does.
_TAKE = "import sys; taken = bytearray(int(sys.argv[1])); print(flush=True); sys.stdin.read()"
_MAP = """
import mmap, sys
with open(sys.argv[1], "rb") as file:
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
sum(mapped[:: mmap.PAGESIZE])
print(flush=True)
sys.stdin.read()
"""


def ways_to_take(size: int, path: Path, others: ExitStack) -> dict[str, Callable[[], object]]:
    """Return ways to take `size` bytes, by name; each returns what it took, if that lasts.

    Parameters
    ----------
    size
        Bytes, a multiple of 1 MiB.
    path
        A file of that size.
    others
        Ends the other processes that some ways start.
    """
    private = {"flags": mmap.MAP_PRIVATE} if hasattr(mmap, "MAP_PRIVATE") else {}
    return {
        "bytearray": lambda: touch(bytearray(size)),
        "list": lambda: [b"\1" * MIB for _ in range(size // MIB)],
        "small": lambda: make_small(size),
        "freed": lambda: bool(touch(bytearray(size))),
        "scrypt": lambda: scrypt(size),
        "untouched": lambda: bytes(size),
        "private-map": lambda: touch(mmap.mmap(-1, size, **private)),
        "shared-map": lambda: touch(mmap.mmap(-1, size)),
        "file-map": lambda: map_file(path),
        "file-map-twice": lambda: (map_file(path), start(_MAP, path, others)),
        "ctypes-malloc": lambda: malloc(size),
        "child": lambda: start(_TAKE, size, others),
    }


def numpy_array(size: int) -> Callable[[], object]:
    """Return a way to make a NumPy array of `size` bytes; NumPy itself is loaded before that."""
    need_library("numpy")
    import numpy as np

    return lambda: np.ones(size, np.uint8)


def touch(memory: bytearray | mmap.mmap) -> bytearray | mmap.mmap:
    """Write a byte to every page: only then does the system find memory for it."""
    for start_of_page in range(0, len(memory), mmap.PAGESIZE):
        memory[start_of_page] = 1
    return memory


def make_small(size: int) -> list[bytes | None]:
    """Make objects that ask for 56 bytes each, in a list that has 8 more for each of them."""
    made: list[bytes | None] = [None] * (size // 64)
    for place in range(len(made)):
        made[place] = bytes(23)  # and 33 that each object of this type has besides
    return made


def map_file(path: Path) -> mmap.mmap:
    """Map a file into memory, and read a byte of every page."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    sum(mapped[:: mmap.PAGESIZE])
    return mapped


def scrypt(size: int) -> bool:
    """Hash a password so that OpenSSL, a C library, takes `size` bytes and frees them again.

    The memory is 128 times `n` times `r` bytes (RFC 7914), where `n` is a power of two.

    Raises
    ------
    Failure
        If `size` is not a power of two, or this interpreter was built without OpenSSL.
    """
    n, r = size // (128 * 8), 8
    if n & (n - 1):
        raise Failure("scrypt takes a power of two; give --mib 16, 32, 64, 128 …")
    if not hasattr(hashlib, "scrypt"):
        raise Failure("scrypt needs an interpreter that was built with OpenSSL")
    return bool(hashlib.scrypt(b"password", salt=b"salt", n=n, r=r, p=1, maxmem=2 * size))


def malloc(size: int) -> int:
    """Call the C library's own `malloc` by its address; return what it returned."""
    address = c_library.own_malloc()(size)
    if address is None:
        raise MemoryError
    ctypes.memset(address, 1, size)
    return address


def start(program: str, argument: object, others: ExitStack) -> int:
    """Start another Python process, and wait until it has taken its memory; return its number."""
    process = others.enter_context(
        subprocess.Popen(
            [sys.executable, "-c", program, str(argument)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process.pid
