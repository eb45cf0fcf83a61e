"""What `make` says where the interpreter that it is told to use is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from processes import ROOT, Finished

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="needs make")

#: An interpreter of another time, as `-c` sees it.
OLD = '#!/bin/sh\ncase "$2" in *version_info*) exit 1;; esac\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what `make` reads."""
    shutil.copy2(ROOT / "Makefile", tmp_path)
    without = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=without)
    return tmp_path


def make(project: Path, *arguments: str) -> Finished:
    # A `make` that runs these tests tells its options and its terminal to those below it.
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHON", "PORT")
    return subprocess.run(
        ["make", *arguments],
        cwd=project,
        env={name: value for name, value in os.environ.items() if name not in outer},
        capture_output=True,
        text=True,
        timeout=60,
    )


def first_line(finished: Finished) -> str:
    """Return what a reader reads first; the lines of `make` itself follow it."""
    assert finished.returncode != 0
    assert "Traceback" not in finished.stderr
    return finished.stderr.splitlines()[0]


@pytest.mark.parametrize("task", ["book", "check", "compare", "serve"])
def test_an_interpreter_that_does_not_run_is_named(project: Path, task: str) -> None:
    line = first_line(make(project, task, "PYTHON=no-python"))
    assert line == "'no-python' does not run; name an interpreter: make book PYTHON=python3.12"
    assert not (project / ".venv").exists()


def test_an_interpreter_that_is_too_old_is_named(project: Path) -> None:
    old = project / "old-python"
    old.write_text(OLD)
    old.chmod(0o755)
    line = first_line(make(project, "book", "PYTHON=./old-python"))
    assert line == (
        "./old-python is older than Python 3.11, which the book needs: make book PYTHON=python3.12"
    )


@pytest.mark.parametrize("task", ["serve", "compare"])
def test_what_only_reads_a_build_needs_no_interpreter_but_that_of_the_environment(
    project: Path, task: str
) -> None:
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    # It says which module it would run; that the environment stands is tested with its installer.
    python.write_text('#!/bin/sh\ncase "$3" in --stands) exit 0;; esac\necho "$@"\n')
    python.chmod(0o755)
    (project / "_build" / "html").mkdir(parents=True)
    (project / "_build" / "html" / "index.html").touch()
    finished = make(project, task, "PYTHON=no-python", "PORT=http")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith(f"-m book_kit.{task}")


def test_a_port_that_is_no_number_reaches_the_server_as_it_is(project: Path) -> None:
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        f'#!/bin/sh\ncase "$3" in --stands) exit 0;; esac\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    (project / "_build" / "html").mkdir(parents=True)
    (project / "_build" / "html" / "index.html").touch()
    assert first_line(make(project, "serve", "PORT=; echo http")).startswith(
        "'; echo http' is no port: give a number from 1 to 65535"
    )
