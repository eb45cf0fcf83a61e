"""Which pages are read, run and written again in a build, and what it says meanwhile.

A page is read again where its executed cells are not at hand (`book_kit.sphinx.pages`) or failed
last time; MyST-NB then asks for its outputs, and gets them from there.  Prose, styles and
templates are Sphinx's own business and run nothing.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

import measured
from book_kit import project
from book_kit.running import progress, store
from book_kit.sphinx import notebooks, pages
from book_kit.sphinx.kept import collect
from book_kit.sphinx.notebooks import Notebook, Outcome


def _pages_to_read(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]
) -> list[str]:
    """Name the pages whose cells have to run, or whose cells failed last time."""
    return [
        page
        for page in sorted(env.found_docs - added - changed)
        if _is_broken(env, page) or _has_to_be_read(env, page)
    ]


def _is_broken(env: BuildEnvironment, page: str) -> bool:
    """Whether Sphinx cannot read its own copy of a page, as after a full disk."""
    try:
        pickle.loads(Path(env.doctreedir, f"{page}.doctree").read_bytes())
    except Exception:  # a pickle that was cut short ends in whatever it likes
        return True
    return False


def _has_to_be_read(env: BuildEnvironment, page: str) -> bool:
    """Whether Sphinx's copy of a page shows another execution than the one that counts now."""
    notebook = notebooks.read(env, page)
    if notebook is None:
        return False
    shown = notebooks.execution(env, page)
    at_hand = pages.execution_at_hand(Path(env.doc2path(page)), notebook)
    return shown.get("succeeded") is not True or shown.get("mtime") != at_hand


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
        os.environ.pop(progress.VARIABLE, None)  # what is said from now on is said at once
        self._stop.set()
        self._thread.join()


def _echo_progress(app: Sphinx) -> None:
    path = Path(app.doctreedir) / "progress.log"
    os.environ[progress.VARIABLE] = str(path)
    echo = _Echo(path)
    echo.start()
    app.connect("build-finished", echo.stop, priority=400)


def _need_own_instrument(root: Path) -> None:
    """Refuse to show the sources of one checkout above what another one measured."""
    came_from = Path(str(measured.__file__)).resolve()
    if root / "src" not in came_from.parents:
        raise SphinxError(
            f"the package `measured` comes from {came_from.parent} and not from {root / 'src'}; "
            "remove .venv, and make it anew with `make book`"
        )


def setup(app: Sphinx) -> None:
    """Register with Sphinx, and take over from MyST-NB."""
    root = project.root(Path(app.srcdir))
    _need_own_instrument(root)
    os.environ[project.VARIABLE] = str(root)
    # Where several folders of output are built from one project, each keeps its own results.
    os.environ.setdefault(project.RESULTS, str(Path(app.outdir).parent / "results"))

    def outputs(path: Path, notebook: Notebook, longest: int) -> Outcome:
        outcome = pages.outputs(path, notebook, longest)
        collect(app.env, app.env.docname, outcome.notebook)
        if not outcome.failure:
            notebooks.report_of(Path(app.outdir), app.env.docname).unlink(missing_ok=True)
        return outcome

    notebooks.take_over(outputs)
    app.connect("builder-inited", _echo_progress)
    app.connect("env-get-outdated", _pages_to_read)
    app.connect("env-updated", _pages_to_write)
    app.connect("build-finished", lambda *_: store.tidy(), priority=300)
