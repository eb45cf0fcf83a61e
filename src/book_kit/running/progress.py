"""Lines that say what is going on while something long runs.

A notebook kernel has no terminal of its own.  Where MEASURED_PROGRESS names a file, each line is
appended to it, for whoever started the kernel to show; otherwise it goes to standard error.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "MEASURED_PROGRESS"


def say(line: str) -> None:
    """Show one line of progress, at once."""
    target = os.environ.get(VARIABLE)
    if target:
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    else:
        print(line, file=sys.stderr, flush=True)
