"""Each chapter as a notebook that runs on its own: with what this build measured, and without.

    what-an-object-costs.ipynb                    beside the page, with outputs
    what-an-object-costs-without-outputs.ipynb

The cells with code are the plain ones of the page, which need the standard library alone.  All
else is text, as the page has it: what experiments measured stands there as pictures and tables,
with the whole script folded beneath, since a script needs the instrument and a cell must run
wherever the notebook is opened.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from sphinx.application import Sphinx

from book_kit.protocol import Kept
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import frame
from book_kit.sphinx.behind_figures import where_of
from book_kit.sphinx.chapter_numbers import numbers
from book_kit.sphinx.kept import store
from book_kit.sphinx.notebooks import PlainCell, cells_in, files
from book_kit.sphinx.page_markdown import CELL, PLAIN, Address, pieces
from book_kit.sphinx.pictures import colors
from book_kit.sphinx.places import add_place, write_text_beside_pages

_SUFFIXES = (".ipynb", "-without-outputs.ipynb")


def _mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Have the HTML of a page say which of its cells are plain."""
    plain = store(app.env).plain.get(app.env.docname, {})
    for number, cell in cells_in(doctree):
        if number in plain:
            cell["classes"].append(PLAIN)
            cell["ids"].append(f"{CELL}{number}")


def _add(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Write the notebooks of a chapter, and end its page with links to them."""
    if page not in numbers(app.env):
        return
    for suffix, text in zip(_SUFFIXES, files(_parts(app, page, context["body"])), strict=True):
        write_text_beside_pages(app, page + suffix, text)
    name = PurePosixPath(page).name
    with_outputs, without = (f'<a href="{name}{suffix}" download>' for suffix in _SUFFIXES)
    context["body"] += (
        '<p class="downloads">Download this chapter as a notebook: '
        f"{with_outputs}with outputs</a> · {without}without outputs</a></p>\n"
    )


def _parts(app: Sphinx, page: str, body: str) -> list[str | PlainCell]:
    """Return the cells of a chapter's notebook; the first has its title, and what to know."""
    plain = store(app.env).plain.get(page, {})
    found = pieces(body, _address(app, page), colors())
    title, *rest = (plain[it] if isinstance(it, int) else it for it in found)
    return [f"{title}\n\n{_about(app, page)}", *rest]


def _address(app: Sphinx, page: str) -> Address:
    """Return what makes links whole; those to pages have no address where the site has none."""
    base = f"{app.config.site_url.rstrip('/')}/{page}.html" if app.config.site_url else ""

    def whole(link: str) -> str:
        return link if urlsplit(link).scheme else urljoin(base, link) if base else ""

    return whole


def _about(app: Sphinx, page: str) -> str:
    runs = store(app.env).kept.get(page, Kept()).runs
    where = f" ({where_of(runs[0])})" if runs else ""
    home = app.config.home_url
    source = f"[the book's source]({home})" if home else "the book's source"
    return (
        f"> A chapter of *{app.config.html_title}*. Each cell with code is plain Python: it needs "
        "the standard library alone and no cell before it. Run it, change it, run it again.\n>\n"
        f"> Figures, pictures and tables are what this edition of the book measured{where}; "
        "another machine may give others. *How this was measured* opens to the script of each "
        f"experiment, and to what it printed. To run the scripts yourself, take {source}.\n>\n"
        "> Text and figures: CC BY 4.0. Code: MIT."
    )


def _table(app: Sphinx, here: str) -> str:
    """Link the notebooks of all chapters."""
    rows = ""
    for page, number in numbers(app.env).items():
        address = app.builder.get_relative_uri(here, page)
        title = app.env.titles[page].astext()
        links = "".join(
            f'<td><a href="{address.removesuffix(".html")}{suffix}" download '
            f'aria-label="{attribute(title)}, {words}">{words}</a></td>'
            for suffix, words in zip(_SUFFIXES, ("with outputs", "without outputs"), strict=True)
        )
        rows += (
            f'<tr><th scope="row">{number}. <a href="{address}">{inline(title)}</a></th>'
            f"{links}</tr>"
        )
    label = attribute("The chapters as notebooks")
    return frame("", ["chapter", "to read along", "to fill in"], rows, label=label)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    add_place(app, "notebook-table", _table)
    app.connect("doctree-read", _mark_cells)
    app.connect("html-page-context", _add)
