"""Nothing on a page that it has no use for, and one first heading.

Jupyter Book adds sphinx-thebe to every book.  It would let a reader run cells on a remote machine,
which this book does not offer, and it writes the address of a third party into each page.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

_UNUSED = re.compile("thebe", re.IGNORECASE)
_TITLE_FOR_PAPER = re.compile(r'(<div id="jb-print-docs-body"[^>]*>\s*)<h1>(.*?)</h1>', re.DOTALL)


def single_first_heading(body: str) -> Markup:
    """Make the title that the theme prints on paper a paragraph."""
    return Markup(_TITLE_FOR_PAPER.sub(r'\1<p class="title-for-paper">\2</p>', str(body), count=1))


def _drop_unused(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if not _UNUSED.search(_described(file))]


def _described(file: Any) -> str:
    return f"{getattr(file, 'filename', file)} {getattr(file, 'attributes', {}).get('body', '')}"


def _add_filter(app: Sphinx) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        environment = app.builder.templates.environment
        environment.filters["single_first_heading"] = single_first_heading


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _drop_unused, priority=900)
    app.connect("builder-inited", _add_filter)
