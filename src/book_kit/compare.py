"""Show the published figures beside those of the last build, on the terminal.

make compare           each published figure that differs, and what explains it
make publish-numbers   make the figures of the last build the published ones
"""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import sys
from pathlib import Path

from book_kit import project
from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Numbers, Row
from measured.command import Failure
from measured.files import whole_file

PAGE = "reference/your-numbers.html"
#: For a terminal that does not know them: what stands for the letters that figures are written in.
_PLAIN = {
    "\N{NO-BREAK SPACE}": " ",
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{MICRO SIGN}": "u",
}
_REASONS = 3  # that a refusal names; more of them would fill the terminal


def main(arguments: list[str] | None = None) -> int:
    """Compare, or publish; return the exit code."""
    codecs.register_error("plain letters", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain letters")
    options = _parser().parse_args(arguments)
    try:
        here = comparison.read(options.built / "numbers.json")
        if options.publish:
            return _publish(here, options.published)
        _show(comparison.read(options.published), here, options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has left, and has seen what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (BrokenNumbers, Failure) as broken:
        return _fail(str(broken))
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return 0


def _plain(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    letters = error.object[error.start : error.end]
    known = (_PLAIN.get(letter) or ascii(letter)[1:-1] for letter in letters)
    return "".join(known), error.end


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--built", type=Path, default=project.root() / "_build" / "html", metavar="DIR"
    )
    parser.add_argument(
        "--published", type=Path, default=project.recorded(comparison.PUBLISHED), metavar="FILE"
    )
    parser.add_argument("--all", action="store_true", help="show those that agree as well")
    parser.add_argument("--publish", action="store_true", help="publish the last build's figures")
    return parser


def _fail(reason: str) -> int:
    print(f"compare: {reason}", file=sys.stderr)
    return 1


def _publish(here: Numbers, target: Path) -> int:
    reasons = list(here.incomplete) or ([] if here.figures else ["it has no figures"])
    if reasons:
        told = "; ".join(" ".join(reason.split()) for reason in reasons[:_REASONS])
        more = len(reasons) - _REASONS
        told += f"; and {more} more" if more > 0 else ""
        return _fail(f"nothing is published, the build is not whole: {told}; mend it, build again")
    with whole_file(target, "w", encoding="utf-8") as f:
        f.write(json.dumps(here.as_json(), indent=1, ensure_ascii=False) + "\n")
    print(f"{len(here.figures)} figures published in {target.name}")
    return 0


def _show(published: Numbers, here: Numbers, options: argparse.Namespace) -> None:
    differences = comparison.differing(published.environment, here.environment)
    for key, (theirs, mine) in differences.items():
        print(f"{key}: {theirs} published, {mine} here")
    for reason in here.incomplete:
        print(f"this build is not whole: {reason}")
    rows = comparison.compare(published, here)
    shown = [row for row in rows if options.all or row.agrees is False]
    if shown:
        _print(shown)
    agreeing = sum(row.agrees is True for row in rows)
    missing = sum(row.agrees is None for row in rows)
    print(f"{agreeing} of {len(rows)} published figures agree; {missing} are not measured here")
    print(f"the page: {os.path.relpath(options.built / PAGE)}")


def _print(rows: list[Row]) -> None:
    width = max(len(row.name) for row in rows)
    print(f"\n{'figure':<{width}} {'published':>14} {'here':>14}  what explains it")
    for row in rows:
        here = "" if row.here is None else str(row.here)
        why = row.why or "same"
        print(f"{row.name:<{width}} {row.published!s:>14} {here:>14}  {why}")
    print()


if __name__ == "__main__":
    raise SystemExit(main())
