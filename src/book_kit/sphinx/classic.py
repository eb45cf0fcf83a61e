"""What the classic tutorial said, with this book's verdict, from one data file.

```{classic} T13
```

shows the words of the original, the verdict and why; {classic}`T19.list` quotes one figure.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from book_kit import project
from book_kit.evidence import original
from book_kit.evidence.original import Statement
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html


class ClassicDirective(SphinxDirective):
    """Quote a statement of the classic tutorial."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the quotation, the verdict and the reason."""
        self.env.note_dependency(str(project.recorded(original.FILE)))
        statement = original.statements().get(self.arguments[0])
        if statement is None:
            raise self.error(f"{original.FILE} has no statement {self.arguments[0]!r}")
        html = (
            f'<div class="classic {statement.kind}" id="classic-{attribute(statement.id)}">'
            f'<p class="classic-label" title="{attribute(statement.where)}">'
            "The classic tutorial</p>"
            f"{quotation(statement)}{verdict(statement)}</div>"
        )
        return [nodes.raw("", html, format="html")]


def quotation(statement: Statement) -> str:
    """Return the words of a statement as HTML."""
    return f"<blockquote><p>{inline(statement.quote)}</p></blockquote>"


def verdict(statement: Statement) -> str:
    """Return the verdict on a statement, and why, as HTML."""
    return (
        f'<p class="classic-verdict"><span class="claim-id">{attribute(statement.id)}</span> '
        f'<strong class="verdict">{inline(statement.verdict)}</strong> '
        f"{inline(statement.why)}</p>"
    )


class ClassicRole(SphinxRole):
    """Quote a figure of the classic tutorial."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the figure, set apart from measured ones."""
        self.env.note_dependency(str(project.recorded(original.FILE)))
        try:
            figure = original.figure(self.text)
        except LookupError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [], [message]
        return [nodes.raw("", cell_html(figure), format="html")], []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    original._data.cache_clear()
    app.add_directive("classic", ClassicDirective)
    app.add_role("classic", ClassicRole())
