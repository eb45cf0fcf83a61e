"""`%load_ext measured`, then `%%measured` at the head of a notebook's cell."""

from __future__ import annotations

import builtins
import sys
from typing import Any

from measured.lines.profiler import Profiler


def load_ipython_extension(shell: Any) -> None:
    """Add the magic to an IPython shell."""

    def measured(_line: str, cell: str) -> None:
        """Run the cell, and show what each of its lines did to memory.

        Functions under `@profile` in it, or called from it, have a table of their own.
        """
        run_cell(shell, cell)

    shell.register_magic_function(measured, "cell", "measured")


def run_cell(shell: Any, cell: str) -> None:
    """Run a cell in the user's namespace and display its tables; what it raises passes through."""
    source = shell.transform_cell(cell)
    file = shell.compile.cache(source, shell.execution_count, raw_code=cell)
    profiler = Profiler()
    silent = source.rstrip().endswith(";")
    code = profiler.module(
        source, file, name="this cell", show=None if silent else lambda it: sys.displayhook(it)
    )
    before = getattr(builtins, "profile", None)
    builtins.profile = profiler.profile  # type: ignore[attr-defined]
    try:
        exec(code, shell.user_ns)
    finally:
        profiler.end()
        if before is None:
            del builtins.profile  # type: ignore[attr-defined]
        else:
            builtins.profile = before  # type: ignore[attr-defined]
        from IPython.display import display

        display(profiler.report("this cell"))  # type: ignore[no-untyped-call]
