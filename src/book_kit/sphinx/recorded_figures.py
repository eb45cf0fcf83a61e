"""The role that quotes a recorded figure in prose: {recorded}`2.7: []`.

Before the colon stands the interpreter, after it an expression, a fact or a step of a job, as in
`book_kit.evidence.recorded.figure`.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from book_kit import project
from book_kit.evidence import recorded
from book_kit.show.tables import cell_html


class RecordedRole(SphinxRole):
    """Quote a figure of another interpreter."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the figure, set apart from measured ones."""
        self.env.note_dependency(str(project.recorded(recorded.FILE)))
        label, _, name = self.text.partition(":")
        try:
            figure = recorded.figure(label.strip(), name.strip())
        except LookupError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [], [message]
        shown = {"figure": self.text, "shown": str(figure)}
        return [nodes.raw("", cell_html(figure), format="html", **shown)], []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    recorded.interpreters.cache_clear()
    app.add_role("recorded", RecordedRole())
