"""What the glossary says of the terms of a page, for `figures.js` to show beside them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from book_kit.sphinx.behind_figures import carried
from book_kit.sphinx.kept import store

_TERM = re.compile(r'<a class="reference internal" href="[^"]*#(term-[^"]+)"')


def in_words(node: nodes.Node) -> str:
    """Return the text of a paragraph on one line, code in backticks."""
    if isinstance(node, nodes.Text):
        return node.astext().replace("\n", " ")
    text = "".join(map(in_words, node.children))
    return f"`{text}`" if isinstance(node, nodes.literal) else text


def _read(app: Sphinx, doctree: nodes.document) -> None:
    """Take down each definition of a page: the term, and a text for each paragraph."""
    own, page = store(app.env), app.env.docname
    own.definitions[page] = {
        name: [term.astext(), *map(in_words, item.findall(nodes.paragraph))]
        for glossary in doctree.findall(addnodes.glossary)
        for item in glossary.findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        for name in term["ids"]
    }
    if any(link["reftype"] == "term" for link in doctree.findall(addnodes.pending_xref)):
        own.show_others.add(page)


def _add(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    known = {name: it for own in store(app.env).definitions.values() for name, it in own.items()}
    used = dict.fromkeys(_TERM.findall(context.get("body", "")))
    content = {name: known[name] for name in used if name in known}
    context["behind_terms"] = carried(content) if content else ""


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _read)
    app.connect("html-page-context", _add)
