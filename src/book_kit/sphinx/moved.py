"""Addresses that pages have had lead to where they are: what rediraffe leaves to be said.

It writes a page at each of these addresses, and refuses where one stands.  After a page has moved,
the build before left one there.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinxext.rediraffe import create_graph

from book_kit.sphinx.page_scripts import keep_to, nowhere


def _make_room(app: Sphinx, exception: Exception | None) -> None:
    moved = Path(app.srcdir) / app.config.rediraffe_redirects
    if exception is None and moved.is_file():
        for name in create_graph(moved).keys() - app.env.found_docs:
            (Path(app.outdir) / f"{name}.html").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", _make_room, priority=400)  # before rediraffe
    keep_to(app, "lead-on.js", nowhere)  # for what rediraffe writes alone
