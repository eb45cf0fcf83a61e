"""Find every Python interpreter of this machine: on the path, by pyenv, by uv, and under Node."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from book_kit import project

_NAME = re.compile(r"(python(\d(\.\d+t?)?)?|pypy(\d(\.\d+)?)?)(\.exe)?")

Command = tuple[str, ...]  # what starts an interpreter


def find() -> Iterator[Command]:
    """Yield a command for each interpreter that this machine has; some may be the same one."""
    candidates = itertools.chain(_on_the_path(), _of_pyenv(), _of_uv())
    seen = set()
    for program in candidates:
        real = program.resolve()
        if real not in seen and os.access(real, os.X_OK):
            seen.add(real)
            yield (str(program),)
    wasm = in_webassembly()
    if wasm is not None:
        yield wasm


def in_webassembly() -> Command | None:
    """Return what starts the 32-bit CPython of Pyodide; None without Node or the npm package."""
    node = shutil.which("node")
    if node is None or not (project.root() / "web" / "node_modules" / "pyodide").is_dir():
        return None
    return (node, str(project.root() / "web" / "python.mjs"))


def _on_the_path() -> Iterator[Path]:
    for folder in map(Path, os.get_exec_path()):
        if folder != _pyenv_root() / "shims":  # they answer for whichever version is chosen
            yield from _interpreters_in(folder)


def _interpreters_in(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if _NAME.fullmatch(entry.name))
    except OSError:  # a path may name folders that are not there
        return []


def _of_pyenv() -> Iterator[Path]:
    for folder in sorted(_pyenv_root().glob("versions/*/bin")):
        yield from _interpreters_in(folder)


def _pyenv_root() -> Path:
    return Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))


def _of_uv() -> Iterator[Path]:
    uv = shutil.which("uv")
    if uv is None:
        return
    listed = subprocess.run(
        [uv, "python", "list", "--only-installed", "--output-format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        for entry in json.loads(listed.stdout):
            yield Path(entry["path"])
