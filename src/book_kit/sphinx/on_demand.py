"""What pages fetch when a reader asks for it: files beside the pages.

    on-demand/two-names-0f3a9c21d4.html

A cell keeps the text (`book_kit.protocol.Beside`) and writes its address into an attribute of its
HTML, such as `data-source` or the `src` of an image.  Here the address becomes relative to the
page.  `_static/on-demand/fetch.js` fetches what `data-source` names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from book_kit.protocol import BESIDE, Beside
from book_kit.sphinx.kept import kept
from book_kit.sphinx.page_scripts import keep_to, nowhere
from book_kit.sphinx.places import write_text_beside_pages

logger = logging.getLogger(__name__)

FOLDER = "on-demand"


def relative(text: str, page: str) -> str:
    """Return the HTML of an output with addresses that lead from its page to the files."""
    up = "../" * page.count("/")
    return text.replace(f'="{BESIDE}', f'="{up}')


def _lead_from_here(app: Sphinx, doctree: nodes.document) -> None:
    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html" and f'="{BESIDE}' in raw.astext():
            text = relative(raw.astext(), app.env.docname)
            raw.replace_self(nodes.raw(text, text, **raw.attributes))


def files(env: BuildEnvironment) -> Iterator[tuple[str, Beside]]:
    """Yield the page and each file that it fetches, in the order of the book."""
    for page, content in kept(env).items():
        for file in content.beside:
            yield page, file


def _refuse_twins(_app: Sphinx, env: BuildEnvironment) -> None:
    owner: dict[str, str] = {}
    for page, file in files(env):
        name = f"{file.name}.{file.ending}"
        if name in owner:
            logger.warning("%s on demand is kept by %s and by %s", name, owner[name], page)
        owner[name] = page


def write(app: Sphinx) -> None:
    """Write the files of all pages, and remove those that no page names any more."""
    wanted = {file.file: file.text for _, file in files(app.env)}
    folder = Path(app.outdir) / FOLDER
    for name, text in wanted.items():
        if not (Path(app.outdir) / name).is_file():
            write_text_beside_pages(app, name, text)
    for path in folder.glob("*"):
        if f"{FOLDER}/{path.name}" not in wanted:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    # Before anything else reads the HTML of outputs.
    app.connect("doctree-read", _lead_from_here, priority=300)
    app.connect("env-check-consistency", _refuse_twins)
    keep_to(app, "fetch.js", nowhere)  # it is a module: the scripts of pages import it
