"""From a claim, one step to where it was measured, to its script and to its row in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from book_kit import project
from book_kit.evidence.claims import Claim
from book_kit.protocol import Kept
from book_kit.sphinx import ledger, status
from book_kit.sphinx.kept import claims, store
from book_kit.sphinx.notebooks import cells_in
from book_kit.sphinx.places import html

_CLAIM = re.compile(r'(<div class="claim [^"]*" id="claim-([^"]+)">.*?)(</p></div>)', re.S)

Anchors = dict[str, str]


def _set_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Give a place on the page to each experiment that runs there and each script shown there."""
    own, page = store(app.env), app.env.docname
    own.runs_at[page] = _anchors_of_runs(doctree, own.cells.get(page, {}))
    own.scripts_at[page] = _anchors_of_scripts(doctree)


def _anchors_of_runs(doctree: nodes.document, cells: Mapping[int, Kept]) -> Anchors:
    """Give a place to each cell that ran experiments; return it for each claim on one of these.

    A page may run an experiment twice: a claim is about the last time before it.
    """
    shown = dict(cells_in(doctree))
    last: Anchors = {}
    anchors: Anchors = {}
    for number, own in cells.items():
        keys = [run.key for run in own.runs]
        if keys and number in shown:
            anchor = f"cell-{number}"
            shown[number]["ids"].append(anchor)
            last.update(dict.fromkeys(keys, anchor))
        for claim in own.claims:
            for key in claim.runs[:1]:
                anchors[claim.id] = last.get(key, "")
    return anchors


def _anchors_of_scripts(doctree: nodes.document) -> Anchors:
    """Give a place to the whole of each script, or the largest part of it that is shown."""
    folder = project.root() / "scripts"
    shown: dict[str, nodes.literal_block] = {}
    for block in doctree.findall(nodes.literal_block):
        path = Path(block.get("source") or "")
        if path.suffix == ".py" and path.is_relative_to(folder):
            name = path.relative_to(folder).with_suffix("").as_posix()
            shown[name] = max(shown.get(name, block), block, key=lambda it: len(it.astext()))
    anchors = {name: nodes.make_id(f"script-{name}") for name in shown}
    for name, block in shown.items():
        block["ids"].append(anchors[name])
    return anchors


def written_claims(document: nodes.document) -> list[nodes.raw]:
    """Return each piece of HTML on a page that has claims in it."""
    return [
        raw
        for raw in document.findall(nodes.raw)
        if raw.get("format") == "html" and 'id="claim-' in raw.astext()
    ]


class PutLinks(SphinxPostTransform):
    """Put the links below each claim."""

    default_priority = 6

    def run(self, **_options: Any) -> None:
        """Add to each claim of the page, as its cell wrote it."""
        known = {claim.id: (page, claim) for page, claim in claims(self.env)}
        for raw in written_claims(self.document):
            text = _CLAIM.sub(partial(self._with_links, known), raw.astext())
            raw.replace_self(html(text))

    def _with_links(self, known: Mapping[str, tuple[str, Claim]], found: re.Match[str]) -> str:
        page, claim = known[found[2]]
        links = " ".join(
            f'<a href="{address}">{name}</a>'
            for name, address in self._links(page, claim)
            if address
        )
        return f'{found[1]} <span class="claim-links">{links}</span>{found[3]}'

    def _links(self, page: str, claim: Claim) -> Iterator[tuple[str, str]]:
        own = store(self.env)
        if claim.runs:
            yield "runs", self._place(page, own.runs_at, claim.id) or self._page(status.NAME)
        yield "script", self._place(page, own.scripts_at, claim.script)
        yield "ledger", self._page(ledger.NAME, f"#{claim.id}")

    def _place(self, page: str, anchors: Mapping[str, Anchors], name: str) -> str:
        """Return the address of a place with this name, on this page rather than on others."""
        for where in (page, *anchors):
            if anchors.get(where, {}).get(name):
                return f"{self._address(where)}#{anchors[where][name]}"
        return ""

    def _page(self, directive: str, anchor: str = "") -> str:
        """Return the address of the page that a directive stands on; empty where it is on none."""
        page = store(self.env).places.get(directive)
        return "" if page is None else self._address(page) + anchor

    def _address(self, page: str) -> str:
        here = self.env.docname
        return "" if page == here else self.app.builder.get_relative_uri(here, page)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _set_anchors)
    app.add_post_transform(PutLinks)
