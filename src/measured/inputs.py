"""What this process loaded and opened: what its figures depend on besides its command line.

Where MEASURED_INPUTS names a folder, each process that imports `measured.command` leaves a file
there at its end, named after its process number: a JSON object with the files of its `modules`, by
name, and the paths that it `opened` to read.  Whoever started it can then tell whether the same
run would still give the same figures.

Nothing is noted anywhere else, and a process that is measured pays one more call for each file
that it opens.  Files that a C library opens by itself, and those that a script opens before it
imports `measured.command`, are not seen.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

VARIABLE = "MEASURED_INPUTS"

_opened: set[str] = set()


def note() -> None:
    """Note from now on which files are opened to be read, if somebody has asked for it."""
    if os.environ.get(VARIABLE) and not hasattr(builtins.open, "noting"):
        noting = _noting(builtins.open)
        builtins.open = io.open = noting


def _noting(open_file: Any) -> Any:
    def noting(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if not isinstance(file, int) and ("r" in mode or "+" in mode):
            with contextlib.suppress(TypeError, ValueError):  # `open` will say what is wrong
                _opened.add(os.path.abspath(os.fsdecode(file)))  # noqa: PTH100 (bytes too)
        return open_file(file, mode, *rest, **options)

    vars(noting)["noting"] = True
    return noting


def files_of_modules() -> dict[str, str]:
    """Return the file of each module that is loaded from one, by the module's name."""
    found = {}
    for name, module in sys.modules.copy().items():  # other threads import meanwhile
        file = getattr(module, "__file__", None)
        if isinstance(file, str):
            found[name] = os.path.abspath(file)  # noqa: PTH100 (no link is followed)
    return found


def tell() -> None:
    """Leave a file that says it, if somebody has asked for it."""
    folder = os.environ.get(VARIABLE)
    if folder:
        told = {"modules": files_of_modules(), "opened": sorted(_opened)}
        with contextlib.suppress(OSError):  # a folder that is gone: nobody waits any more
            Path(folder, f"{os.getpid()}.json").write_text(json.dumps(told), encoding="utf-8")
