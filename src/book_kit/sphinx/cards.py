"""What a page looks like where its address is shared: a card with the page's own figure.

A card is a picture of 1200 by 630 pixels: what the page asks, one figure that the build measured,
and the sentence that the figure stands in.  The figure is the first that the page quotes, or the
one that its head names:

    card: test-pickle.dump.peak

A page that quotes none shows the figure of the front page.  Cards have absolute addresses, so that
they are drawn only where `site_url` is set.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from book_kit.show.cards import HEIGHT, MARK, WIDTH, Card, Passage, draw
from book_kit.sphinx.kept import pages_were_read

logger = logging.getLogger(__name__)

_FOLDER = "cards"
_TAG = re.compile(r"<[^>]*>")
_END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_LONGEST = 230  # characters that are read at a glance


def passage(doctree: nodes.document, wanted: str = "") -> Passage | None:
    """Return the figure of a page, and the sentences before it as far as they are short.

    Parameters
    ----------
    doctree
        The page as it is written.
    wanted
        The name of the figure, or nothing for the first of all.
    """
    before: list[str] = []
    for number, paragraph in enumerate(doctree.findall(nodes.paragraph)):
        shown = next((it for it in paragraph.findall(nodes.raw) if _is_shown(it, wanted)), None)
        sentences = _END_OF_SENTENCE.split(_words_of(paragraph))
        if shown is None:
            before += sentences if number else []  # the first is the heading of the card
            continue
        marked = _marked(shown["shown"])
        place = next(at for at, sentence in enumerate(sentences) if marked in sentence)
        before += sentences[:place]
        return Passage(shown["shown"], _shortened(before, sentences[place]))
    return None


def _is_shown(node: nodes.raw, wanted: str) -> bool:
    return "shown" in node and wanted in ("", node["figure"])


def _marked(figure: str) -> str:
    return MARK + figure.replace(" ", "\N{NO-BREAK SPACE}") + MARK


def _words_of(paragraph: nodes.paragraph) -> str:
    """Return the words of a paragraph, with marks around each figure."""
    parts = []
    for node in paragraph.findall(lambda it: isinstance(it, nodes.Text | nodes.raw)):
        if isinstance(node, nodes.raw):
            text = html.unescape(_TAG.sub("", node.astext()))
            shown = node.get("shown")
            parts.append(text.replace(shown, _marked(shown), 1) if shown else text)
        elif not isinstance(node.parent, nodes.raw):
            parts.append(node.astext())
    return re.sub(r"[ \n]+", " ", "".join(parts)).strip()


def _shortened(before: Sequence[str], sentence: str) -> str:
    """Put before a sentence as many of those that lead to it as can be read with it."""
    found = sentence
    for earlier in reversed(before):
        if len(earlier) + len(found) >= _LONGEST:
            break
        found = f"{earlier} {found}"
    return found


def card_of(app: Sphinx, page: str, doctree: nodes.document) -> Card:
    """Return what the card of a page says."""
    env, book = app.env, app.config.html_title
    title = env.titles[page].astext()
    first = next((_words_of(it) for it in doctree.findall(nodes.paragraph)), "")
    asks = MARK not in first and (first.endswith("?") or page == app.config.root_doc)
    wanted = str(env.metadata[page].get("card", ""))
    found = passage(doctree, wanted)
    if wanted and found is None:
        logger.warning("the page quotes no figure %r for its card", wanted, location=page)
    above = title if asks and title != book else ""
    return Card(book, above, first if asks else title, found or _of_the_book(app))


def _of_the_book(app: Sphinx) -> Passage | None:
    root = app.config.root_doc
    wanted = str(app.env.metadata[root].get("card", ""))
    return passage(_resolved(app, root), wanted)


def _resolved(app: Sphinx, page: str) -> nodes.document:
    return app.env.get_and_resolve_doctree(page, app.builder)


def _add(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Draw the card of a page; one that nobody wrote, as the search, shows that of the book."""
    if not app.config.site_url:
        return
    root = app.config.root_doc
    shown, tree = (page, doctree) if doctree else (root, _resolved(app, root))
    card = card_of(app, shown, tree)
    if doctree:
        draw(card, Path(app.srcdir, "_static", "logo.svg"), Path(app.outdir, _file(page)))
    context["card"] = {
        "address": f"{app.config.site_url.rstrip('/')}/{_file(shown)}",
        "alternative": card.alternative,
        "width": WIDTH,
        "height": HEIGHT,
    }


def _file(page: str) -> str:
    return f"{_FOLDER}/{page}.png"


def _write_all_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Any page may show the figure of the front page, which another page may have measured."""
    return sorted(env.found_docs) if app.config.site_url and pages_were_read(app) else []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-updated", _write_all_again)
    app.connect("html-page-context", _add)
