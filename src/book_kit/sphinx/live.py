"""Live cells: the plain cells of a page, which a reader runs in a CPython within the page.

    :not_live: it starts a process
    :differs: A reference takes 4 bytes in your browser.

in the head of a cell say why it has no button, and why a browser shows something else than the
build did.  The interpreter is Pyodide, and the editor CodeMirror; both come from npm and are served
beside the pages.  Where npm has not installed them, the pages have no live cells.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError

from book_kit import page_packages, project
from book_kit.running import progress
from book_kit.show.markup import attribute
from book_kit.sphinx.kept import store
from book_kit.sphinx.notebooks import cells_in
from book_kit.sphinx.page_scripts import keep_to
from book_kit.sphinx.places import add_place, html, write_beside_pages
from measured import environment, units

#: Of a build: whether its pages have live cells.
SETTING = "live_cells"
LEFT_OUT = "This build has no live cells: npm has not installed what they need."
_FOLDER = "_static/live"
_INTERPRETER = "pyodide"
#: The interpreter's files that a page asks for.
_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
_EDITOR = "editor.js"


def _web() -> Path:
    return project.root() / "web"


def _look_for_packages(_app: Sphinx, config: Config) -> None:
    """Take the setting back where it cannot be kept; the pages are then written without it."""
    if not config[SETTING]:
        return
    lacking = page_packages.lacking(_web())
    if not (_web() / "package-lock.json").is_file():
        lacking = [_INTERPRETER]
    if lacking or not _node():
        what = ", ".join(lacking[:3]) if lacking else "Node"
        progress.say(f"no live cells in this build: npm has not installed {what}")
        config[SETTING] = False


def _node() -> str | None:
    return shutil.which("node")


def described(app: Sphinx) -> str:
    """Say in a line which Python the live cells of this build run in."""
    if not app.config[SETTING]:
        return f"left out: {LEFT_OUT.partition(': ')[2]}"
    folder = _web() / "node_modules" / _INTERPRETER
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    return f"CPython {lock['info']['python']} in the browser, Pyodide {package['version']}"


def _mark(app: Sphinx, doctree: nodes.document) -> None:
    """Have the HTML of a page say which cells are not live, and which differ in a browser."""
    plain = store(app.env).plain.get(app.env.docname, {})
    for number, element in cells_in(doctree):
        cell = plain.get(number)
        if cell is None:
            continue
        if cell.not_live:
            element["classes"].append("not-live")
        elif cell.differs:
            element += html(f'<data class="differs" value="{attribute(cell.differs)}"></data>')


def _button(app: Sphinx, _page: str) -> str:
    """Leave a place for the button that has this browser draw its line beside the build's."""
    if not app.config[SETTING]:
        return f"<p>{LEFT_OUT}</p>"
    return '<div class="waiting-run"></div>'


def _has_live_cells(app: Sphinx, page: str) -> bool:
    plain = store(app.env).plain.get(page, {})
    return bool(app.config[SETTING]) and not all(cell.not_live for cell in plain.values())


def write(app: Sphinx) -> None:
    """Put the interpreter and the editor beside the pages, or take away what is left of them.

    Raises
    ------
    SphinxError
        If the editor cannot be written.
    """
    there = Path(app.outdir) / _FOLDER
    if not app.config[SETTING]:
        shutil.rmtree(there / _INTERPRETER, ignore_errors=True)
        (there / _EDITOR).unlink(missing_ok=True)
        return
    _copy_interpreter(there / _INTERPRETER)
    _bundle_editor(there / _EDITOR)
    of = environment.describe()
    content = {
        "python": f"{of['implementation']} {of['python']}, {of['bits']} bits",
        "size": units.write(_compressed(there / _INTERPRETER) / 2**20, "MiB"),
    }
    write_beside_pages(app, f"{_FOLDER}/build.json", content)


def _copy_interpreter(there: Path) -> None:
    there.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        source = _web() / "node_modules" / _INTERPRETER / name
        target = there / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            shutil.copyfile(source, target)


def _bundle_editor(target: Path) -> None:
    node = _node()
    assert node is not None
    done = subprocess.run(
        [node, str(_web() / "bundle.mjs"), str(target)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise SphinxError(f"esbuild wrote no editor: {said[-1] if said else done.returncode}")


def _compressed(folder: Path) -> int:
    """Return what the files of a folder weigh on the wire, in bytes."""
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in folder.iterdir())


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value(SETTING, True, "html", [bool])
    app.connect("config-inited", _look_for_packages)
    app.connect("doctree-read", _mark)
    keep_to(app, "live.js", _has_live_cells)
    add_place(app, "waiting-run", _button, scripts=["waiting.js"])
