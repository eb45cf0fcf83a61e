"""The process in which Sphinx builds the book; `book_kit.build` starts it, and sees to its end."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from book_kit.build import options_of
from book_kit.reasons import failed, reason_of
from book_kit.supervisor import end_with_parent

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
#: In the folder of the build: what is there while a build is at work, and after one that crashed.
_UNFINISHED, _TRACEBACK = ".unfinished", "traceback.txt"
#: Bytes: with less than that free, whatever went wrong went wrong because the disk is full.
_ROOM = 2**20
#: What Sphinx notes of its settings, in its form; under other ones every page is out of date.
_OTHER_SETTINGS = "# Sphinx build info version 1\n# unfinished\nconfig: none\ntags: none\n"


class WithoutColor:
    """A stream that leaves out the codes by which a terminal changes its color."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text as a file or a pipe shall have it."""
        self._stream.write(_COLOR.sub("", text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def main(arguments: Sequence[str]) -> int:
    """Build, and return the exit code."""
    end_with_parent()
    options = options_of(arguments)
    if options.strict:
        os.environ["MEASURED_STRICT"] = "1"
    if options.again:
        os.environ["MEASURED_AGAIN"] = "1"
    if not sys.stderr.isatty():
        sys.stderr = WithoutColor(sys.stderr)
    os.chdir(options.config.parent)  # Jupyter Book looks for extensions from here
    started = time.perf_counter()
    outcome = build(
        options.source, options.config, options.toc, options.output, strict=options.strict
    )
    took = f"{time.perf_counter() - started:.1f} s"
    if isinstance(outcome, BaseException):
        return failed(f"build failed after {took}: {_reason_of(outcome, options.output)}")
    if outcome:
        return failed(f"build failed after {took}: it is strict, and there were warnings, above")
    print(f"built in {took}: {os.path.relpath(_page(options.output))}", file=sys.stderr)
    return 0


def build(source: Path, config: Path, toc: Path, output: Path, *, strict: bool) -> Any:
    """Build a book with Jupyter Book; return what that returns: 0, another number, or an error."""
    import jupyter_book.sphinx

    # What went wrong is said here, on one line; Sphinx would ask the reader to report it.
    jupyter_book.sphinx.handle_exception = lambda *_arguments: None
    try:
        mark = _begin(output)
    except OSError as error:
        return error
    outcome = jupyter_book.sphinx.build_sphinx(
        source,
        output / "html",
        noconfig=True,
        path_config=config,
        confoverrides={"external_toc_path": toc.as_posix(), "latex_individualpages": False},
        builder="html",
        quiet=True,
        warningiserror=strict,
        keep_going=True,
        freshenv=strict,  # a page that is not read again keeps its warnings to itself
    )
    if not isinstance(outcome, BaseException) or _is_newer(_build_info(output), mark):
        mark.unlink(missing_ok=True)
    return outcome


def _begin(output: Path) -> Path:
    """Leave a mark until all pages are written; where the last build left one, write them all.

    Sphinx would take a page for done whose reading it had noted and whose writing had yet to come.
    """
    (output / _TRACEBACK).unlink(missing_ok=True)
    mark = output / _UNFINISHED
    if mark.exists() and _build_info(output).parent.is_dir():
        _build_info(output).write_text(_OTHER_SETTINGS, encoding="utf-8")
    mark.touch()
    return mark


def _build_info(output: Path) -> Path:
    return output / "html" / ".buildinfo"  # the last thing that Sphinx writes


def _is_newer(path: Path, than: Path) -> bool:
    return path.exists() and path.stat().st_mtime_ns >= than.stat().st_mtime_ns


def _page(output: Path) -> Path:
    return output / "html" / "index.html"


def _reason_of(error: BaseException, output: Path) -> str:
    from sphinx.errors import SphinxError

    original = getattr(error, "orig_exc", None) or error  # of a handler of one of Sphinx's events
    for what, folder in (("the book", output), ("temporary files", tempfile.gettempdir())):
        with suppress(OSError):
            if shutil.disk_usage(folder).free < _ROOM:
                return f"the disk for {what} is full; make room, and build again"
    if isinstance(original, SphinxError | OSError):
        return reason_of(original)
    text = "".join(traceback.format_exception(error))
    with suppress(OSError):
        (output / _TRACEBACK).write_text(text, encoding="utf-8")
    where = os.path.relpath(output / _TRACEBACK)
    return f"{type(original).__name__}: {original}; the traceback is in {where}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
