"""`python -m measured.stepping PROGRAM`: what there is to see of a program at each of its stops."""

from __future__ import annotations

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the present folder: a program imports from none

import argparse
import json
from pathlib import Path

from measured import inputs
from measured.command import Failure
from measured.stepping.recorder import WAYS, record


def main() -> int:
    """Do what the command line says; return the exit code."""
    arguments = argparse.ArgumentParser(
        prog="python -m measured.stepping",
        description="Stop a program before each of its lines, and print as JSON what there is.",
    )
    arguments.add_argument("program", type=Path, help="a short program; it has its own file")
    arguments.add_argument(
        "--show",
        choices=sorted(WAYS),
        default="objects",
        help="objects: names, references, counts, bytes; heap: what tracemalloc counts; memory: "
        "arenas and resident memory",
    )
    options = arguments.parse_args()
    inputs.note()
    try:
        recorded = record(options.program, options.show)
    except (Failure, OSError) as reason:
        sys.stderr.write(f"measured.stepping: {' '.join(str(reason).split())}\n")
        return 1
    print(json.dumps(recorded), flush=True)
    inputs.tell()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
