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

from book_kit import project
from book_kit.protocol import BESIDE, Beside, Kept
from book_kit.show.standalone import with_colors
from book_kit.show.step_pictures import STYLE
from book_kit.sphinx.kept import kept
from book_kit.sphinx.page_scripts import keep_to
from book_kit.sphinx.pictures import colors
from book_kit.sphinx.places import write_text_beside_pages

logger = logging.getLogger(__name__)

FOLDER = "on-demand"
_STYLE_OF_STEPS = "book/_static/steps/steps.css"
_OF_THE_PAGE = "/* The page */"  # what follows is for no file


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


def _with_style(file: Beside) -> str:
    """Return what stands in a file; the pictures of steps carry their style and its colors."""
    if STYLE not in file.text:
        return file.text
    sheet = (project.root() / _STYLE_OF_STEPS).read_text(encoding="utf-8")
    style = with_colors(sheet.partition(_OF_THE_PAGE)[0], colors())
    return file.text.replace(STYLE, f"<style>{style}</style>", 1)


def write(app: Sphinx) -> None:
    """Write the files of all pages, and remove those that no page names any more."""
    wanted = {file.file: _with_style(file) for _, file in files(app.env)}
    folder = Path(app.outdir) / FOLDER
    for name, text in wanted.items():
        if not (Path(app.outdir) / name).is_file():
            write_text_beside_pages(app, name, text)
    for path in folder.glob("*"):
        if f"{FOLDER}/{path.name}" not in wanted:
            path.unlink()


def _has_steps(app: Sphinx, page: str) -> bool:
    """Whether there is a program to step through on a page."""
    found = kept(app.env).get(page, Kept()).beside
    return any(file.name.startswith("steps-") for file in found)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    keep_to(app, "steps.js", _has_steps)
    # Before anything else reads the HTML of outputs.
    app.connect("doctree-read", _lead_from_here, priority=300)
    app.connect("env-check-consistency", _refuse_twins)
