"""A script works where another program runs it: a profiler, a debugger, a tracer, `runpy`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from processes import SCRIPTS, names_in, run, script, small_sizes

#: Those that run a function of theirs in another process, and two that do not.
NAMES = [
    *(name for name, path in SCRIPTS.items() if "run_elsewhere" in path.read_text("utf-8")),
    "dict-touchers",  # pickles instances of a class of its own
    "memory-profile-me",
]
TRACEBACK = "Traceback (most recent call last)"  # the class of that name stands in profiles
RUNNERS = {
    "memory_profiler": ("-m", "memory_profiler"),
    "measured": ("-m", "measured"),
    "cProfile": ("-m", "cProfile"),
    "pdb": ("-m", "pdb", "-c", "continue", "-c", "quit", "--"),
    "trace": ("-m", "trace", "--count", "--missing", "--coverdir", "covered"),
    "importtime": ("-X", "importtime"),
    "isolated": ("-I",),
    "optimized": ("-OO",),
}


def test_some_scripts_run_a_function_elsewhere() -> None:
    assert len(NAMES) > 4


def whole(printed: str, name: str) -> bool:
    """Say whether a script came to its last figure; a table of a profiler may follow."""
    assert TRACEBACK not in printed, printed
    return last_figure(name) in printed


@cache
def last_figure(name: str) -> str:
    """Return what a script calls the last figure that it prints."""
    figures = re.findall(r"^\S+ *\S+", script(name, *small_sizes(name)).stdout, re.MULTILINE)
    return str(figures[-1])


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_script_works_under_another_program(name: str, runner: str, tmp_path: Path) -> None:
    finished = script(name, *small_sizes(name), under=RUNNERS[runner], cwd=tmp_path)
    assert whole(finished.stdout, name), finished.stderr
    assert TRACEBACK not in finished.stderr
    assert finished.returncode == 0
    assert names_in(tmp_path) <= {"covered"}


@pytest.mark.parametrize("name", NAMES)
def test_a_script_works_by_a_path_that_is_relative(name: str, tmp_path: Path) -> None:
    path = SCRIPTS[name]
    finished = run("-m", "cProfile", path.name, *small_sizes(name), cwd=path.parent)
    assert whole(finished.stdout, name), finished.stderr
    code = "import runpy, sys; del sys.argv[0]; runpy.run_path(sys.argv[0], None, '__main__')"
    finished = run("-c", code, path.name, *small_sizes(name), cwd=path.parent)
    assert whole(finished.stdout, name), finished.stderr
