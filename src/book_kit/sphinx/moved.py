"""Addresses that pages have had lead to where they are: what rediraffe leaves to be said.

It writes a page at each of these addresses, and refuses where one stands.  After a page has moved,
the build before left one there.  And it knows no page that has become two: there, a part that the
first of the two has not is asked for from the second.
"""

from __future__ import annotations

import re
from html import escape
from json import dumps
from os.path import relpath
from pathlib import Path

from sphinx.application import Sphinx
from sphinxext.rediraffe import create_graph


def _make_room(app: Sphinx, exception: Exception | None) -> None:
    moved = Path(app.srcdir) / app.config.rediraffe_redirects
    if exception is None and moved.is_file():
        for name in create_graph(moved).keys() - app.env.found_docs:
            (Path(app.outdir) / f"{name}.html").unlink(missing_ok=True)


def _tell_divided(app: Sphinx, exception: Exception | None) -> None:
    """Write into the page at an old address which parts are on the second of two pages."""
    divided, moved = (Path(app.srcdir) / name for name in ("divided.txt", "moved.txt"))
    if exception is not None or not divided.is_file():
        return
    firsts = create_graph(moved)
    for old, second in create_graph(divided).items():
        if not {firsts.get(old), second} <= app.env.found_docs:  # a book of a few pages
            continue
        page = Path(app.outdir) / f"{old}.html"
        there = relpath(second, Path(old).parent).replace("\\", "/") + ".html"
        parts = sorted(_parts(app, second) - _parts(app, firsts[old]))
        told = escape(dumps(dict.fromkeys(parts, there), separators=(",", ":")), quote=True)
        written = page.read_text(encoding="utf-8")
        page.write_text(written.replace("<main>", f'<main data-parts="{told}">'), encoding="utf-8")


def _parts(app: Sphinx, page: str) -> set[str]:
    """Return what an address of a page may name after its `#`."""
    html = (Path(app.outdir) / f"{page}.html").read_text(encoding="utf-8")
    return set(re.findall(r'\bid="(?!cell-)([^"]+)"', html))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", _make_room, priority=400)  # before rediraffe
    app.connect("build-finished", _tell_divided, priority=600)  # after rediraffe
