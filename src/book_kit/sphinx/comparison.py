"""The published figures beside those of this build: the page, and `numbers.json`."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book_kit import project
from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Numbers, Row
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html, frame
from book_kit.sphinx.ledger import claims, figure_of
from book_kit.sphinx.places import add_place, write_beside_pages
from book_kit.sphinx.status import timings
from measured import environment

FILE = "numbers.json"
_WORDS = {True: "same", False: "different", None: "not measured here"}
_STATES = {True: "holds", False: "differs", None: "unmeasured"}


def numbers(env: BuildEnvironment) -> Numbers:
    """Return the figure behind every claim of this build."""
    measured = [claim for claim in claims(env) if claim["values"]]
    finished = [timing["finished"] for timing in timings(env).values()]
    return Numbers(
        environment={**environment.describe(), "date": environment.day(max(finished, default=0))},
        figures={claim["id"]: figure_of(claim) for claim in measured},
        pages={claim["id"]: claim["page"] for claim in measured},
    )


def _html(app: Sphinx, here: str) -> str:
    try:
        published = comparison.read(project.recorded(comparison.PUBLISHED))
    except BrokenNumbers as broken:
        return f"<p>{inline(str(broken))}</p>"
    measured = numbers(app.env)
    statements = {claim["id"]: claim["statement"] for claim in claims(app.env)}
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
        kind="ledger comparison",
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


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is None:
        write_beside_pages(app, FILE, numbers(app.env).as_json())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    add_place(app, "comparison", _html, reads=[project.recorded(comparison.PUBLISHED)])
    app.connect("build-finished", _write, priority=750)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
