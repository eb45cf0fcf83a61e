"""Fresh interpreters: what they inherit, how long they may take, and that nothing of them stays."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from book_kit import project
from book_kit.running import killed, progress
from measured import inputs

#: Seconds after which a run counts as hung.
LONGEST_RUN = 600
#: Names the moment, on the clock of `time.time`, at which the running cell has to end.
DEADLINE = "MEASURED_DEADLINE"
_SPARE = 5.0  # seconds that a cell keeps, to say which run took too long

#: What this process was started with.  A notebook kernel adds variables of its own later on, which
#: no experiment should see; `book_kit.running.kernel` imports this module before anything else.
_INHERITED = dict(os.environ)

#: Variables that change what an instrument sees, and not what is measured.
_OBSERVERS = (
    "PYTHONTRACEMALLOC",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONDEVMODE",
    "PYTHONVERBOSE",
    "PYTHONINSPECT",
    "PYTHONDEBUG",
    "PYTHONFAULTHANDLER",
    "PYTHONSTARTUP",
    "PYTHONOPTIMIZE",
    "PYTHONDUMPREFS",
    "PYTHONPERFSUPPORT",
    "PYTHONSTATS",
)


class ExperimentError(Exception):
    """A script failed; the message carries the reason that it gave."""


def variables(own: Mapping[str, str], inputs_folder: Path) -> dict[str, str]:
    """Return the environment of an experiment.

    It is what the build was started with, so that a reader who chooses an allocator for the whole
    build gets its figures; without what would disturb an instrument, and without what a notebook
    kernel or an earlier step of the build has added.

    Parameters
    ----------
    own
        What the experiment asks for.
    inputs_folder
        Where its processes say what they loaded and opened.
    """
    kept = {
        name: value
        for name, value in _INHERITED.items()
        if name not in _OBSERVERS and not name.startswith(("MEASURED_", "JPY_", "COVERAGE", "COV_"))
    }
    return {
        **kept,
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        project.VARIABLE: str(project.root()),
        inputs.VARIABLE: str(inputs_folder),
        **own,
    }


def run(
    words: list[str], own: Mapping[str, str], script: str, inputs_folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run this interpreter anew from the project's root, and wait for it.

    Parameters
    ----------
    words
        What follows `python`.
    own, inputs_folder
        As for `variables`.
    script
        What to call it where it fails.

    Raises
    ------
    ExperimentError
        If it fails, or takes longer than `LONGEST_RUN` seconds or than its cell may.
    """
    longest, kills_before = _longest(), killed.kills()
    # Files and no pipes: a worker that a run leaves behind would hold a pipe open, and us with it.
    with _written() as output, _written() as complaint:
        with subprocess.Popen(
            [sys.executable, *words],
            cwd=project.root(),
            env=variables(own, inputs_folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=complaint,
            start_new_session=True,  # so that all that it starts can be ended with it
        ) as process:
            try:
                process.wait(longest)
            except subprocess.TimeoutExpired:
                raise ExperimentError(f"{script} did not finish in {longest:.3g} s") from None
            finally:
                _end(process)
        code, said, complained = process.returncode, _read(output), _read(complaint)
    if code != 0:
        raise ExperimentError(f"{script} {_why(code, complained, kills_before)}")
    return subprocess.CompletedProcess(words, 0, said, complained)


def _written() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _longest() -> float:
    deadline = os.environ.get(DEADLINE)
    if deadline is None:
        return LONGEST_RUN
    return max(min(LONGEST_RUN, float(deadline) - _SPARE - time.time()), 1.0)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End whatever a run has left: a worker that lives on would disturb what is measured next."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        import psutil

        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        process.kill()


def _why(code: int, complaint: str, kills_before: int | None) -> str:
    if code < 0:
        return f"was {killed.reason_of_signal(code, kills_before)}"
    said = complaint.strip().splitlines() or ["it gave no reason"]
    return f"failed with exit code {code}: {said[-1]}"


def say(command: str, number: int, repeats: int, seconds: float) -> None:
    """Say on the terminal that a repeat is done."""
    progress.say(f"    {command}  [{number}/{repeats}, {seconds:.1f} s]")
