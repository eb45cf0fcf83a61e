"""Processes of their own for answers: bounded in time and memory, and ended with all they started.

An answer never comes near the reader's file: it is handed on as text, and runs in a temporary
folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from measured.units import MIB

#: Seconds that one answer may take, and bytes that its processes may have.
LONGEST = 20.0
MOST_MEMORY = 1536 * MIB
_LOOK_AGAIN = 0.02  # seconds
_MARK = "MEASURED_ANSWER"  # the variable by which a process is known to come from an answer
_SRC = Path(__file__).resolve().parents[2]

SLOW = "It had not finished after {seconds:.3g} seconds: is there a loop that never ends?"
GREEDY = "It took more than {mib:,.0f} MiB and was ended: what is held at once has no bound"
GONE = "Your program ended its own process: let the function return instead"


def grade(
    answers: Sequence[str],
    tests: str,
    budget_mib: float | None,
    *,
    repeats: int = 1,
    limit: float = LONGEST,
    memory: int = MOST_MEMORY,
) -> list[list[dict[str, Any]]]:
    """Grade answers by `tracemalloc`.

    Returns
    -------
    list of list of dict
        For each answer what `grader.grade` returns, each time: once where the work was not done.
    """
    ended = _do(answers, tests, budget_mib, "tracemalloc", repeats, limit, memory)
    return [[_failed(it, budget_mib)] if isinstance(it, str) else it for it in ended]


def measure(
    answers: Sequence[str],
    tests: str,
    *,
    repeats: int = 1,
    limit: float = LONGEST,
    memory: int = MOST_MEMORY,
) -> list[list[dict[str, Any]]]:
    """Measure the work of answers by the kernel's counter: see `kernel.measure`."""
    ended = _do(answers, tests, None, "kernel", repeats, limit, memory)
    return [[{"cannot": it}] if isinstance(it, str) else it for it in ended]


def _failed(advice: str, budget_mib: float | None) -> dict[str, Any]:
    return {
        "passed": False,
        "tests": [],
        "peak_mib": None,
        "budget_mib": budget_mib,
        "advice": advice,
        "printed": "",
    }


def _do(
    answers: Sequence[str],
    tests: str,
    budget_mib: float | None,
    instrument: str,
    repeats: int,
    limit: float,
    memory: int,
) -> list[list[dict[str, Any]] | str]:
    """Return for each answer what the child says of it, or why it says nothing.

    One process takes the answers in turn.  Where one ends it, the next process goes on behind.
    """
    done: list[list[dict[str, Any]] | str] = []
    while len(done) < len(answers):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            results, job = folder / "results", folder / "job.json"
            results.touch()
            task = {
                "answers": answers[len(done) :],
                "tests": tests,
                "budget_mib": budget_mib,
                "instrument": instrument,
                "repeats": repeats,
                "memory": memory,
                "results": str(results),
            }
            job.write_text(json.dumps(task), encoding="utf-8")
            work = folder / "work"
            work.mkdir()
            words = [sys.executable, "-P", "-m", "book_kit.exercises.child", str(job)]
            reason = run(words, work, limit * repeats, memory, progress=results)
            # A line that was cut short with its process says nothing.
            lines = results.read_bytes().split(b"\n")[:-1]
            done += [json.loads(line) for line in lines]
            if len(done) < len(answers):
                done.append(reason or GONE)
    return done


def run(
    words: Sequence[str],
    folder: Path,
    limit: float,
    memory: int,
    *,
    progress: Path | None = None,
    output: Path | None = None,
    malloc: str | None = None,
) -> str:
    """Run a command, and end whatever is left of it.

    Parameters
    ----------
    words, folder
        The command, and where it runs.
    limit
        Seconds that it may take: between two changes of the size of `progress`, where given.
    memory
        Bytes that all its processes may have together.
    output
        A file for what it prints, which is thrown away otherwise.
    malloc
        The allocator that its Python takes, as in `PYTHONMALLOC`.

    Returns
    -------
    str
        Why it was ended, or nothing.
    """
    mark = secrets.token_hex(8)
    variables = {name: it for name, it in os.environ.items() if not name.startswith("PYTHON")}
    variables |= {_MARK: mark, "PYTHONPATH": str(_SRC), "PYTHONIOENCODING": "utf-8"}
    variables |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))
    if malloc:
        variables["PYTHONMALLOC"] = malloc
    with open(output or os.devnull, "wb") as printed:  # noqa: PTH123  (the null device too)
        process = subprocess.Popen(
            [*words],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return _wait(process, limit, memory, progress)
        finally:
            _end(process, mark)


def _wait(
    process: subprocess.Popen[bytes], limit: float, memory: int, progress: Path | None
) -> str:
    begun, size = time.monotonic(), 0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_AGAIN)
            return ""
        if _resident(process) > memory:
            return GREEDY.format(mib=memory / MIB)
        if progress is not None and progress.stat().st_size != size:
            begun, size = time.monotonic(), progress.stat().st_size
        if time.monotonic() - begun > limit:
            return SLOW.format(seconds=limit)


def _resident(process: subprocess.Popen[bytes]) -> int:
    total = 0
    with contextlib.suppress(psutil.Error):
        first = psutil.Process(process.pid)
        for one in (first, *first.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += one.memory_info().rss
    return total


def _end(process: subprocess.Popen[bytes], mark: str) -> None:
    """End a process and all that came from it, also what has left its session."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if one.pid != os.getpid() and one.environ().get(_MARK) == mark:
                one.kill()
    if process.poll() is None:
        process.kill()
    process.wait()
