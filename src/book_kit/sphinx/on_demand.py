"""What pages fetch when a reader asks for it: files beside the pages.

    on-demand/two-names-0f3a9c21d4.html

A cell keeps the text (`book_kit.protocol.Beside`) and writes its address into an attribute of its
HTML, such as `data-source` or the `src` of an image.  Here the address becomes relative to the
page.  `_static/on-demand/fetch.js` fetches what `data-source` names.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from book_kit import project
from book_kit.protocol import BESIDE, Beside, Kept
from book_kit.show.standalone import with_colors
from book_kit.show.step_pictures import STYLE
from book_kit.sphinx.kept import beside, kept
from book_kit.sphinx.page_scripts import keep_to
from book_kit.sphinx.pictures import colors
from book_kit.sphinx.places import remove_others, up_from, write_text_beside_pages

FOLDER = "on-demand"
_STYLE_OF_STEPS = "book/_static/steps/steps.css"
_OF_THE_PAGE = "/* The page */"  # what follows is for no file


def relative(text: str, page: str) -> str:
    """Return the HTML of an output with addresses that lead from its page to the files."""
    return text.replace(f'="{BESIDE}', f'="{up_from(page)}')


def _lead_from_here(app: Sphinx, doctree: nodes.document) -> None:
    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html" and f'="{BESIDE}' in raw.astext():
            text = relative(raw.astext(), app.env.docname)
            raw.replace_self(nodes.raw(text, text, **raw.attributes))


def _with_style(file: Beside) -> str:
    """Return what stands in a file; the pictures of steps carry their style and its colors."""
    if STYLE not in file.text:
        return file.text
    sheet = (project.root() / _STYLE_OF_STEPS).read_text(encoding="utf-8")
    style = with_colors(sheet.partition(_OF_THE_PAGE)[0], colors())
    return file.text.replace(STYLE, f"<style>{style}</style>", 1)


def write(app: Sphinx) -> None:
    """Write the files of all pages, and remove those that no page names any more."""
    wanted = {file.file: _with_style(file) for _, file in beside(app.env)}
    for name, text in wanted.items():
        if not (Path(app.outdir) / name).is_file():
            write_text_beside_pages(app, name, text)
    remove_others(app, FOLDER, wanted)


def _has_steps(app: Sphinx, page: str) -> bool:
    """Whether there is a program to step through on a page."""
    found = kept(app.env).get(page, Kept()).beside
    return any(file.name.startswith("steps-") for file in found)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    keep_to(app, "steps.js", _has_steps)
    # Before anything else reads the HTML of outputs.
    app.connect("doctree-read", _lead_from_here, priority=300)
