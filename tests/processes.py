"""Fresh processes for the tests: an interpreter, a script of the book, and the kernel's limits."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
#: Every script of the book, by its name.
SCRIPTS = {path.stem: path for path in sorted((ROOT / "scripts").rglob("*.py"))}
#: The three scripts of the classic tutorial, by their original names.
ORIGINAL_THREE = ("memory-profile-me", "test-pickle", "test-flat")

#: Sizes at which a script is done in a moment; an option that is not here keeps its default.
SMALL = {
    "--records": 2_000,
    "--rows": 2_000,
    "--length": 2_000,
    "--number": 2_000,
    "--count": 40,
    "--items": 200,
    "--objects": 10,
    "--tries": 1_000,
    "--mib": 4,
    "--steps": 2,
}

Finished = subprocess.CompletedProcess[str]


def hear_ctrl_c() -> None:
    """Let a process that is about to start hear Ctrl-C, as one that a terminal starts does.

    A shell has its background jobs ignore it, and what is ignored is inherited: the tests may be
    such a job.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def temporary_files_in(folder: Path) -> dict[str, str]:
    """Return the variables by which a program has its temporary files in a folder."""
    return dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))


def run(
    *arguments: object,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
    interpreter: str = sys.executable,
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
    interpreter
        Another one to run.
    timeout
        Seconds; a run that takes longer is hung.
    """

    def prepare() -> None:
        hear_ctrl_c()
        for what, soft in (limits or {}).items():
            import resource

            resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))

    return subprocess.run(
        [interpreter, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        preexec_fn=prepare if os.name == "posix" else None,
    )


def run_code(
    code: str,
    *,
    environment: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
) -> Finished:
    """Run a piece of code that imports the package as it stands in this project."""
    variables = {"PYTHONPATH": str(SRC), **(environment or {})}
    return run("-c", code, environment=variables, limits=limits)


def script(
    name: str,
    *arguments: object,
    under: tuple[str, ...] = (),
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
    timeout: float = 120,
) -> Finished:
    """Run the script of that name; `under` stands before it, such as `-m memory_profiler`."""
    return run(
        *under,
        SCRIPTS[name],
        *arguments,
        cwd=cwd,
        environment=environment,
        limits=limits,
        timeout=timeout,
    )


def in_one_process(
    name: str,
    wanted: Sequence[Mapping[str, Any]],
    *,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> list[Finished]:
    """Run a script in one interpreter, as `wanted` says; see `in_one_process.py`."""
    driver = Path(__file__).with_name("in_one_process.py")
    finished = run(driver, SCRIPTS[name], json.dumps(wanted), cwd=cwd, environment=environment)
    ended = [json.loads(line) for line in finished.stdout.splitlines()]
    assert len(ended) == len(wanted), (
        f"{name} with {wanted[len(ended)]['arguments']} ended the interpreter, "
        f"exit code {finished.returncode}\n{finished.stderr}"
    )
    return [
        Finished(one["arguments"], end["code"], end["printed"], end["said"])
        for one, end in zip(wanted, ended, strict=True)
    ]


def small_sizes(name: str) -> list[str]:
    """Return the options with which a script is done in a moment."""
    options = set(re.findall(r"--[a-z][\w-]*", SCRIPTS[name].read_text(encoding="utf-8")))
    return [
        word for option, size in SMALL.items() if option in options for word in (option, str(size))
    ]


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
