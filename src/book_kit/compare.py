"""Show the published figures beside those of the last build, on the terminal.

make compare           each published figure that differs, and what explains it
make publish-numbers   make the figures of the last build the published ones
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from book_kit import project
from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Row
from measured.files import whole_file

PAGE = "reference/your-numbers.html"


def main(arguments: list[str] | None = None) -> int:
    """Compare, or publish; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--built", type=Path, default=project.root() / "_build" / "html", metavar="DIR"
    )
    parser.add_argument(
        "--published", type=Path, default=project.recorded(comparison.PUBLISHED), metavar="FILE"
    )
    parser.add_argument("--all", action="store_true", help="show those that agree as well")
    parser.add_argument("--publish", action="store_true", help="publish the last build's figures")
    options = parser.parse_args(arguments)
    try:
        here = comparison.read(options.built / "numbers.json")
        if options.publish:
            with whole_file(options.published, "w", encoding="utf-8") as f:
                f.write(json.dumps(here.as_json(), indent=1, ensure_ascii=False) + "\n")
            print(f"{len(here.figures)} figures published in {options.published.name}")
            return 0
        published = comparison.read(options.published)
    except BrokenNumbers as broken:
        print(f"compare: {broken}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"compare: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    for key in comparison.differing(published.environment, here.environment):
        theirs, mine = published.environment.get(key, ""), here.environment.get(key, "")
        print(f"{key}: {theirs} published, {mine} here")
    rows = comparison.compare(published, here)
    shown = [row for row in rows if options.all or row.agrees is False]
    if shown:
        _print(shown)
    agreeing = sum(row.agrees is True for row in rows)
    missing = sum(row.agrees is None for row in rows)
    print(f"{agreeing} of {len(rows)} published figures agree; {missing} are not measured here")
    print(f"the page: {os.path.relpath(options.built / PAGE)}")
    return 0


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
