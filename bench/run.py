"""Speed, as ratios taken in one run: `make bench`.

1. The original three under memory_profiler, at the full 1,000,000 rows, against their plain ports
   to Python 3.  The plain ports of test-pickle and test-flat take many minutes at that size,
   because memory_profiler traces every Python frame below the profiled function; they run at a
   smaller size, and the ratio is between times per row.
2. What a table of lines costs: this project's, memory_profiler's, Scalene's and memray's.
3. The overhead of each page of the last build: its time on the clock beyond its experiments.
4. What a first view of each page takes, and what Lighthouse says of it, beside a default book.

Times of 1 are CPU seconds, user and system, of the whole process and its children, as the operating
system accounts for them; the median of the repeats is printed with the lowest and the highest.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import line_tables
import pages
from line_tables import spread

ROOT = Path(__file__).resolve().parent.parent
FULL_SIZE = 1_000_000
#: For each script: the size of its plain port, and how often each of the two runs.
SCRIPTS = {"memory-profile-me": (FULL_SIZE, 3), "test-pickle": (20_000, 3), "test-flat": (5_000, 3)}
OPTION = {"memory-profile-me": "--length"}


def main() -> None:
    """Measure all four, and print them."""
    print(f"Python {sys.version.split()[0]}; CPU seconds, median (lowest to highest)\n")
    print(f"{'under memory_profiler':<20} {'rows':>10} {'this script':>24}", end="")
    print(f"{'rows':>12} {'its plain port':>24} {'a row, ratio':>14}")
    for name, (plain_size, repeats) in SCRIPTS.items():
        ours = [
            cpu_seconds(ROOT / "scripts" / f"{name}.py", OPTION.get(name, "--records"), FULL_SIZE)
            for _ in range(repeats)
        ]
        plain = [
            cpu_seconds(ROOT / "bench" / "plain" / f"{name}.py", plain_size) for _ in range(repeats)
        ]
        ratio = (statistics.median(ours) / FULL_SIZE) / (statistics.median(plain) / plain_size)
        print(f"{name:<20} {FULL_SIZE:>11,} {spread(ours):>24}", end="")
        print(f"{plain_size:>12,} {spread(plain):>24} {ratio:>14.3f}")
    print()
    line_tables.main()
    overheads()
    pages.main()


def cpu_seconds(script: Path, *arguments: object) -> float:
    """Run a script under memory_profiler in a folder of its own; return its CPU seconds."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "memory_profiler", str(script), *map(str, arguments)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        after = os.times()
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


def overheads() -> None:
    """Print what each page of the last build took beyond its experiments."""
    import json

    record = ROOT / "_build" / "html" / "timings.json"
    if not record.is_file():
        print("no pages to report: run `make clean book` first")
        return
    print(f"{'page':<36} {'run time':>10} {'experiments':>12} {'overhead':>10}   (seconds)")
    for page, took in json.loads(record.read_text(encoding="utf-8")).items():
        overhead = took["seconds"] - took["experiments"]
        print(f"{page:<36} {took['seconds']:>10.1f} {took['experiments']:>12.1f} {overhead:>10.1f}")


if __name__ == "__main__":
    main()
