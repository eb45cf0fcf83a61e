"""Ctrl-C while an experiment is still being imported ends it in one line.

`measured.command.execute` answers to Ctrl-C from when it is called.  A script takes about 50 ms to
come there, most of them in imports.  Importing `measured` sets a hook for exceptions that nothing
caught; it acts on a Ctrl-C during these imports, and leaves every other exception to the hook that
was there.  Before that, while the interpreter starts and the script imports from the standard
library, nothing of ours runs, and Ctrl-C is answered as Python answers it.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # `typing` alone would take a tenth of the time that is to be guarded
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]

#: What had been imported before anything of this package.
IMPORTED_BEFORE = tuple(sys.modules)


def install() -> None:
    """Set the hook, once."""
    before: Hook = sys.excepthook

    def hook(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt) or not _still_importing(traceback):
            before(kind, error, traceback)
            return
        program = sys.argv[0].replace("\\", "/").rpartition("/")[2]
        sys.stderr.write(f"{program}: interrupted; nothing was left behind\n")
        raise SystemExit(1)

    sys.excepthook = hook


def _still_importing(traceback: TracebackType | None) -> bool:
    """Say whether a module of this package, or a script that has its command line, was running."""
    execute = getattr(sys.modules.get("measured.command"), "execute", None)
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_name == "<module>":
            if frame.f_globals.get("__name__", "").split(".")[0] == "measured":
                return True
            if execute is not None and frame.f_globals.get("execute") is execute:
                return True
        traceback = traceback.tb_next
    return False
