"""A page as Markdown that Jupyter shows: its text, its pictures and tables, and its folds.

What a page says is complete in its HTML alone, where figures are quoted and terms, citations and
links resolved.  Here it becomes plain elements, and `markdownify` writes these as Markdown.  A
fold stays a `details` element, around Markdown; a table stays HTML, since Markdown has neither
captions nor rows of headings; a picture is an image within the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from book_kit.show.standalone import image

#: The class of a cell that becomes a cell of the notebook, and how its id begins.
PLAIN, CELL = "plain-cell", "cell-"

#: The address of what a link of the page leads to; empty where there is none.
Address = Callable[[str], str]

_MARK = "\ue000"  # stands around the number of a cell; no font has a letter there
_DRAWING = re.compile(r"<svg\b[^>]*>.*?</svg>", re.S)
_CITED = re.compile(r"\d+")
#: What a page has for its reader at a screen alone.
_LEFT_OUT = (
    ".chapter-number, .headerlink, .claim-links, .predict-verdict, .sd-summary-state-marker, input,"
    " .explore-controls, .exercise-begin, .exercise-left-out"
)
_KEPT_IN_TABLES = frozenset({"colspan", "rowspan"})
_INLINE_IN_TABLES = frozenset({"code", "em", "strong", "a", "sub", "sup", "br"})
_PARTS_OF_TABLES = frozenset({"table", "thead", "tbody", "tr", "th", "td"})


def pieces(body: str, address: Address, colors: Mapping[str, str]) -> list[str | int]:
    """Return a page as Markdown, cut at its headings, and between them the numbers of its cells.

    Parameters
    ----------
    body
        The HTML of the page.  Cells to be cut out have the class `PLAIN` and an id with a number.
    address
        Given what a link of the page says, returns the address that it leads to from anywhere.
    colors
        The colors of its pictures.
    """

    def drawn(drawing: re.Match[str]) -> str:
        is_wide = 'class="wide"' in drawing[0].partition(">")[0]
        return image(drawing[0], colors) if is_wide else ""

    page = BeautifulSoup(_DRAWING.sub(drawn, body), "html.parser")
    for element in page.select(_LEFT_OUT):
        element.decompose()
    for simplify in (
        _code,
        _cells,
        _predictions,
        _exercises,
        _claims,
        _classic,
        _boxes,
        _steps,
        _figures,
        _cuts,
    ):
        simplify(page)
    sources = _cite(page)
    _lead_from_anywhere(page, address)
    _list_sources(page, sources)
    written = _Writer(heading_style="atx", bullets="-", code_language_callback=_language)
    parts = re.split(f"{_MARK}(\\d*){_MARK}", written.convert_soup(page))
    return [*_told_apart(parts)]


def _told_apart(parts: list[str]) -> Iterator[str | int]:
    for number, part in enumerate(parts):
        if number % 2 and part:
            yield int(part)
        elif text := part.strip():
            yield text


def _new(page: BeautifulSoup, name: str, *inside: Tag | NavigableString | str) -> Tag:
    made = page.new_tag(name)
    made.extend([NavigableString(it) if isinstance(it, str) else it for it in inside])
    return made


def _marked(page: BeautifulSoup, number: str = "") -> Tag:
    return _new(page, "p", f"{_MARK}{number}{_MARK}")


def _cite(page: BeautifulSoup) -> dict[int, str]:
    """Return the sources that a page cites, by their numbers."""
    found = {}
    for link in page.select(".bibtex-citation a"):
        if _CITED.fullmatch(link.text):
            found[int(link.text)] = str(link["title"])
        link.unwrap()
    return found


def _list_sources(page: BeautifulSoup, sources: Mapping[int, str]) -> None:
    if sources:
        page.append(_marked(page))
        page.append(_new(page, "h2", "Sources"))
    for number, title in sorted(sources.items()):
        page.append(_new(page, "p", f"[{number}] {title}"))


def _lead_from_anywhere(page: BeautifulSoup, address: Address) -> None:
    """Give links their whole address; one that has none is text, a page's title in italics."""
    for link in page.select("a"):
        whole = address(str(link.get("href", "")))
        title = link.select_one(".doc")
        if title is not None:
            title.name = "em"
        if whole:
            link.attrs = {"href": whole}
        else:
            link.unwrap()


def _code(page: BeautifulSoup) -> None:
    """Leave code its text and the name of its language."""
    for block in page.select("pre"):
        outer = [name for around in block.parents for name in around.get_attribute_list("class")]
        languages = (name.removeprefix("highlight-") for name in outer if name)
        known = {"python": "python", "ipython3": "python", "bash": "bash"}
        block.attrs = {"class": next((known[it] for it in languages if it in known), "text")}
        block.string = block.get_text()
    for number in page.select("code > i"):  # of a line, beside its code
        number.insert_after("  ")
    for code in page.select("code"):
        code.attrs = {}
        code.string = code.get_text()


def _language(block: Tag) -> str:
    return str(block["class"])


def _cells(page: BeautifulSoup) -> None:
    """Put its number in the place of each cell; a fold around one is open, for cells never are."""
    for cell in page.select(f".{PLAIN}"):
        for fold in cell.find_parents("details"):
            for summary in fold.find_all("summary", recursive=False):
                summary.name = "p"
                summary.wrap(page.new_tag("strong"))
            fold.name = "div"
        cell.replace_with(_marked(page, str(cell["id"]).removeprefix(CELL)))


def _predictions(page: BeautifulSoup) -> None:
    """Make a prediction a question, a list of choices, and a fold with the answer."""
    for legend in page.select(".predict legend"):
        legend.name = "p"
    for label in page.select(".predict-label"):
        label.name = "strong"
        label.string = "Predict:"
    for choice in page.select(".predict-choice"):
        _itemize(page, choice)
    for answering in page.select(".predict-box + .cell figure"):
        answering.wrap(_new(page, "details", _new(page, "summary", "The picture")))
    for reason in page.select(".predict-reason"):
        for chosen in reason.select(".predict-chosen"):
            verdict = "Right:" if "right" in reason.get_attribute_list("class") else "Wrong:"
            chosen.insert(0, _new(page, "strong", verdict))
            chosen.insert(1, " ")


def _exercises(page: BeautifulSoup) -> None:
    """Make the head of an exercise one bold line: `Build: Sum a column`."""
    for box in page.select(".exercise"):
        kind, title = box.select_one(".exercise-label"), box.select_one(".exercise-title")
        assert kind is not None and title is not None
        title.insert(0, f"{kind.get_text().split()[0]}: ")
        title.name = "strong"
        title.wrap(page.new_tag("p"))
        kind.decompose()


def _itemize(page: BeautifulSoup, element: Tag) -> None:
    """Make an element an item of a list, of the one before it if there is one."""
    before = element.previous_sibling
    element.name = "li"
    if isinstance(before, Tag) and before.name == "ul":
        before.append(element.extract())
    else:
        element.wrap(page.new_tag("ul"))


def _claims(page: BeautifulSoup) -> None:
    """Make a claim an item of a list: what is claimed, and in italics what was measured."""
    for name in page.select(".claim-id"):
        name.name, name.attrs = "strong", {}
    for claim in page.select(".claim"):
        for statement, evidence in zip(
            claim.select(".claim-statement"), claim.select(".claim-evidence"), strict=True
        ):
            for verdict in evidence.select(".claim-verdict"):
                verdict.insert_after(":")
            evidence.name = "em"
            statement.append(" ")
            statement.append(evidence.extract())
        _itemize(page, claim)


def _classic(page: BeautifulSoup) -> None:
    """Make what the classic tutorial said a quotation, with its verdict."""
    for box in page.select(".classic"):
        box.name = "blockquote"
        for label in box.select(".classic-label"):
            label.wrap(page.new_tag("p"))
            label.name = "strong"


def _boxes(page: BeautifulSoup) -> None:
    """Make cards and remarks quotations, and what is said of a term below it."""
    for title in page.select(".sd-card-title, .admonition-title"):
        title.name = "strong"
        title.wrap(page.new_tag("p"))
    for box in page.select("div.sd-card, .admonition, dd"):
        box.name = "blockquote"
    for term in page.select("dt"):
        term.name = "strong"
        term.wrap(page.new_tag("p"))
    for names in page.select("dl"):
        names.name = "div"
    for words in page.select(".sd-summary-text"):
        words.unwrap()


def _steps(page: BeautifulSoup) -> None:
    """Leave of a program to step through its text, and how it ends: the pictures are a file."""
    for picture in page.select("figure.steps img"):
        picture.replace_with(_new(page, "p", str(picture["alt"])))


def _figures(page: BeautifulSoup) -> None:
    """Set captions in italics, in a paragraph of their own."""
    for caption in page.select("figcaption, .measured-caption"):
        caption.name = "em"
        caption.wrap(page.new_tag("p"))
    for table in page.select("table"):
        _simplify_table(table)


def _simplify_table(table: Tag) -> None:
    table.attrs = {}
    for code in table.select("code"):
        code.string = code.get_text().replace("  ", 2 * "\N{NO-BREAK SPACE}")
    for element in table.find_all(True):
        if element.name not in _PARTS_OF_TABLES | _INLINE_IN_TABLES:
            element.unwrap()
            continue
        is_number = "number" in element.get_attribute_list("class")
        kept = {name: value for name, value in element.attrs.items() if name in _KEPT_IN_TABLES}
        if element.name in ("th", "td"):
            kept["align"] = "right" if is_number else "left"
        if element.name == "a":
            kept["href"] = str(element["href"])
        element.attrs = kept


def _cuts(page: BeautifulSoup) -> None:
    """Cut below the title and before each other heading."""
    for heading in page.select("h1"):
        heading.insert_after(_marked(page))
    for heading in page.select("h2, h3"):
        heading.insert_before(_marked(page))


class _Writer(MarkdownConverter):
    """Writes what is no plain Markdown."""

    def convert_details(self, el: Tag, text: str, **_around: object) -> str:
        summary = el.select_one("summary")
        title = "" if summary is None else " ".join(summary.decode_contents().split())
        return f"\n\n<details>\n<summary>{title}</summary>\n\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, _el: Tag, _text: str, **_around: object) -> str:
        return ""

    def convert_table(self, el: Tag, _text: str, **_around: object) -> str:
        rows = re.sub(r"\s*\n\s*", " ", str(el)).replace("<tr>", "\n<tr>")
        return "\n\n" + rows.replace("</table>", "\n</table>") + "\n\n"

    def convert_img(self, el: Tag, _text: str, **_around: object) -> str:
        return str(el)

    def escape(self, text: str, *around: object) -> str:
        """Keep what Jupyter would take for an element or for a formula."""
        escaped = str(super().escape(text, *around))  # type: ignore[misc]
        return escaped.replace("<", "&lt;").replace("$", r"\$")
