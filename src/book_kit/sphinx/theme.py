"""What Furo and Jupyter Book leave to be said: of each page in its head, and to each other."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import islice
from typing import Any

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from book_kit.sphinx.page_scripts import keep_to, nowhere

#: The one script that the theme writes into its pages: it sets the color scheme before all else.
_OF_THE_THEME = """
      document.body.dataset.theme = localStorage.getItem("theme") || "auto";
    """
_TAG = re.compile(r"<[^>]*>")  # of a figure that a post-transform has put into the sentence
_LONGEST = 200  # characters that a search engine shows, about


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_OF_THE_THEME.encode()).digest()).decode()
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}' 'wasm-unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",  # of the pictures, which carry their own
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        ]
    )


def description(doctree: nodes.document | None) -> str:
    """Return what a page is about: its question, and the beginning of the answer."""
    if doctree is None:
        return ""
    paragraphs = doctree.findall(
        lambda node: isinstance(node, nodes.paragraph) and isinstance(node.parent, nodes.section)
    )
    words = [_TAG.sub("", node.astext()).split() for node in islice(paragraphs, 2)]
    text = " ".join(" ".join(some) for some in words)
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


_POLICY = _policy()


def _say(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
    context["content_policy"] = _POLICY
    context["page_description"] = escape(description(doctree) or context.get("docstitle", ""))


_LINK_TO_THEME = re.compile(r'<a href="[^"]*/furo">Furo</a>')
#: Scripts that extensions add to each page, and that none of ours has a use for.
_UNUSED = ("design-tabs.js",)


#: What the theme's page leaves out for a screen reader: which aside is which, and how deep the
#: headings in the contents of the book lie.
_NAMES = {
    '<aside class="sidebar-drawer': '<aside aria-label="The book" class="sidebar-drawer',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
}


def mended(body: str) -> Markup:
    """Add what a screen reader needs to the theme's page.

    And the theme's name at the foot is no link: the one address on a page is the book's own.
    """
    text = _LINK_TO_THEME.sub("Furo", str(body))
    for old, new in _NAMES.items():
        text = text.replace(old, new)
    return Markup(text)


def _add_filter(app: Sphinx) -> None:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        environment = app.builder.templates.environment
        environment.filters["mended"] = mended


def _set_dark_style(app: Sphinx) -> None:
    """Hand the style of code in the dark to Furo, which knows its own setting too late for it.

    Jupyter Book passes settings on as overrides, and Sphinx applies these when it starts; the theme
    comes later.
    """
    if "pygments_dark_style" in app.config:
        app.config.pygments_dark_style = app.config.dark_code_style


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("dark_code_style", "native", "html", [str])
    if "comments_config" not in app.config:  # Jupyter Book sets it for an extension of its own
        app.add_config_value("comments_config", {}, "html", [dict])
    app.connect("builder-inited", _set_dark_style, priority=100)
    app.connect("html-page-context", _say)
    for script in _UNUSED:
        keep_to(app, script, nowhere)
    app.connect("builder-inited", _add_filter)
