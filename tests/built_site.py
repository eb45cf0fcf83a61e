"""The built book as the tests read it: where it is, its pages, and what stands in each.

MEASURED_SITE names another folder than `_build/html`.  What a test needs and the machine does not
have is a skip that says so; with MEASURED_REQUIRE_BROWSER=1 it is a failure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NoReturn

import pytest
from sphinxext.rediraffe import create_graph

ROOT = Path(__file__).resolve().parents[1]
SITE = Path(os.environ.get("MEASURED_SITE") or ROOT / "_build" / "html").resolve()
#: What `npm ci --prefix web` installs.
NODE_MODULES = ROOT / "web" / "node_modules"

_CLASSES = re.compile(r'class="[^"]*"')
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def lacking(what: str, *, remedy: str) -> NoReturn:
    """Skip a test aloud, or fail it where everything must be there."""
    reason = f"{what}: {remedy}"
    if os.environ.get("MEASURED_REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def need_site() -> None:
    """Skip or fail where the book is not built."""
    if (SITE / "index.html").is_file():
        return
    reason = f"no book is built in {SITE}: run make book"
    if os.environ.get("MEASURED_REQUIRE_BUILD") == "1":
        pytest.fail(reason, pytrace=False)
    lacking(f"no book is built in {SITE}", remedy="run make book")


def need_file(path: Path) -> Path:
    """Return a file from npm, or skip or fail where it is not installed."""
    if not path.is_file():
        lacking(f"{path.name} is not installed", remedy="run npm ci --prefix web")
    return path


@cache
def moved() -> dict[str, str]:
    """Return where pages were and where they are, as `tutorial/old.html`."""
    pairs = create_graph(ROOT / "book" / "moved.txt")
    return {f"{old}.html": f"{new}.html" for old, new in pairs.items()}


def page_names() -> list[str]:
    """Return the pages of the site, such as `memory/pickle.html`; none before a build.

    Not those that lead from an address which a page has had.
    """
    return sorted(
        path.relative_to(SITE).as_posix()
        for path in SITE.rglob("*.html")
        if path.relative_to(SITE).parts[0] != "_static"  # templates that the themes leave there
        and path.relative_to(SITE).as_posix() not in moved()
    )


def chapter_names() -> list[str]:
    """Return the pages that run experiments: those in folders that hold chapters."""
    others = ("reference/", "teach/")
    return [name for name in page_names() if "/" in name and not name.startswith(others)]


@cache
def illustrated_names() -> list[str]:
    """Return the pages that have a figure."""
    return [name for name in page_names() if 'class="measured-figure"' in _html(name)]


@cache
def one_of_each_kind() -> set[str]:
    """Return a page of each kind: the chapter with the most kinds of elements, and all others.

    The front page, the pages of the reference, the search and the index are each a kind.
    """
    chapters = chapter_names()
    richest = max(chapters, key=lambda name: len(set(_CLASSES.findall(_html(name)))), default=None)
    return {name for name in page_names() if name == richest or name not in chapters}


@dataclass
class Element:
    """An element of a page.

    Attributes
    ----------
    inside
        The elements around it, outermost first.
    pieces
        Its own text and that of the elements in it, as it was read.
    """

    tag: str
    attributes: dict[str, str]
    inside: tuple[Element, ...] = field(repr=False)
    line: int
    pieces: list[str] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        shown = "".join(f' {name}="{value[:80]}"' for name, value in self.attributes.items())
        return f"line {self.line}: <{self.tag}{shown}>"

    @property
    def text(self) -> str:
        """Its own text and that of the elements in it."""
        return "".join(self.pieces)

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attributes.get("class", "").split()

    def within(self, tag: str) -> bool:
        """Say whether an element with this tag is around it."""
        return any(element.tag == tag for element in self.inside)


@dataclass
class Page:
    """A page of the site: its name, its text as written, and its elements in order."""

    name: str
    html: str = field(repr=False)
    elements: list[Element] = field(default_factory=list, repr=False)

    def tagged(self, *tags: str) -> Iterator[Element]:
        """Yield the elements with one of these tags."""
        return (element for element in self.elements if element.tag in tags)

    @property
    def ids(self) -> list[str]:
        """The id of each element that has one."""
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._open: list[Element] = []
        self.feed(page.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self._open), self.getpos()[0])
        self._page.elements.append(element)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)


def _html(name: str) -> str:
    return (SITE / name).read_text(encoding="utf-8")


@cache
def read(name: str) -> Page:
    """Return a page of the site."""
    page = Page(name, _html(name))
    _Reader(page)
    return page


def pages() -> list[Page]:
    """Return every page of the site."""
    return [read(name) for name in page_names()]


def numbered_chapters() -> list[str]:
    """Return the pages that say which chapter they are, without their ending."""
    return [
        name.removesuffix(".html")
        for name in chapter_names()
        if any("chapter-number" in it.classes for it in read(name).tagged("p"))
    ]
