"""A table of figures that any page measured: each cell names one.

    ```{figure-table} Memory for each item, in bytes
    container | for each item
    `tuple`   | a-million-in-each[tuple].each
    `list`    | a-million-in-each[list].each
    ```

The first line has the headings, and the first cell of a row names it.  Instead of a figure a cell
may have

`sees NAME`
    in a word, whether an instrument saw what was there: the figure is the share that it saw;
`sees NAME less NAME`
    the same of a difference, such as what it saw of memory that stays, less what of memory that has
    gone.

A name that no page keeps is a warning, and so fails a strict build; after `maybe` it is a figure
that some machines cannot give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from book_kit.evidence.quantity import Measurement
from book_kit.show import tables
from book_kit.sphinx.kept import figures, store
from book_kit.sphinx.places import html

logger = logging.getLogger(__name__)

NOT_HERE = "not here"
_MAYBE, _SEES, _LESS = "maybe ", "sees ", " less "

Figures = Mapping[str, Measurement]


@dataclass(frozen=True)
class Cell:
    """What a cell asks for.

    Attributes
    ----------
    names
        A figure, or two whose difference it is.
    in_a_word
        Whether it is a share, to be said in a word.
    may_lack
        Whether there are machines that cannot give it.
    """

    names: tuple[str, ...]
    in_a_word: bool
    may_lack: bool

    @classmethod
    def read(cls, text: str) -> Cell:
        """Read a cell as a page has it."""
        rest = text.strip()
        may_lack, rest = rest.startswith(_MAYBE), rest.removeprefix(_MAYBE)
        in_a_word, rest = rest.startswith(_SEES), rest.removeprefix(_SEES)
        names = tuple(rest.split(_LESS)) if in_a_word else (rest,)
        return cls(names, in_a_word, may_lack)

    def content(self, known: Figures) -> tables.Cell:
        """Return what the table shows there.

        Raises
        ------
        LookupError
            If no page keeps the figure, and every machine can give it.
        """
        missing = [name for name in self.names if name not in known]
        if missing and self.may_lack:
            return NOT_HERE
        if missing:
            raise LookupError(f"no page measures {missing[0]!r}")
        first, *others = (known[name] for name in self.names)
        for other in others:
            first -= other
        return tables.Seen(first) if self.in_a_word else first


class Table(nodes.General, nodes.Element):
    """A table that waits for its figures; `caption`, `header` and `rows` are as written."""


class _Directive(SphinxDirective):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        store(self.env).show_others.add(self.env.docname)
        header, *rows = ([cell.strip() for cell in line.split("|")] for line in self.content)
        table = Table("", caption=" ".join(self.arguments[0].split()), header=header, rows=rows)
        self.set_source_info(table)
        return [table]


class PutTables(SphinxPostTransform):
    """Fill the tables of a page."""

    default_priority = 6

    def run(self, **_options: Any) -> None:
        """Replace every `Table` of the page."""
        waiting = list(self.document.findall(Table))
        if not waiting:
            return
        known = {figure.name: figure for _, figure in figures(self.env)}
        for node in waiting:
            rows = [self._row(node, row, known) for row in node["rows"]]
            node.replace_self(html(tables.table(node["header"], rows, node["caption"]).html))

    def _row(self, node: Table, row: Sequence[str], known: Figures) -> list[tables.Cell]:
        cells: list[tables.Cell] = [row[0]]
        for text in row[1:]:
            try:
                cells.append(Cell.read(text).content(known))
            except LookupError as error:
                logger.warning("%s", error.args[0], location=node)
                cells.append(text)
        return cells


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Table)
    app.add_directive("figure-table", _Directive)
    app.add_post_transform(PutTables)
