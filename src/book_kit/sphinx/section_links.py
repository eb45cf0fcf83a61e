"""Links to sections of other pages, and to the predictions in them.

{section}`memory/pickle#a-flat-file` leads to the section, under its title;
{poll}`What it asks <memory/pickle#a-flat-file>` leads to the prediction in it, whatever the words
of the prediction are.  The build says where either is not there any more.
"""

from __future__ import annotations

from collections import Counter

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from book_kit.sphinx.claim_lines import anchor_around
from book_kit.sphinx.kept import store
from book_kit.sphinx.predict import BOX

logger = logging.getLogger(__name__)


class Lead(nodes.Inline, nodes.TextElement):
    """A place for a link to `target`, a section or the prediction in it, as `kind` says."""


class _Role(ReferenceRole):
    """Either of the two: `section` or `poll`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        store(self.env).show_others.add(self.env.docname)
        words = [nodes.Text(self.title)] if self.has_explicit_title else []
        node = Lead(self.rawtext, "", *words, target=self.target, kind=self.name)
        self.set_source_info(node)
        return [node], []


class PutLinks(SphinxPostTransform):
    """Make a link of each `Lead`."""

    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace every `Lead` of the page."""
        for lead in list(self.document.findall(Lead)):
            page, _, anchor = lead["target"].partition("#")
            titles = titles_of(self.env, page)
            found = store(self.env).predictions.get(page, {}) if lead["kind"] == "poll" else titles
            if anchor not in found:
                logger.warning("there is no %s %s", lead["kind"], lead["target"], location=lead)
                lead.replace_self(lead.children)
                continue
            name = found[anchor] if lead["kind"] == "poll" else anchor
            uri = self.app.builder.get_relative_uri(self.env.docname, page)
            link = nodes.reference("", "", refuri=f"{uri}#{name}", internal=True)
            link += lead.children or [nodes.Text(titles[anchor])]
            lead.replace_self(link)


def titles_of(env: BuildEnvironment, page: str) -> dict[str, str]:
    """Return the titles of the sections of a page below its own, by their anchors."""
    if page not in env.tocs:
        return {}
    links = env.tocs[page].findall(nodes.reference)
    return {it["anchorname"].removeprefix("#"): it.astext() for it in links if it["anchorname"]}


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
    app.add_node(Lead)
    app.add_role("section", _Role())
    app.add_role("poll", _Role())
    app.add_post_transform(PutLinks)
    app.connect("doctree-read", _note)
