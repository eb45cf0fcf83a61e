"""Build the book: Jupyter Book's own build, with one line for what went wrong.

    python -m book_kit.build [--source DIR] [--config FILE] [--toc FILE] [--output DIR]
                             [--strict] [--again]

Exit code 0 means that every cell of every page ran; with `--strict` also that there was no
warning and that every claim holds.  `jupyter-book build` gives the same site and, where
something is wrong, the traceback of Jupyter Book as well.

Ctrl-C ends the build with exit code 130 and nothing left at work; the next one goes on from there.
"""

from __future__ import annotations

import signal

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback of a build that has yet to begin

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from book_kit.reasons import failed, reason_of
from book_kit.running import killed
from book_kit.supervisor import Interrupted, Signals, supervise
from book_kit.turn import turn

ROOT = Path(__file__).resolve().parents[2]


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; all paths are absolute."""
    parser = argparse.ArgumentParser(
        prog="python -m book_kit.build",
        description="Build the book: Jupyter Book's own build, with one line for what went wrong.",
        allow_abbrev=False,
    )
    for name, place, kind in (
        ("source", ROOT / "book", "DIR"),
        ("config", ROOT / "_config.yml", "FILE"),
        ("toc", ROOT / "_toc.yml", "FILE"),
        ("output", ROOT / "_build", "DIR"),
    ):
        parser.add_argument(f"--{name}", type=_absolute, default=place, metavar=kind)
    parser.add_argument("--strict", action="store_true", help="fail on warnings and on claims")
    parser.add_argument("--again", action="store_true", help="run every experiment again")
    return parser.parse_args(arguments)


def _absolute(path: str) -> Path:
    return Path(path).resolve()


def main(arguments: Sequence[str]) -> int:
    """Build, and return the exit code."""
    options = options_of(arguments)
    try:
        refuse_another_checkout(Path.cwd())
        with Signals() as signals:
            return _build(arguments, options.output, signals)
    except Interrupted as interrupted:
        return failed(interrupted, interrupted.exit_code)
    except (LookupError, OSError) as error:
        return failed(f"build failed: {reason_of(error)}")


def _build(arguments: Sequence[str], output: Path, signals: Signals) -> int:
    with ExitStack() as stack:
        with signals.raised():
            lock = stack.enter_context(turn(output, "builds the book"))
        before = killed.kills()
        program = [sys.executable, "-m", "book_kit.sphinx_build", *arguments]
        code = supervise(program, signals, lock=lock)
    if code < 0:
        return failed(f"build failed: it was {killed.reason_of_signal(code, before)}")
    return code


def refuse_another_checkout(here: Path) -> None:
    """Refuse to build this project from within a copy of it, whose pages the reader means.

    Raises
    ------
    LookupError
        If the project that `here` lies in has a `book_kit` of its own.
    """
    for folder in (here, *here.parents):
        if (folder / "src" / "book_kit" / "build.py").is_file() and folder.resolve() != ROOT:
            raise LookupError(
                f"this environment belongs to {ROOT}, not to {folder}; "
                "`make book` makes one for this folder"
            )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
