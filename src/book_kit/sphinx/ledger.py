"""The ledger: every claim of the book, on one page and in `claims.json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx.application import Sphinx

from book_kit.evidence.claims import STATES, VERDICTS, Claim
from book_kit.show.bound import against_bound
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html, frame
from book_kit.sphinx.kept import claims, kept
from book_kit.sphinx.places import add_place, html, section, write_beside_pages

NAME = "ledger"
#: `ledger.js` shows it, and does what it says.
_FILTER = (
    '<form class="ledger-filter" role="search" aria-label="Claims" hidden>'
    '<label>Show claims with <input type="search" name="q" autocomplete="off" spellcheck="false"'
    ' placeholder="words of its name, sentence or script"></label>'
    '<label>whose verdict is <select name="verdict"><option value="">any</option>'
    + "".join(
        f'<option value="{STATES[state]}">{words}</option>' for state, words in VERDICTS.items()
    )
    + '</select></label><output name="count"></output></form>'
)


def _fill(app: Sphinx, here: str) -> Iterator[nodes.Node]:
    yield html(_summary([claim for _, claim in claims(app.env)]) + _FILTER)
    for page, content in kept(app.env).items():
        if content.claims:
            title = app.env.titles[page].astext()
            yield section(title, _table(app, here, page, content.claims))


def _table(app: Sphinx, here: str, page: str, group: Sequence[Claim]) -> str:
    target = app.builder.get_relative_uri(here, page)
    number = f"{len(group)} claims" if len(group) > 1 else "One claim"
    return frame(
        f'{number}, on <a href="{target}">the page</a>',
        ["claim", "#measured", "claimed", "verdict"],
        "".join(_row(claim, target) for claim in group),
        label=attribute(app.env.titles[page].astext()),
        kind="ledger cards",
    )


def _row(claim: Claim, target: str) -> str:
    name = attribute(claim.id)
    measured = claimed = ""
    if claim.measured is not None:
        measured = cell_html(claim.measured)
        claimed = inline(claim.bound.in_words(claim.measured.unit))
        claimed += against_bound(claim.measured, claim.bound)
    return (
        f'<tr id="{name}"><th scope="row">'
        f'<a class="claim-id" href="{target}#claim-{name}">{name}</a> '
        f"{inline(claim.statement)} <code>{inline(claim.script)}.py</code></th>"
        f'<td class="number">{measured}</td><td>{claimed}</td>'
        f'<td><span class="claim-verdict {STATES[claim.holds]}">{VERDICTS[claim.holds]}'
        "</span></td></tr>"
    )


def _summary(everything: Sequence[Claim]) -> str:
    counts = [
        f"<strong>{number}</strong> {VERDICTS[state] if number == 1 or state is None else plural}"
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
    add_place(app, NAME, _fill, scripts=["ledger.js"])
