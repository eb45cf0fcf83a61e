"""`%load_ext measured`, then `%%measured` at the head of a notebook's cell."""

from __future__ import annotations

import builtins
import io
import sys
import tokenize
from typing import Any

from measured.lines.profiler import Profiler


def load_ipython_extension(shell: Any) -> None:
    """Add the magic to an IPython shell."""

    def measured(line: str, cell: str) -> None:
        """Run the cell, and show what each of its lines did to memory.

        Functions under `@profile` in it, or called from it, have a table of their own.
        """
        if line.strip():
            from IPython.core.error import UsageError

            raise UsageError("%%measured takes no arguments")
        run_cell(shell, cell)

    shell.register_magic_function(measured, "cell", "measured")


def run_cell(shell: Any, cell: str) -> None:
    """Run a cell in the user's namespace and display its tables; what it raises passes through."""
    source = shell.transform_cell(cell)
    file = shell.compile.cache(source, shell.execution_count, raw_code=cell)
    profiler = Profiler()
    code = profiler.module(
        source,
        file,
        name="this cell",
        show=None if _ends_silently(source) else lambda it: sys.displayhook(it),
        flags=shell.compile.flags,
    )
    before = getattr(builtins, "profile", None)
    builtins.profile = profiler.profile  # type: ignore[attr-defined]
    try:
        exec(code, shell.user_ns)
    finally:
        profiler.end()
        profiler.close()
        if before is None:
            del builtins.profile  # type: ignore[attr-defined]
        else:
            builtins.profile = before  # type: ignore[attr-defined]
        from IPython.display import display

        display(profiler.report("this cell"))  # type: ignore[no-untyped-call]


def _ends_silently(source: str) -> bool:
    """Say whether a cell ends in a semicolon, by which a notebook does not show its value."""
    aside = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.DEDENT}
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return False
    code = [token.string for token in tokens if token.type not in aside]
    return code[-1:] == [";"]
