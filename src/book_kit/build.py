"""Build the book: Jupyter Book's own build, with one line for what went wrong.

    python -m book_kit.build [--source DIR] [--config FILE] [--toc FILE] [--output DIR] [--strict]

Exit code 0 means that every cell of every page ran; with `--strict` also that there was no
warning and that every claim holds.  `jupyter-book build` gives the same site and, where
something is wrong, the traceback of Jupyter Book as well.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from book_kit import project

ROOT = project.root()


def main() -> int:
    """Build, and return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    arguments.add_argument("--source", type=Path, default=ROOT / "book", metavar="DIR")
    arguments.add_argument("--config", type=Path, default=ROOT / "_config.yml", metavar="FILE")
    arguments.add_argument("--toc", type=Path, default=ROOT / "_toc.yml", metavar="FILE")
    arguments.add_argument("--output", type=Path, default=ROOT / "_build", metavar="DIR")
    arguments.add_argument("--strict", action="store_true", help="fail on warnings and on claims")
    options = arguments.parse_args()
    if options.strict:
        os.environ["MEASURED_STRICT"] = "1"
    os.chdir(options.config.resolve().parent)  # Jupyter Book looks for extensions from here
    started = time.perf_counter()
    failed = build(
        options.source.resolve(),
        options.config.resolve(),
        options.toc.resolve(),
        options.output.resolve(),
        strict=options.strict,
    )
    page = options.output / "html" / "index.html"
    took = f"{time.perf_counter() - started:.1f} s"
    if failed:
        print(f"build failed after {took}; the reason stands above", file=sys.stderr)
        return 1
    print(f"built in {took}: {os.path.relpath(page)}", file=sys.stderr)
    return 0


def build(source: Path, config: Path, toc: Path, output: Path, *, strict: bool) -> bool:
    """Build a book with Jupyter Book; return whether that failed."""
    from jupyter_book.sphinx import build_sphinx
    from sphinx.util.console import nocolor

    if not sys.stderr.isatty():
        nocolor()
    outcome = build_sphinx(
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
    return bool(outcome != 0)


if __name__ == "__main__":
    raise SystemExit(main())
