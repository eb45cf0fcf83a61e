"""The claims of a section, in one line at its end that opens to them.

Prose stands without its claims.  Where all hold, a line says how many; where one does not hold, or
was not measured here, the box is open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from book_kit.sphinx.claim_links import written_claims
from book_kit.sphinx.places import html

_CLAIM = re.compile(
    r'(?P<folded><details class="folded-claim">.*?)?'
    r'<div class="claim (?P<state>\w+)" id="claim-.*?</p></div>(?(folded)</details>)',
    re.S,
)


class GatherClaims(SphinxPostTransform):
    """Move the claims of each section to its end."""

    # After MyST-NB has chosen the HTML of outputs, and claims have their links.
    default_priority = 8

    def run(self, **_options: Any) -> None:
        """Move them all."""
        found: dict[nodes.Element, list[re.Match[str]]] = {}
        for raw in written_claims(self.document):
            section = section_around(raw)
            found.setdefault(section, []).extend(_CLAIM.finditer(raw.astext()))
            _leave(raw, _CLAIM.sub("", raw.astext()))
        for section, claims in found.items():
            section.insert(_end_of_text(section), html(gathered(claims)))


def gathered(claims: Sequence[re.Match[str]]) -> str:
    """Return the box with the claims of a section."""
    states = [claim["state"] for claim in claims]
    is_open = "" if set(states) == {"holds"} else " open"
    return (
        f'<details class="claims"{is_open}><summary>{in_words(states)}</summary>'
        f"{''.join(claim[0] for claim in claims)}</details>"
    )


def in_words(states: Sequence[str]) -> str:
    """Say how many claims hold, do not, or were not measured."""
    said = [
        (states.count("fails"), "does not hold", "do not hold"),
        (states.count("holds"), "holds", "hold"),
        (states.count("unmeasured"), "was not measured here", "were not measured here"),
    ]
    parts = [(number, one if number == 1 else many) for number, one, many in said if number]
    (first, verb), *others = parts
    words = [f"{first} claim{'' if first == 1 else 's'} {verb}"]
    return ", ".join([*words, *(f"{number} {verb}" for number, verb in others)])


def section_around(node: nodes.Node) -> nodes.Element:
    """Return the section that a node stands in, or the page where there is none."""
    outer = node.parent
    while not isinstance(outer, nodes.section | nodes.document):
        outer = outer.parent
    return outer


def anchor_around(node: nodes.Node) -> str:
    """Return the anchor of the section that a node stands in."""
    return str(next(iter(section_around(node)["ids"]), ""))


def _end_of_text(section: nodes.Element) -> int:
    """Return where the text of a section ends and its first subsection begins."""
    inner = (place for place, child in enumerate(section) if isinstance(child, nodes.section))
    return next(inner, len(section))


def _leave(raw: nodes.raw, text: str) -> None:
    """Put the rest in the place of an output; where there is none, its cell goes as well."""
    if text.strip():
        raw.replace_self(html(text))
        return
    empty: nodes.Element = raw
    while isinstance(empty.parent, nodes.container) and len(empty.parent) == 1:
        empty = empty.parent
    empty.parent.remove(empty)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(GatherClaims)
