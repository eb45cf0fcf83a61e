"""Run a script of the book, and tell the test that waits when it has begun to measure.

    python interrupted.py MARKER SCRIPT [OPTION …]

The file MARKER appears when the script's experiment begins.  With `at-first-figure` in its place,
the script interrupts itself when it keeps its first figure.
"""

from __future__ import annotations

import runpy
import signal
import sys
from pathlib import Path
from typing import Any


def watch(marker: str) -> None:
    """Have the experiments that begin from now on make the file, or interrupt themselves."""
    from measured import command

    class Watched(command.Experiment):
        def __init__(self, name: str, parameters: dict[str, object]) -> None:
            super().__init__(name, parameters)
            if marker != "at-first-figure":
                Path(marker).touch()

        def __getattribute__(self, name: str) -> Any:
            if marker == "at-first-figure" and name in {"record", "keep", "step", "series"}:
                signal.raise_signal(signal.SIGINT)
            return super().__getattribute__(name)

    command.Experiment = Watched  # type: ignore[misc]


def main(marker: str, script: str, *options: str) -> None:
    sys.path[0] = str(Path(script).parent)
    sys.argv = [script, *options]
    watch(marker)
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
