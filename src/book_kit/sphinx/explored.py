"""The script of figures to explore, for the pages that have one."""

from __future__ import annotations

from functools import partial

from docutils import nodes
from sphinx.application import Sphinx

from book_kit.show.explored import CLASS
from book_kit.show.width_of_text import CLASS as WIDTH
from book_kit.sphinx.page_scripts import keep_to

#: For each script, the class of what it brings to life.
_SCRIPTS = {"explore.js": CLASS, "width-of-text.js": WIDTH}


def _note(app: Sphinx, doctree: nodes.document) -> None:
    shown = "".join(raw.astext() for raw in doctree.findall(nodes.raw))
    for script, name in _SCRIPTS.items():
        app.env.metadata[app.env.docname][script] = f'<div class="{name}"' in shown


def _belongs(script: str, app: Sphinx, page: str) -> bool:
    return bool(app.env.metadata.get(page, {}).get(script))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _note)
    for script in _SCRIPTS:
        keep_to(app, script, partial(_belongs, script))
