"""The kernel that runs the cells of a page: IPython's own, with an account of what the cells used.

    python -m book_kit.running.kernel -f CONNECTION_FILE

After each cell it writes to the file that MEASURED_ACCOUNT names, as JSON: the `modules` that are
loaded with their files, the paths that were `opened` to be read, what the cells `asked` the store
of results for and the digests of the answers, the commands that they `started` by themselves, and
the interpreter that ran them.  What a page depends on is known from that, and not from its source.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any

from book_kit.running import interpreter  # first: it keeps what this process was started with

ACCOUNT = "MEASURED_ACCOUNT"
#: Names how many seconds a cell may take.
LONGEST_CELL = "MEASURED_CELL_SECONDS"
_STARTING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
#: Modules whose own commands are no business of a page.
_OF_THE_KIT = interpreter.__name__


class _Account:
    """What the cells have used so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: set[str] = set()
        self._started: list[list[str]] = []

    def listen(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of one of the interpreter's audit events (PEP 578)."""
        if event == "open":
            self._open(*arguments)
        elif event in _STARTING and not _asked_by_the_kit():
            self._started.append(_words(arguments))

    def _open(self, file: object, mode: object, flags: object) -> None:
        if isinstance(file, int) or (isinstance(mode, str) and not {"r", "+"} & set(mode)):
            return
        if not isinstance(mode, str) and isinstance(flags, int) and flags & os.O_WRONLY:
            return
        with contextlib.suppress(TypeError, ValueError):
            self._opened.add(os.path.abspath(os.fsdecode(file)))  # type: ignore[arg-type]  # noqa: PTH100

    def write(self) -> None:
        """Write it down, whole or not at all."""
        from book_kit import project
        from measured import inputs

        experiment = sys.modules.get("book_kit.running.experiment")
        asked = [] if experiment is None else experiment.asked
        project.write_json(
            self._path,
            {
                "modules": inputs.files_of_modules(),
                "opened": sorted(self._opened),
                "asked": [[request.as_json(), value] for request, value in asked],
                "started": self._started,
                "executable": sys.executable,
            },
        )


def _set_deadline() -> None:
    os.environ[interpreter.DEADLINE] = str(time.time() + float(os.environ[LONGEST_CELL]))


def _asked_by_the_kit() -> bool:
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_globals.get("__name__") == _OF_THE_KIT:
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _words(arguments: tuple[Any, ...]) -> list[str]:
    found = []
    for one in arguments:
        parts = one if isinstance(one, list | tuple) else [one]
        for part in parts:
            with contextlib.suppress(TypeError, ValueError):
                found.append(os.fsdecode(part))
    return found


def main() -> None:
    """Run the kernel until its client ends it."""
    from ipykernel.kernelapp import IPKernelApp

    application: Any = IPKernelApp.instance()
    try:
        application.initialize()
    except OSError as error:
        raise SystemExit(f"the kernel cannot start: {error}") from None
    path = os.environ.get(ACCOUNT)
    if path:
        account = _Account(Path(path))
        sys.addaudithook(account.listen)
        application.shell.events.register("post_execute", account.write)
    if LONGEST_CELL in os.environ:
        application.shell.events.register("pre_execute", _set_deadline)
    application.start()


if __name__ == "__main__":
    main()
