"""Places on a page that are filled once every page has run, and files beside the pages.

The ledger, the status and the comparison show what all pages measured.  Each names its directive
and a function that writes the HTML; the page is written again whenever any page ran.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from book_kit.sphinx.kept import store

Fill = Callable[[Sphinx, str], str]  # the application and the page's name; returns HTML


class Place(nodes.General, nodes.Element):
    """A place that waits to be filled; its attribute `directive` says with what."""


class _Directive(SphinxDirective):
    """Any of the directives: it leaves a place."""

    def run(self) -> list[nodes.Node]:
        store(self.env).show_others.add(self.env.docname)
        for path in _places(self.env.app)[self.name][1]:
            self.env.note_dependency(str(path))
        return [Place("", directive=self.name)]


class PutPlaces(SphinxPostTransform):
    """Fill the places of a page."""

    default_priority = 6

    def run(self, **_options: Any) -> None:
        """Replace every `Place` of the page."""
        for place in list(self.document.findall(Place)):
            fill, _reads = _places(self.app)[place["directive"]]
            html = fill(self.app, self.env.docname)
            place.replace_self(nodes.raw("", html, format="html"))


def add_place(app: Sphinx, directive: str, fill: Fill, *, reads: Sequence[Path] = ()) -> None:
    """Add a directive whose place `fill` writes when every page has run.

    Parameters
    ----------
    directive
        Its name.
    fill
        Writes the HTML.
    reads
        Files that it reads besides what the pages kept.
    """
    _places(app)[directive] = (fill, reads)
    app.add_directive(directive, _Directive)


def write_beside_pages(app: Sphinx, name: str, content: object) -> None:
    """Write a JSON file at the root of the site, whole or not at all."""
    path = Path(app.outdir) / name
    partial = path.with_suffix(".partial")
    text = json.dumps(content, indent=1, ensure_ascii=False)
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def _places(app: Sphinx) -> dict[str, tuple[Fill, Sequence[Path]]]:
    found: dict[str, tuple[Fill, Sequence[Path]]] = vars(app).setdefault("measured_places", {})
    return found


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Place)
    app.add_post_transform(PutPlaces)
