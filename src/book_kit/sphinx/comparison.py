"""The published figures beside those of this build: the page, and `numbers.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book_kit import project
from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Numbers, Row
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html, frame
from book_kit.sphinx import failures
from book_kit.sphinx.failures import Failures
from book_kit.sphinx.kept import claims, runs
from book_kit.sphinx.places import add_place, write_beside_pages
from measured import environment

FILE = "numbers.json"
_WORDS = {True: "same", False: "different", None: "not measured here"}
_STATES = {True: "holds", False: "differs", None: "unmeasured"}


def numbers(env: BuildEnvironment, found: Failures) -> Numbers:
    """Return the figure behind every claim of this build, and where it was measured.

    Each figure was measured where its experiments ran.  What most of them share is the environment
    of the build.
    """
    common, ran = _common(env), {(page, run.key): run.environment for page, run in runs(env)}
    figures, pages, where = {}, {}, {}
    for page, claim in claims(env):
        if claim.measured is not None:
            figures[claim.id] = replace(claim.measured, name=claim.id)
            pages[claim.id] = page
            apart = _apart([ran[page, key] for key in claim.runs], common)
            if apart:
                where[claim.id] = apart
    return Numbers(common, figures, pages, where, incomplete=tuple(found.in_words()))


def _apart(environments: list[Mapping[str, str]], common: Mapping[str, str]) -> dict[str, str]:
    """Return what the environments of a figure's experiments have that is not the common one.

    Where two of them differ, both are named: `pymalloc and malloc`.
    """
    found = {
        key: " and ".join(dict.fromkeys(one[key] for one in environments if key in one))
        for one in environments
        for key in one
    }
    return {key: words for key, words in found.items() if words != common.get(key, words)}


def _common(env: BuildEnvironment) -> dict[str, str]:
    """Return what the environments of all experiments of the build share, and their last day."""
    everywhere = [dict(run.environment) for _, run in runs(env)]
    days = [one.pop("measured", "") for one in everywhere]
    if not everywhere:
        return {**environment.describe(), "date": environment.day(0)}
    keys = dict.fromkeys(key for one in everywhere for key in one)
    usual = {
        key: Counter(one[key] for one in everywhere if key in one).most_common(1)[0][0]
        for key in keys
    }
    return {**usual, "date": max(days)[:10]}


def _html(app: Sphinx, here: str) -> str:
    try:
        published = comparison.read(project.recorded(comparison.PUBLISHED))
    except BrokenNumbers as broken:
        return f"<p>{inline(str(broken))}</p>"
    measured = numbers(app.env, failures.of(app.env))
    statements = {claim.id: claim.statement for _, claim in claims(app.env)}
    rows = comparison.compare(published, measured)
    tables = (
        _table(app, here, page, list(group), statements)
        for page, group in groupby(rows, key=attrgetter("page"))
    )
    return _machines(published, measured) + _summary(rows) + "".join(tables)


def _table(app: Sphinx, here: str, page: str, group: list[Row], statements: dict[str, str]) -> str:
    if page not in app.env.titles:  # a page that was published and has gone since
        return ""
    target = app.builder.get_relative_uri(here, page)
    title = attribute(app.env.titles[page].astext())
    return frame(
        f'<a href="{target}">{title}</a>',
        ["figure", "#published", "#here", "verdict, and what explains it"],
        "".join(_row(row, target, statements.get(row.name, "")) for row in group),
        label=title,
        kind="ledger comparison cards",
    )


def _row(row: Row, target: str, statement: str) -> str:
    name = attribute(row.name)
    why = f" {inline(row.why)}" if row.agrees is False else ""
    return (
        f'<tr><th scope="row"><a class="claim-id" href="{target}#claim-{name}">{name}</a> '
        f"{inline(statement)}</th>"
        f'<td class="number">{cell_html(row.published)}</td>'
        f'<td class="number">{cell_html(row.here)}</td>'
        f'<td><span class="claim-verdict {_STATES[row.agrees]}">{_WORDS[row.agrees]}</span>{why}'
        "</td></tr>"
    )


def _machines(published: Numbers, here: Numbers) -> str:
    keys = dict.fromkeys([*published.environment, *here.environment])
    body = "".join(
        f'<tr><th scope="row">{inline(key)}</th>'
        f"<td>{inline(published.environment.get(key, ''))}</td>"
        f"<td>{inline(here.environment.get(key, ''))}</td></tr>"
        for key in keys
    )
    caption = "The two machines"
    return frame(caption, ["what", "published", "here"], body, label=caption)


def _summary(rows: list[Row]) -> str:
    counts = [
        f"<strong>{number}</strong> {words}"
        for state, words in ((True, "agree"), (False, "differ"), (None, "are not measured here"))
        if (number := sum(row.agrees is state for row in rows))
    ]
    return f'<p class="ledger-summary">Of {len(rows)} published figures, {", ".join(counts)}.</p>'


def write(app: Sphinx, found: Failures) -> None:
    """Write `numbers.json`: what `make compare` holds against the published figures."""
    write_beside_pages(app, FILE, numbers(app.env, found).as_json())


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    add_place(app, "comparison", _html, reads=[project.recorded(comparison.PUBLISHED)])
