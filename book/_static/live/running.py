"""Run a reader's code in the browser: the worker calls `run`, and shows what it returns."""

import gc
import importlib
import linecache
import os
import shutil
import struct
import sys
import time
import traceback
import tracemalloc
from contextlib import suppress
from pathlib import Path
from typing import Any

_CELL = "<your code>"
#: What is shown of a long traceback: so many frames from either end.
_FRAMES = 8
_FOLDER = Path.cwd() / "work"
_shared: dict[str, Any] = {"__name__": "__main__"}

sys.dont_write_bytecode = True  # a file that changes twice in a second must be read twice
sys.path.insert(0, str(_FOLDER))


def version() -> str:
    """Return which Python this is, such as `CPython 3.14.2, 32 bits`."""
    number = ".".join(map(str, sys.version_info[:3]))
    return f"CPython {number}, {8 * struct.calcsize('P')} bits"


def run(code: str, files: dict[str, str], fresh: bool) -> tuple[str, str, float]:
    """Run code as a program; return how it ended, what to say of it, and how long it took.

    Parameters
    ----------
    files
        Text to write into the working folder first, by path.
    fresh
        Whether nothing is known of what ran before: no names, no files and no modules of these.

    Returns
    -------
    tuple
        `done`, `failed` or `no-memory`; the traceback of what was raised; seconds.
    """
    _prepare(files, fresh)
    began = time.perf_counter()
    outcome, message = _run(code, fresh)
    seconds = time.perf_counter() - began
    tracemalloc.stop()  # the next one begins with an interpreter that traces nothing
    return outcome, message, seconds


def _run(code: str, fresh: bool) -> tuple[str, str]:
    names = {"__name__": "__main__"} if fresh else _shared
    linecache.cache[_CELL] = (len(code), None, code.splitlines(keepends=True), _CELL)
    try:
        exec(compile(code, _CELL, "exec", dont_inherit=True), names)
    except SystemExit as end:
        return ("failed", f"SystemExit: {end.code}") if end.code else ("done", "")
    except MemoryError:
        return "no-memory", "MemoryError"
    except BaseException as error:
        return "failed", _story(error)
    finally:
        _flush()
    return "done", ""


def _prepare(files: dict[str, str], fresh: bool) -> None:
    if fresh:
        shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(exist_ok=True)
    os.chdir(_FOLDER)
    for name, text in files.items():
        path = _FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if files or fresh:
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None) or "").startswith(f"{_FOLDER}/"):
                del sys.modules[name]
        importlib.invalidate_caches()
        linecache.clearcache()
    gc.collect()  # what an earlier one left to the collector is no business of the next


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # where the code has closed it
            stream.flush()


def _story(error: BaseException) -> str:
    """Return a traceback as Python prints it, from the first line of the reader's code on."""
    frames = error.__traceback__.tb_next if error.__traceback__ else None
    told = traceback.TracebackException(type(error), error, frames, compact=True)
    if len(told.stack) > 2 * _FRAMES:
        told.stack[_FRAMES:-_FRAMES] = []
    return "".join(told.format()).rstrip()
