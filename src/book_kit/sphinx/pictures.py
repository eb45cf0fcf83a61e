"""Each measured picture as a file of its own, for slides: light, and with letters of any system.

    pictures/pickle-2.svg    the second picture of the page memory/pickle

They are those that the cells of a page drew, as a wide page shows them.  `picture-gallery` is the
table of all of them: a small view, the caption, and the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx

from book_kit import project
from book_kit.show.markup import attribute, inline
from book_kit.show.standalone import Picture, drawing, light_colors
from book_kit.show.tables import frame
from book_kit.sphinx.claim_lines import anchor_around
from book_kit.sphinx.kept import pages_in_order, store
from book_kit.sphinx.places import add_place, remove_others, up_from, write_text_beside_pages
from book_kit.sphinx.section_links import titles_of

FOLDER = "pictures"
_STYLE = "book/_static/book.css"
_FIGURE = re.compile(r'<figure class="measured-figure">(.*?)</figure>', re.S)
_DRAWING = re.compile(r"<svg\b[^>]*>.*?</svg>", re.S)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)


def colors() -> dict[str, str]:
    """Return the colors of pictures in the light."""
    return light_colors((project.root() / _STYLE).read_text(encoding="utf-8"))


def file_of(page: str, number: int) -> str:
    """Return the path of a picture's file in the site; the first of a page is number 1."""
    name = "front-page" if page == "index" else PurePosixPath(page).name
    return f"{FOLDER}/{name}-{number}.svg"


def pictures_in(text: str, section: str) -> Iterator[Picture]:
    """Yield the pictures in the HTML of an output."""
    for (figure,) in (match.groups() for match in _FIGURE.finditer(text)):
        caption = _CAPTION.search(figure)
        for svg in _DRAWING.findall(figure):
            if 'class="wide"' in svg.partition(">")[0] and caption:
                yield Picture(svg, caption[1], section)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the pictures that the cells of a page drew."""
    found = [
        picture
        for raw in doctree.findall(nodes.raw)
        if raw.get("format") == "html"
        for picture in pictures_in(raw.astext(), anchor_around(raw))
    ]
    store(app.env).pictures[app.env.docname] = found


def all_pictures(found: Mapping[str, list[Picture]], order: list[str]) -> list[tuple[str, str]]:
    """Return the page and the file of every picture, in the order of the book.

    Raises
    ------
    ValueError
        If two pages of one name would write the same file.
    """
    files = [
        (page, file_of(page, number))
        for page in order
        for number in range(1, len(found.get(page, [])) + 1)
    ]
    if len({file for _, file in files}) < len(files):
        raise ValueError("two pages with pictures have one name")
    return files


def _gallery(app: Sphinx, here: str) -> str:
    """Write the files, and return a table for each page."""
    found = store(app.env).pictures
    light = colors()
    written = ""
    listed = all_pictures(found, pages_in_order(app.env))
    remove_others(app, FOLDER, {file for _, file in listed})
    for page, files in groupby(listed, key=lambda pair: pair[0]):
        rows = ""
        for (_, file), picture in zip(files, found[page], strict=True):
            write_text_beside_pages(app, file, drawing(picture.svg, light))
            rows += _row(app, here, page, file, picture)
        title = "The front page" if page == app.config.root_doc else app.env.titles[page].astext()
        many = len(found[page])
        written += (
            f'<details class="more gallery"><summary>{inline(title)}: '
            f"{many} picture{'s' if many > 1 else ''}</summary>"
            + frame(
                "",
                ["picture", "what it shows", "file"],
                rows,
                label=attribute(f"The pictures of {title}"),
            )
            + "</details>"
        )
    return written


def _row(app: Sphinx, here: str, page: str, file: str, picture: Picture) -> str:
    section = inline(titles_of(app.env, page).get(picture.section, "its page"))
    up = up_from(here)
    place = f"{app.builder.get_relative_uri(here, page)}#{picture.section}"
    name = PurePosixPath(file).name
    return (
        f'<tr><td><img src="{up}{file}" alt="" loading="lazy" width="200"></td>'
        f'<th scope="row">{picture.caption} (<a href="{place}">{section}</a>)</th>'
        f'<td><a href="{up}{file}" download aria-label="SVG, {name}">SVG</a></td></tr>'
    )


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _note)
    add_place(app, "picture-gallery", _gallery, reads=[project.root() / _STYLE])
