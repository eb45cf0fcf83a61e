"""The ledger: every claim of the book, on one page and in `claims.json`."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx.application import Sphinx

from book_kit.evidence.claims import Claim
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html, frame
from book_kit.sphinx.kept import claims, kept
from book_kit.sphinx.places import add_place, write_beside_pages

_WORDS = {True: "holds", False: "does not hold", None: "not measured here"}
_STATES = {True: "holds", False: "fails", None: "unmeasured"}


def _html(app: Sphinx, here: str) -> str:
    tables = (
        _table(app, here, page, content.claims)
        for page, content in kept(app.env).items()
        if content.claims
    )
    return _summary([claim for _, claim in claims(app.env)]) + "".join(tables)


def _table(app: Sphinx, here: str, page: str, group: Sequence[Claim]) -> str:
    target = app.builder.get_relative_uri(here, page)
    title = attribute(app.env.titles[page].astext())
    return frame(
        f'<a href="{target}">{title}</a>',
        ["claim", "#measured", "claimed", "verdict"],
        "".join(_row(claim, target) for claim in group),
        label=title,
        kind="ledger cards",
    )


def _row(claim: Claim, target: str) -> str:
    name = attribute(claim.id)
    measured = claimed = ""
    if claim.measured is not None:
        measured = cell_html(claim.measured)
        claimed = inline(claim.bound.in_words(claim.measured.unit))
    return (
        f'<tr><th scope="row"><a class="claim-id" href="{target}#claim-{name}">{name}</a> '
        f"{inline(claim.statement)} <code>{inline(claim.script)}.py</code></th>"
        f'<td class="number">{measured}</td><td>{claimed}</td>'
        f'<td><span class="claim-verdict {_STATES[claim.holds]}">{_WORDS[claim.holds]}'
        "</span></td></tr>"
    )


def _summary(everything: Sequence[Claim]) -> str:
    counts = [
        f"<strong>{number}</strong> {_WORDS[state] if number == 1 or state is None else plural}"
        for state, plural in ((True, "hold"), (False, "do not hold"), (None, ""))
        if (number := sum(claim.holds is state for claim in everything))
    ]
    return f'<p class="ledger-summary">Of {len(everything)} claims, {", ".join(counts)}.</p>'


def write(app: Sphinx) -> None:
    """Write `claims.json`: every claim of the book, in the order of its pages, with its page."""
    everything = [{**claim.as_json(), "page": page} for page, claim in claims(app.env)]
    write_beside_pages(app, "claims.json", everything)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    add_place(app, "ledger", _html)
