"""A prediction as a poll: {poll}`What it asks <memory/pickle#reading-a-pickle-back>`.

The prediction is the one in that section, whatever its words are.  Its link leads to it.
"""

from __future__ import annotations

from collections import Counter

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from book_kit.sphinx.kept import store
from book_kit.sphinx.pictures import anchor_around
from book_kit.sphinx.predict import BOX

logger = logging.getLogger(__name__)


class Poll(nodes.Inline, nodes.TextElement):
    """A place for the link to the prediction in its attribute `section`."""


class PollRole(ReferenceRole):
    """Link the prediction of a section."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a node for the link."""
        store(self.env).show_others.add(self.env.docname)
        node = Poll(self.rawtext, "", nodes.Text(self.title), section=self.target)
        self.set_source_info(node)
        return [node], []


class PutPolls(SphinxPostTransform):
    """Lead from polls to predictions."""

    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace every `Poll` of the page."""
        for poll in list(self.document.findall(Poll)):
            page, _, section = poll["section"].partition("#")
            name = store(self.env).predictions.get(page, {}).get(section)
            if name is None:
                logger.warning("no prediction is in %s", poll["section"], location=poll)
                poll.replace_self(poll.children)
                continue
            uri = self.app.builder.get_relative_uri(self.env.docname, page)
            link = nodes.reference("", "", refuri=f"{uri}#{name}", internal=True)
            link += poll.children
            poll.replace_self(link)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the prediction of each section that has one, and one only."""
    boxes = [it for it in doctree.findall(nodes.container) if BOX in it]
    sections = [anchor_around(box) for box in boxes]
    alone = Counter(sections)
    store(app.env).predictions[app.env.docname] = {
        section: box[BOX]
        for section, box in zip(sections, boxes, strict=True)
        if alone[section] == 1
    }


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Poll)
    app.add_role("poll", PollRole())
    app.add_post_transform(PutPolls)
    app.connect("doctree-read", _note)
