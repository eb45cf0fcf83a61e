"""The C library of this process, and the `malloc` that really serves it.

The two need not belong together: a preloaded library, or one that the interpreter was linked with,
puts its own `malloc` in place of the C library's.  Whoever defines the symbol tells.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ctypes

UNKNOWN = "unknown"

#: The fields of glibc's `struct mallinfo2` (mallinfo(3)), in their order.
_MALLINFO2 = (
    *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
    *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
)


@cache
def malloc_in_use() -> str:
    """Name the `malloc` that serves this process, with its version where it says one."""
    if sys.platform == "win32":
        return "Windows heap"
    try:
        whole = _library(None)
    except (ImportError, OSError):
        return UNKNOWN
    owner = PurePath(_owner(whole)).name
    for name, (mark, version) in _OTHERS.items():
        # An executable may have an entry of its own that leads to `malloc`: then symbols tell.
        if name in owner or (hasattr(whole, mark) and not _is_c_library(owner)):
            return f"{name} {version(whole)}".strip()
    if "musl" in owner:
        return "musl"
    if sys.platform == "darwin":
        return "macOS libmalloc"
    if hasattr(whole, "gnu_get_libc_version") and (_is_c_library(owner) or _is_executable(owner)):
        return f"glibc {_text(whole, 'gnu_get_libc_version')}"
    return UNKNOWN if _is_executable(owner) else owner


def needs_glibc() -> str | None:
    """Say why what is known of glibc's `malloc` does not hold here; None where it is in use."""
    name = malloc_in_use()
    if name.startswith("glibc "):
        return None
    return f"needs glibc, and malloc here is {name}"


def trim() -> None:
    """Have glibc give back to the system what it can: `malloc_trim`, see `needs_glibc`."""
    _library(None).malloc_trim(0)


def free_in_heap() -> int | None:
    """Return how many bytes glibc holds free in its heaps: `mallinfo2`, of glibc 2.33 and later.

    Some of them may be in pages that went back to the system.  None under another `malloc`.
    """
    ask = _mallinfo2()
    return None if ask is None else ask().fordblks


@cache
def _mallinfo2() -> Callable[[], Any] | None:
    if needs_glibc() is not None or not hasattr(_library(None), "mallinfo2"):
        return None
    import ctypes

    class Mallinfo2(ctypes.Structure):
        _fields_ = [(name, ctypes.c_size_t) for name in _MALLINFO2]

    ask = _library(None).mallinfo2
    ask.restype = Mallinfo2
    return ask


def own_malloc() -> Callable[[int], int | None]:
    """Return the C library's own `malloc`, found in that library and nowhere else.

    The same name, asked of the whole process, may lead elsewhere: to an entry in the table of an
    executable that is not position-independent (Debian's Python), or to a preloaded library.
    """
    import ctypes

    found = _library(_c_library_name()).malloc
    found.restype, found.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    return found


def _c_library_name() -> str | None:
    """Name the C library as the loader knows it; None where the whole process has to do."""
    if os.name == "nt":
        return "msvcrt"
    return "libc.so.6" if hasattr(_library(None), "gnu_get_libc_version") else None


def _library(name: str | None) -> ctypes.CDLL:
    import ctypes

    return ctypes.CDLL(name)


def _owner(whole: ctypes.CDLL) -> str:
    """Return the file that defines `malloc`, as dladdr(3) has it; empty where it cannot say."""
    import ctypes

    class Dl_info(ctypes.Structure):
        _fields_ = [
            ("file", ctypes.c_char_p),
            ("base", ctypes.c_void_p),
            ("symbol", ctypes.c_char_p),
            ("address", ctypes.c_void_p),
        ]

    try:
        ask, address = whole.dladdr, ctypes.cast(whole.malloc, ctypes.c_void_p)
    except AttributeError:
        return ""
    ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(Dl_info)]
    info = Dl_info()
    return os.fsdecode(info.file or b"") if ask(address, ctypes.byref(info)) else ""


def _is_c_library(file: str) -> bool:
    return re.match(r"libc[.-]|ld-musl|libsystem", file) is not None


def _is_executable(file: str) -> bool:
    return re.search(r"\.(so|dylib)\b", file) is None


def _text(library: ctypes.CDLL, function: str, *arguments: None) -> str:
    import ctypes

    ask = getattr(library, function)
    ask.restype = ctypes.c_char_p
    return (ask(*arguments) or b"").decode("ascii", "replace")


def _version_of_jemalloc(library: ctypes.CDLL) -> str:
    import ctypes

    version, size = ctypes.c_char_p(), ctypes.c_size_t(ctypes.sizeof(ctypes.c_char_p))
    library.mallctl(b"version", ctypes.byref(version), ctypes.byref(size), None, ctypes.c_size_t(0))
    return (version.value or b"").decode("ascii", "replace").partition("-")[0]


def _version_of_mimalloc(library: ctypes.CDLL) -> str:
    digits = str(library.mi_version())  # 209 is 2.0.9
    return ".".join(digits) if len(digits) == 3 else ""


def _version_of_tcmalloc(library: ctypes.CDLL) -> str:
    numbers = None, None, None  # of which the text is made
    return _text(library, "tc_version", *numbers) if hasattr(library, "tc_version") else ""


#: By name: a function that only this allocator has, and what tells its version.
_OTHERS: dict[str, tuple[str, Callable[[ctypes.CDLL], str]]] = {
    "jemalloc": ("mallctl", _version_of_jemalloc),
    "mimalloc": ("mi_version", _version_of_mimalloc),
    "tcmalloc": ("tc_malloc", _version_of_tcmalloc),
}
