"""The ledger: every claim of the book, on one page and in `claims.json`.

With MEASURED_STRICT=1 a claim that does not hold fails the build; without it, the build ends with
a list of such claims.
"""

from __future__ import annotations

import os
from itertools import groupby
from operator import itemgetter
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from book_kit.evidence.claims import Bound
from book_kit.evidence.quantity import Measurement
from book_kit.running import progress
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html, frame
from book_kit.sphinx.kept import KIND, of_kind
from book_kit.sphinx.places import add_place, write_beside_pages

STRICT = "MEASURED_STRICT"
_WORDS = {True: "holds", False: "does not hold", None: "not measured here"}
_STATES = {True: "holds", False: "fails", None: "unmeasured"}


def claims(env: BuildEnvironment) -> list[dict[str, Any]]:
    """Return every claim of the book, in the order of its pages, with its page."""
    return [
        {**{key: value for key, value in content.items() if key != KIND}, "page": page}
        for page, content in of_kind(env, "claim")
    ]


def figure_of(claim: dict[str, Any]) -> Measurement:
    """Return the figure behind a claim that was measured, under the claim's name."""
    return Measurement.from_json({**claim, "name": claim["id"]})


def _html(app: Sphinx, here: str) -> str:
    everything = claims(app.env)
    tables = (
        _table(app, here, page, list(group))
        for page, group in groupby(everything, key=itemgetter("page"))
    )
    return _summary(everything) + "".join(tables)


def _table(app: Sphinx, here: str, page: str, group: list[dict[str, Any]]) -> str:
    target = app.builder.get_relative_uri(here, page)
    title = attribute(app.env.titles[page].astext())
    return frame(
        f'<a href="{target}">{title}</a>',
        ["claim", "#measured", "claimed", "verdict"],
        "".join(_row(claim, target) for claim in group),
        label=title,
        kind="ledger",
    )


def _row(claim: dict[str, Any], target: str) -> str:
    name = attribute(claim["id"])
    measured = claimed = ""
    if claim["values"]:
        measured = cell_html(figure_of(claim))
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
    write_beside_pages(app, "claims.json", everything)
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
    add_place(app, "ledger", _html)
    app.connect("build-finished", _close, priority=700)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
