"""The ledger: every claim of the book, on one page and in `claims.json`.

With MEASURED_STRICT=1 a claim that does not hold fails the build; without it, the build ends with
a list of such claims.
"""

from __future__ import annotations

import json
import os
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kept import KIND, of_kind, store
from measured import progress
from measured.claims import Bound
from measured.markup import attribute, inline
from measured.quantity import Measurement
from measured.tables import cell_html, frame

STRICT = "MEASURED_STRICT"
_WORDS = {True: "holds", False: "does not hold", None: "not measured here"}
_STATES = {True: "holds", False: "fails", None: "unmeasured"}


class Ledger(nodes.General, nodes.Element):
    """The place of the ledger on its page."""


class LedgerDirective(SphinxDirective):
    """```{ledger}```: all claims, a table a page."""

    def run(self) -> list[nodes.Node]:
        """Leave the place, to be filled when every page has run."""
        store(self.env).show_others.add(self.env.docname)
        return [Ledger()]


def claims(env: BuildEnvironment) -> list[dict[str, Any]]:
    """Return every claim of the book, in the order of its pages, with its page."""
    return [
        {**{key: value for key, value in content.items() if key != KIND}, "page": page}
        for page, content in of_kind(env, "claim")
    ]


class PutLedger(SphinxPostTransform):
    """Fill the place of the ledger."""

    default_priority = 6

    def run(self, **_options: Any) -> None:
        """Replace every `Ledger` of the page."""
        for place in list(self.document.findall(Ledger)):
            everything = claims(self.env)
            parts = [nodes.raw("", _summary(everything), format="html")]
            for page, group in groupby(everything, key=itemgetter("page")):
                parts.append(nodes.raw("", self._table(page, list(group)), format="html"))
            place.replace_self(parts)

    def _table(self, page: str, group: list[dict[str, Any]]) -> str:
        builder = self.app.builder
        target = builder.get_relative_uri(self.env.docname, page)
        title = attribute(self.env.titles[page].astext())
        rows = "".join(_row(claim, target) for claim in group)
        return frame(
            f'<a href="{target}">{title}</a>',
            ["claim", "#measured", "claimed", "verdict"],
            rows,
            label=title,
            kind="ledger",
        )


def _row(claim: dict[str, Any], target: str) -> str:
    name = attribute(claim["id"])
    measured = claimed = ""
    if claim["values"]:
        figure = Measurement(
            claim["id"], claim["unit"], tuple(claim["values"]), claim["instrument"]
        )
        measured = cell_html(figure)
        claimed = inline(Bound.parse(claim["bound"]).in_words(claim["unit"]))
    return (
        f'<tr><th scope="row"><a class="claim-id" href="{target}#claim-{name}">{name}</a> '
        f"{inline(claim['statement'])} <code>{inline(claim['script'])}.py</code></th>"
        f'<td class="number">{measured}</td><td>{claimed}</td>'
        f'<td><span class="claim-verdict {_STATES[claim["holds"]]}">{_WORDS[claim["holds"]]}'
        "</span></td></tr>"
    )


def _summary(everything: list[dict[str, Any]]) -> str:
    counts = [
        f"<strong>{number}</strong> {_WORDS[state] if number == 1 or state is None else plural}"
        for state, plural in ((True, "hold"), (False, "do not hold"), (None, ""))
        if (number := sum(claim["holds"] is state for claim in everything))
    ]
    return f'<p class="ledger-summary">Of {len(everything)} claims, {", ".join(counts)}.</p>'


def _close(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        return
    everything = claims(app.env)
    path = Path(app.outdir) / "claims.json"
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(everything, indent=1, ensure_ascii=False), encoding="utf-8")
    partial.replace(path)
    broken = [claim for claim in everything if claim["holds"] is False]
    for claim in broken:
        progress.say(
            f"claim {claim['id']} on {claim['page']} does not hold: {claim['statement']} "
            f"(measured {claim['values']} {claim['unit']}, claimed {claim['bound']})"
        )
    if broken and os.environ.get(STRICT) == "1":
        names = ", ".join(claim["id"] for claim in broken)
        raise SphinxError(f"{len(broken)} claims do not hold: {names}")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(Ledger)
    app.add_directive("ledger", LedgerDirective)
    app.add_post_transform(PutLedger)
    app.connect("build-finished", _close, priority=700)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
