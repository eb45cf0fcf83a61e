"""What a table of lines costs: this project's, memory_profiler's, Scalene's and memray's.

Each runs the plain port of test-pickle, whose rows are made by a million calls of Python functions,
and a loop of a million short turns in a profiled function.  memory_profiler runs both at a
twentieth of their size; each ratio is to the program alone at the same size.
"""

from __future__ import annotations

import importlib.util
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_PLAIN = Path(__file__).resolve().parent / "plain"
#: What each profiler is called with before the program.
PROFILERS = {
    "measured": ["-m", "measured"],
    "memory_profiler": ["-m", "memory_profiler"],
    "scalene": ["-m", "scalene", "run", "--memory", "--outfile", "scalene.json", "---"],
    "memray": ["-m", "memray", "run", "--quiet", "--output", "memray.bin"],
}
#: For each program its size, and the part of it that memory_profiler is given.
PROGRAMS = {"test-pickle": (200_000, 20), "million-turns": (1_000_000, 20)}
REPEATS = 5


def main() -> None:
    """Measure and print them."""
    print(f"Python {sys.version.split()[0]}; seconds on the clock, median (lowest to highest)")
    print("ratio: of a run under it to one alone before it, median (lowest to highest)\n")
    print(f"{'program':<16} {'size':>10}   {'under':<18} {'seconds':>22} {'ratio':>22}")
    for program, (size, part) in PROGRAMS.items():
        for profiler, words in PROFILERS.items():
            if importlib.util.find_spec(profiler) is None:
                print(f"{program:<16} {'':>10}   {profiler:<18} not installed")
                continue
            its_size = size // part if profiler == "memory_profiler" else size
            repeats = 3 if profiler == "memory_profiler" else REPEATS
            taken, ratios = [], []
            for _ in range(repeats):  # in turn, so that both meet the same state of the machine
                alone = seconds([], program, its_size)
                taken.append(seconds(words, program, its_size))
                ratios.append(taken[-1] / alone)
            print(
                f"{program:<16} {its_size:>10,}   {profiler:<18}"
                f" {spread(taken):>22} {spread(ratios):>22}"
            )
    print()


def seconds(under: list[str], program: str, size: int) -> float:
    """Run a program in a folder of its own; return the seconds that its work took.

    The program says so itself: what starts and ends an interpreter or a profiler is not in it.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        finished = subprocess.run(
            [sys.executable, *under, str(_PLAIN / f"{program}.py"), str(size)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    said = [line for line in finished.stdout.splitlines() if line.startswith("seconds ")]
    return float(said[0].split()[1])


def spread(values: list[float]) -> str:
    """Write a median with its ends."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"
