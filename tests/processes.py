"""Fresh processes for the tests: an interpreter, a script of the book, and the kernel's limits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "scripts"
#: The three scripts of the classic tutorial, by their original names.
ORIGINAL_THREE = ("memory-profile-me", "test-pickle", "test-flat")

Finished = subprocess.CompletedProcess[str]


def run(
    *arguments: object,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
    timeout: float = 120,
) -> Finished:
    """Run this interpreter anew and wait for it.

    Parameters
    ----------
    arguments
        What follows `python`.
    cwd, environment
        Where it runs, and variables to set for it besides those of this process.
    limits
        For each resource of the module `resource`, the soft limit that it gets.
    timeout
        Seconds; a run that takes longer is hung.
    """

    def set_limits() -> None:
        import resource

        for what, soft in (limits or {}).items():
            resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))

    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        preexec_fn=set_limits if limits else None,
    )


def script(
    name: str,
    *arguments: object,
    under: tuple[str, ...] = (),
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
    timeout: float = 120,
) -> Finished:
    """Run `scripts/NAME.py`; `under` is what stands before it, such as `-m memory_profiler`."""
    return run(
        *under,
        SCRIPTS / f"{name}.py",
        *arguments,
        cwd=cwd,
        environment=environment,
        limits=limits,
        timeout=timeout,
    )


def complaint(finished: Finished, code: int = 1) -> str:
    """Return the one line with which a run failed; fail where it is not one line."""
    assert finished.returncode == code, (
        f"exit code {finished.returncode}, not {code}\n{finished.stdout}\n{finished.stderr}"
    )
    assert "Traceback" not in finished.stdout + finished.stderr, finished.stderr
    lines = finished.stderr.splitlines()
    assert len(lines) == 1, f"not one line on standard error:\n{finished.stderr}"
    return lines[0]


def names_in(folder: Path) -> set[str]:
    """Return the names of everything in a folder, hidden files too."""
    return {entry.name for entry in folder.iterdir()}
