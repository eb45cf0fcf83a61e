"""What each chapter needs first, as its card says, in one picture: {prerequisites}.

The card is the one place where it is written.  A chapter that needs a later one, or one that needs
itself by way of others, fails the build.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from book_kit.show.prerequisites import Chapter, chapters_drawn
from book_kit.sphinx.chapter_numbers import numbers
from book_kit.sphinx.kept import store
from book_kit.sphinx.places import add_place

logger = logging.getLogger(__name__)

_LINE = "You need first"


def named_on_card(doctree: nodes.document, page: str) -> list[str]:
    """Return the pages that the card of a page says one needs first."""
    found: list[str] = []
    for paragraph in doctree.findall(nodes.paragraph):
        bold = paragraph.next_node(nodes.strong)
        if bold is None or bold.astext() != _LINE:
            continue
        for link in paragraph.findall(addnodes.pending_xref):
            if link["reftype"] == "doc":
                target = posixpath.join(posixpath.dirname(page), link["reftarget"])
                found.append(posixpath.normpath(target))
    return found


def edges(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return for each chapter, in the order of contents, the chapters that it needs first."""
    chapters = numbers(env)
    return {
        page: [it for it in store(env).needed.get(page, []) if it in chapters] for page in chapters
    }


def out_of_order(needs: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return each chapter that needs one that does not come before it, with that one.

    Where there are none, there is no cycle either.
    """
    place = {page: number for number, page in enumerate(needs)}
    return [
        (page, needed)
        for page, all_needed in needs.items()
        for needed in all_needed
        if place[needed] >= place[page]
    ]


def _note(app: Sphinx, doctree: nodes.document) -> None:
    store(app.env).needed[app.env.docname] = named_on_card(doctree, app.env.docname)


def _check(_app: Sphinx, env: BuildEnvironment) -> None:
    for page, needed in out_of_order(edges(env)):
        logger.warning("%s needs %s first, which does not come before it", page, needed)


def _picture(app: Sphinx, here: str) -> str:
    needs = edges(app.env)
    place = {page: number for number, page in enumerate(needs)}
    return chapters_drawn(
        [
            Chapter(
                app.env.titles[page].astext(),
                app.builder.get_relative_uri(here, page),
                [place[it] for it in needed if place[it] < place[page]],
            )
            for page, needed in needs.items()
        ]
    ).html


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _note)
    app.connect("env-check-consistency", _check)
    add_place(app, "prerequisites", _picture)
