"""The sections of a written page, as the search has them: what each says, and how much it weighs.

A page of this book is long, and its reader looks for a place on it.  So the search finds sections:
what stands below one heading, and each term of the glossary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: How much the words of a section weigh, and the most that they can.
HEADING, HIDDEN, QUESTION, PROSE, TABLE, CODE = 10.0, 8.0, 4.0, 1.0, 0.5, 0.25
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_EMPTY = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})
#: What stands on lines of its own, and ends a sentence.
_BLOCKS = frozenset({"p", "li", "dt", "dd", "tr", "pre", "figcaption", "summary", "div"})
#: What is no text of a section, by tag and by class: controls, drawings, what a script printed.
_LEFT_OUT = frozenset({"script", "style", "svg", "template", "noscript", "thead"})
_LEFT_OUT_CLASSES = frozenset(
    {
        *("headerlink", "stream", "claim-evidence", "sd-summary-title", "bibtex-citation"),
        *("on-trial-said", "trial-tools", "trial-score", "downloads"),
        *("exercise-begin", "exercise-files", "exercise-left-out", "progress-tools"),
    }
)
_TABLES = frozenset({"measured-table", "claim"})
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LISTING = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BEFORE_STOP = re.compile(r" (?=[.,;)](\s|$))")


@dataclass
class Section:
    """What stands below one heading, less the sections within it.

    Attributes
    ----------
    anchor
        The id that leads to it.
    heading
        Its heading, or the term that it explains.
    texts
        A weight and a text for each paragraph, cell or listing, in their order on the page.
    """

    anchor: str
    heading: str = ""
    texts: list[tuple[float, str]] = field(default_factory=list)


def sections_of(html: str) -> list[Section]:
    """Return the sections of a page as Sphinx has written it, in their order."""
    article = _ARTICLE.search(html)
    if article is None:
        return []
    reader = _Reader()
    reader.feed(_LISTING.sub(_plain, _DRAWING.sub("", article[0])))
    reader.close()
    return [section for section in reader.sections if section.heading]


def _plain(listing: re.Match[str]) -> str:
    """Return a listing without the colors of its words, which are most tags of a page."""
    return f"<pre>{_TAG.sub('', listing[0])}</pre>"


@dataclass(frozen=True)
class _Open:
    """An element that is open: its tag, and what it makes of the text in it."""

    tag: str
    begins_section: bool
    kind: str  # "" outside of the article; "text", "heading", "table", "code" or "out"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self._open: list[_Open] = [_Open("", False, "")]
        self._under: list[Section] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            self._words.append(" ")
            return
        found = dict(attrs)
        kind = _kind(tag, set((found.get("class") or "").split()), self._open)
        begins = bool(kind) and bool(found.get("id")) and tag in ("section", "dt")
        in_row = any(element.tag == "tr" for element in self._open)
        if in_row and tag in ("td", "th"):
            self._words.append(" · " if "".join(self._words).strip() else "")
        elif kind and not in_row and (tag in _BLOCKS or tag in _HEADINGS or begins):
            self._end_of_block()
        if begins:
            self._begin(tag, found["id"] or "")
        self._open.append(_Open(tag, begins and tag == "section", kind))

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element in self._open):
            return
        while self._open[-1].tag != tag:
            self._close()
        self._close()

    def handle_data(self, data: str) -> None:
        if self._open[-1].kind not in ("", "out"):
            self._words.append(data)

    def _begin(self, tag: str, anchor: str) -> None:
        if tag == "dt":  # a term, which ends where the next one begins
            self._leave_term()
        self._under.append(Section(anchor))
        self.sections.append(self._under[-1])

    def _leave_term(self) -> None:
        if self._under and self._under[-1].anchor.startswith("term-"):
            self._under.pop()

    def _close(self) -> None:
        closed = self._open[-1]
        in_row = any(element.tag == "tr" for element in self._open[:-1])
        if closed.kind and not in_row and (closed.tag in _BLOCKS or closed.tag in _HEADINGS):
            self._end_of_block()
        self._open.pop()
        if closed.tag in ("dl", "section"):
            self._leave_term()
        if closed.begins_section:
            self._under.pop()

    def _end_of_block(self) -> None:
        text = _BEFORE_STOP.sub("", " ".join("".join(self._words).split()))
        self._words.clear()
        if not text or not self._under:
            return
        section, kind = self._under[-1], self._open[-1].kind
        if not section.heading:
            section.heading = text
        else:
            weight = {"table": TABLE, "code": CODE}.get(kind, PROSE)
            if kind == "text" and section is self.sections[0] and not section.texts:
                weight = QUESTION
            section.texts.append((weight, text))


def _kind(tag: str, classes: set[str], around: list[_Open]) -> str:
    """Return what an element makes of its text, in the elements around it."""
    outer = around[-1].kind
    if not outer:
        return "text" if tag == "article" else ""
    if outer == "out" or tag in _LEFT_OUT or classes & _LEFT_OUT_CLASSES:
        return "out"
    if tag == "pre":  # a whole script is folded; it would outweigh what is said of it
        return "out" if any(element.tag == "details" for element in around) else "code"
    return "table" if classes & _TABLES else outer


def texts_between(section: Section, low: float, high: float) -> Iterator[tuple[float, str]]:
    """Yield the texts of a section whose weight is between two others, and these."""
    return (text for text in section.texts if low <= text[0] <= high)
