"""The role that quotes a measured figure in prose: {measured}`test-pickle.dump.peak`.

The figure may come from any page.  Before the name, `+` writes it with its sign, `~` writes its
spread, and `about ` rounds a multiple as one would say it.  A name that no page keeps is a
warning, and so fails a strict build.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from book_kit.evidence.quantity import Measurement
from book_kit.show.tables import number_html
from book_kit.sphinx.kept import figures, store

logger = logging.getLogger(__name__)

#: What may stand before a figure's name, and how it is then written.
_STYLES: dict[str, Callable[[Measurement], str]] = {
    "+": Measurement.signed,
    "~": Measurement.spread,
    "about ": Measurement.spoken,
}


class Quote(nodes.Inline, nodes.TextElement):
    """A figure that will stand here once every page has run."""


class MeasuredRole(SphinxRole):
    """{measured}`NAME`, {measured}`+NAME`, {measured}`~NAME`, {measured}`about NAME`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a node for the figure."""
        style = next((style for style in _STYLES if self.text.startswith(style)), "")
        name = self.text.removeprefix(style)
        store(self.env).show_others.add(self.env.docname)
        node = Quote(self.rawtext, "", figure=name, style=style)
        self.set_source_info(node)
        return [node], []


class PutFigures(SphinxPostTransform):
    """Put each figure in its place."""

    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Replace every `Quote` of the page."""
        wanted = list(self.document.findall(Quote))
        if not wanted:
            return
        known = {figure.name: figure for _, figure in figures(self.env)}
        for node in wanted:
            figure = known.get(node["figure"])
            if figure is None:
                logger.warning("no page measures %r", node["figure"], location=node)
                node.replace_self(nodes.literal(text=node["figure"]))
                continue
            text = _STYLES.get(node["style"], str)(figure)
            html = number_html(text, figure)
            mark = _take_punctuation(node)
            if mark:
                html = f'<span class="unbroken">{html}{mark}</span>'
            node.replace_self(nodes.raw("", html, format="html", figure=figure.name, shown=text))


def _take_punctuation(node: nodes.Element) -> str:
    """Take what a line may not begin with from the text after a figure, which is a button.

    Lines break after a button, whatever comes next.
    """
    following = node.next_node(descend=False, siblings=True)
    if not isinstance(following, nodes.Text) or following.parent is not node.parent:
        return ""
    text = following.astext()
    rest = text.lstrip(".,;:!?)\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")
    if len(rest) < len(text):
        following.parent.replace(following, nodes.Text(rest))
    return text[: len(text) - len(rest)]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_role("measured", MeasuredRole())
    app.add_post_transform(PutFigures)
