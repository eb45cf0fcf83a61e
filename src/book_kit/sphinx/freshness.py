"""A page runs again when, and only when, what it runs has changed; and a failure stays one.

Jupyter's cache knows a page by its cells and its kernel.  Just before a page is read, this
extension adds to its `kernelspec` a digest of everything that its cells run: the scripts that they
name, the packages beside the scripts and the recorded data that these read, the package `measured`,
the lock file and the interpreter.
Another digest is another page to the cache, so its cells run again; the same digest finds the
outputs of last time.

A page whose cells failed is read anew in the next build, and the build ends with an error that
names all such pages, after every other page has had its turn.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import re
import sys
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

import book_kit
import measured
from book_kit import project
from book_kit.evidence import original, recorded
from book_kit.running import progress
from book_kit.sphinx.kept import execution, store

_CODE_CELL = re.compile(
    r"^(?P<fence>`{3,})\{code-cell\}[^\n]*\n(?P<body>.*?)^(?P=fence)", re.S | re.M
)
_KERNELSPEC = re.compile(r"^kernelspec: \{name: (?P<name>[\w.-]+)\}$", re.M)
#: What a cell calls to quote a data file.
_READERS = {
    original.FILE: ("original(",),
    recorded.FILE: ("recorded(", "history(", "over_versions(", "growth("),
}
_PACKAGES = [Path(str(package.__file__)).resolve().parent for package in (measured, book_kit)]
_RUNNERS = {"run", "sweep", "line_table_of"}


def scripts_named(source: str) -> set[str]:
    """Return the names of the scripts that the cells of a page run.

    Parameters
    ----------
    source
        The page's MyST Markdown.

    Raises
    ------
    SphinxError
        If a cell names its script by anything but a plain string, or is not Python.
    """
    found = set()
    for cell in _CODE_CELL.finditer(source):
        code = "\n".join(
            line for line in cell["body"].splitlines() if not line.startswith((":", "%"))
        )
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue  # running the cell will say so
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in _RUNNERS:
                first = node.args[0] if node.args else None
                if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    raise SphinxError(
                        f"a cell runs a script that it does not name: {ast.unparse(node)}"
                    )
                found.add(first.value)
    return found


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def digest_of_inputs(source: str, scripts: Path, lock: Path, recorded_data: Path) -> str:
    """Return a digest of everything that a page's cells run, besides the cells themselves.

    Parameters
    ----------
    source
        The page's MyST Markdown.
    scripts, recorded_data
        The folder of the scripts, and that of recorded data.
    lock
        The file that fixes the versions of all packages.
    """
    named = [path for name in sorted(scripts_named(source)) for path in scripts.rglob(f"{name}.py")]
    texts = source + "".join(path.read_text(encoding="utf-8") for path in named if path.is_file())
    data = [path for path in sorted(recorded_data.glob("*.*")) if _reads(texts, path)]
    packages = [
        folder
        for folder in sorted(path.parent for path in scripts.rglob("__init__.py"))
        if re.search(rf"^(from|import) {folder.name}\b", texts, re.M)
    ]
    total = hashlib.sha256()
    for part in (
        _digest_of_interpreter(),
        *map(_digest_of_package, sorted({*_PACKAGES, *packages})),
        *map(_digest, [*named, *data, lock]),
    ):
        total.update(part.encode())
    return total.hexdigest()


def _reads(texts: str, data: Path) -> bool:
    if data.name in texts:
        return True
    return any(call in texts for call in _READERS.get(data.name, ()))


def _digest(path: Path) -> str:
    content = path.read_bytes() if path.is_file() else b""
    return hashlib.sha256(path.name.encode() + b"\0" + content).hexdigest()


@cache
def _digest_of_package(folder: Path) -> str:
    return "".join(_digest(path) for path in sorted(folder.rglob("*.py")))


def _digest_of_interpreter() -> str:
    return " ".join([sys.version, platform.platform()])


def _inputs(app: Sphinx, page: str) -> str | None:
    path = Path(app.env.doc2path(page))
    source = path.read_text(encoding="utf-8")
    if not _KERNELSPEC.search(source):
        return None
    return digest_of_inputs(
        source,
        Path(app.config.scripts_folder),
        Path(app.config.lock_file),
        Path(app.srcdir) / "recorded",
    )


def _pages_to_read(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]
) -> list[str]:
    """Name the pages whose inputs have changed or whose cells failed last time."""
    before = store(env).inputs
    again = []
    for page in sorted(env.found_docs - added - changed):
        failed = execution(env, page).get("succeeded") is False
        if failed or before.get(page) != _inputs(app, page):
            again.append(page)
    return again


def _pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name every page where a style sheet or script is newer than its copy on the site."""
    for folder in app.config.html_static_path:
        if Path(folder).is_absolute():  # an extension's own, and in part templates
            continue
        source = Path(app.confdir) / folder
        for path in source.rglob("*"):
            copy = Path(app.outdir) / "_static" / path.relative_to(source)
            if path.is_file() and not (copy.exists() and _same(path, copy)):
                return sorted(env.found_docs)
    return []


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def _add_digest(app: Sphinx, page: str, source: list[str]) -> None:
    inputs = _inputs(app, page)
    store(app.env).inputs[page] = inputs
    if inputs is None:
        return
    source[0] = _KERNELSPEC.sub(rf"kernelspec: {{name: \g<name>, inputs: {inputs}}}", source[0])
    vars(app)["measured_clock"] = time.perf_counter()
    progress.say(f"{page} …")


def _say_what_ran(app: Sphinx, _doctree: object) -> None:
    page = app.env.docname
    done = execution(app.env, page)
    if not done or store(app.env).inputs.get(page) is None:
        return
    took = time.perf_counter() - vars(app)["measured_clock"]
    if done.get("succeeded") is False:
        reason = str(done.get("traceback") or "").strip().splitlines()[-1:]
        progress.say(f"{page}: FAILED after {took:.1f} s: {' '.join(reason)}")
    elif done["mtime"] < time.time() - took:
        progress.say(f"{page}: unchanged, its outputs come from the cache")
    else:
        progress.say(f"{page}: ran in {took:.1f} s")


def _fail_where_cells_failed(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        return
    failed = [
        page
        for page in sorted(app.env.found_docs)
        if execution(app.env, page).get("succeeded") is False
    ]
    if failed:
        raise SphinxError(f"cells failed on {len(failed)} pages: {', '.join(failed)}")


class _Echo:
    """Shows on the terminal what kernels append to the progress file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def start(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text("")
        self._thread.start()

    def _follow(self) -> None:
        with self._path.open(encoding="utf-8") as lines:
            while True:
                last = self._stop.is_set()
                print(lines.read(), end="", file=sys.stderr, flush=True)
                if last:
                    return
                self._stop.wait(0.2)

    def stop(self, *_arguments: object) -> None:
        self._stop.set()
        self._thread.join()


def _echo_progress(app: Sphinx) -> None:
    path = Path(app.doctreedir) / "progress.log"
    os.environ[progress.VARIABLE] = str(path)
    echo = _Echo(path)
    echo.start()
    app.connect("build-finished", echo.stop, priority=900)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    root = project.root(Path(app.srcdir))
    app.add_config_value("scripts_folder", str(root / "scripts"), "")
    app.add_config_value("lock_file", str(root / "requirements.txt"), "")
    app.connect("builder-inited", _echo_progress)
    app.connect("env-get-outdated", _pages_to_read)
    app.connect("env-updated", _pages_to_write)
    app.connect("source-read", _add_digest)
    app.connect("doctree-read", _say_what_ran)
    app.connect("build-finished", _fail_where_cells_failed, priority=800)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
