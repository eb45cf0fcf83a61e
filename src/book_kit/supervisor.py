"""Run one long program so that nothing of it remains, however it ends.

Ctrl-C does not end a build by itself: the client of the notebook kernels takes SIGINT and SIGTERM
for itself, ends the kernel, and the build goes on to its next page.  So the program runs in a
session of its own, where the terminal does not reach it, and the process here ends it, all that
it started, and the temporary folder that they share.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

#: Seconds that experiments get to put away what they made, after they were asked to end.
GRACE = 2.0
#: What names the folder for temporary files, on each system.
_TEMPORARY = ("TMPDIR", "TMP", "TEMP")
_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Interrupted(BaseException):
    """A signal asks this process to end; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__(
            "interrupted; what was complete is kept, and the next `make book` goes on from there"
        )
        self.number = number

    @property
    def exit_code(self) -> int:
        """The exit code by which a shell knows that a signal ended a program."""
        return 128 + self.number


class Signals:
    """Signals that ask to end: one is noted at any time, and raised within `raised()` alone.

    Between the start of a process and the moment when it has a name here, an exception would lose
    it.  A signal that is ignored from the start, as in a background job, stays ignored.
    """

    def __init__(self) -> None:
        self._first: int | None = None
        self._raising = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> Signals:
        for name in _ENDINGS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self._first is None:
            self._first = number
            self._raise_first()

    def _raise_first(self) -> None:
        if self._raising and self._first is not None:
            self._raising = False
            raise Interrupted(self._first)

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Raise what was noted before, and what comes within."""
        self._raising = True
        try:
            self._raise_first()
            yield
        finally:
            self._raising = False


def supervise(
    command: Sequence[str],
    signals: Signals,
    *,
    without: Sequence[str] = (),
    lock: IO[str] | None = None,
) -> int:
    """Run a program in a session and a temporary folder of its own; return its exit code.

    It finds its standard input open for as long as this process lives; see `end_with_parent`.

    Parameters
    ----------
    command
        The program and its arguments.
    signals
        What may end it.
    without
        Variables of this process that it shall not get.
    lock
        A file that it shall hold open as well.

    Raises
    ------
    Interrupted
        If a signal came; the program and all that it started have ended by then.
    OSError
        If there is no place for temporary files, or the program cannot be started.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in without}
    with tempfile.TemporaryDirectory(prefix="book-", ignore_cleanup_errors=True) as temporary:
        child = subprocess.Popen(
            command,
            env={**inherited, **in_temporary_folder(temporary)},
            stdin=subprocess.PIPE,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # as much, on Windows
            pass_fds=[lock.fileno()] if lock and os.name == "posix" else [],
        )
        try:
            with signals.raised():
                return _wait(child)
        finally:
            end_all(child.pid if child.returncode is None else None, temporary)
            child.wait()
            if child.stdin:
                child.stdin.close()


def in_temporary_folder(folder: str) -> dict[str, str]:
    """Return the variables by which programs keep all that is temporary in one folder."""
    return {
        **dict.fromkeys(_TEMPORARY, folder),
        "JUPYTER_RUNTIME_DIR": str(Path(folder, "jupyter")),
    }


def _wait(child: subprocess.Popen[bytes]) -> int:
    if os.name == "posix":
        return child.wait()
    while True:  # nothing interrupts a wait on Windows
        with suppress(subprocess.TimeoutExpired):
            return child.wait(timeout=0.5)


def end_all(pid: int | None, temporary: str) -> None:
    """End a process and everything that was started from it, in whichever session that is.

    Parameters
    ----------
    pid
        The process, or None if it has ended already.
    temporary
        The temporary folder that it was given: a process whose parents are gone is known by it.
    """
    try:
        import psutil
    except ModuleNotFoundError:  # the environment is only being made: pip stays in its group
        with suppress(ProcessLookupError):
            if pid is not None:
                os.killpg(pid, signal.SIGKILL)
        return
    with suppress(psutil.Error):
        if pid not in (None, os.getpid()):
            psutil.Process(pid).suspend()  # it shall start nothing more
    _ask_to_end([process for process in _family(pid, temporary) if process.pid != pid])
    for process in _family(pid, temporary):
        with suppress(psutil.Error):
            process.kill()


def _family(pid: int | None, temporary: str) -> set[psutil.Process]:
    """Return a process and what was started from it, without the one that asks."""
    import psutil

    found = set()
    with suppress(psutil.Error):
        if pid is not None:
            top = psutil.Process(pid)
            found |= {top, *top.children(recursive=True)}
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(_TEMPORARY[0]) == temporary:
                found.add(process)
    return {process for process in found if process.pid != os.getpid()}


def _ask_to_end(processes: list[psutil.Process]) -> None:
    """Ask them to end, and give them a moment to put away what they made."""
    import psutil

    for process in processes:
        with suppress(psutil.Error):
            process.terminate()
    deadline = time.monotonic() + GRACE
    while any(map(_lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.02)


def _lives(process: psutil.Process) -> bool:
    import psutil

    try:
        # One whose parent is suspended stays a zombie.
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def end_with_parent() -> None:
    """End this program, and all that it started, when the process that supervises it is gone.

    Not even SIGKILL of the one leaves the other at work.
    """
    threading.Thread(target=_watch_parent, args=(os.dup(0),), daemon=True).start()
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)


def _watch_parent(pipe: int) -> None:
    os.read(pipe, 1)
    temporary = tempfile.gettempdir()
    end_all(os.getpid(), temporary)
    shutil.rmtree(temporary, ignore_errors=True)
    os._exit(1)
