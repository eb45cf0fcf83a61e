"""The published figures beside those of this build: the page, and `numbers.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book_kit import project
from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Numbers, Row
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import cell_html, frame
from book_kit.sphinx import failures
from book_kit.sphinx.behind_figures import carried
from book_kit.sphinx.failures import Failures
from book_kit.sphinx.kept import claims, runs
from book_kit.sphinx.places import add_place, html, section, write_beside_pages
from measured import environment

FILE = "numbers.json"
_WORDS = {True: "same", False: "different", None: "not measured here"}
_STATES = {True: "holds", False: "differs", None: "unmeasured"}
#: What is shown in whole, and above what is the same.
_PARTS = {"What differs": False, "What is not measured here": None}
MACHINES = "The two machines"
#: `your-numbers.js` shows it, and does what it says.
_OWN_FILE = (
    '<div class="own-numbers" hidden><p><input type="file" id="own-numbers"'
    ' accept=".json,application/json" class="visually-hidden"><label for="own-numbers">Choose your '
    "<code>numbers.json</code></label> or drop it anywhere on this page. It is compared here, in"
    " your browser: it does not leave your device.</p>"
    '<p role="status"></p><button type="button" hidden>Show this build again</button></div>'
)


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


def _fill(app: Sphinx, here: str) -> Iterator[nodes.Node]:
    try:
        published = comparison.read(project.recorded(comparison.PUBLISHED))
    except BrokenNumbers as broken:
        yield html(f"<p>{inline(str(broken))}</p>")
        return
    measured = numbers(app.env, failures.of(app.env))
    rows = comparison.compare(published, measured)
    show = _Rows(app, here, machine(measured.environment))
    yield html(_OWN_FILE + _summary(rows) + _carried(published))
    for title, state in _PARTS.items():
        yield section(title, show.table(title, state, rows))
    yield section("What is the same", "".join(show.folded(rows)))
    yield section(MACHINES, _machines(published, measured))


def machine(environment: Mapping[str, str]) -> str:
    """Name a machine in a few words: `CPython 3.11.7, Linux`."""
    version = f"{environment.get('implementation', '')} {environment.get('python', '')}".strip()
    return ", ".join(filter(None, [version, environment.get("system")])) or "unknown"


def _carried(published: Numbers) -> str:
    """Write the published figures for `your-numbers.js`; from the disk it can fetch no file."""
    content = carried(published.as_json())
    return f'<script type="application/json" id="published-numbers">{content}</script>'


class _Rows:
    """The rows of the page: each published figure once, by what came of it."""

    def __init__(self, app: Sphinx, here: str, built_by: str) -> None:
        self._env = app.env
        self._claims = {claim.id: (page, claim.statement) for page, claim in claims(app.env)}
        pages = dict.fromkeys(page for page, _ in self._claims.values())
        self._links = {page: app.builder.get_relative_uri(here, page) for page in pages}
        self._heads = ["figure", "#published", f"#{built_by}", "verdict, and what explains it"]

    def table(self, title: str, state: bool | None, rows: list[Row]) -> str:
        """Write the rows of one state, of all pages."""
        body = "".join(self._row(row) for row in rows if row.agrees is state)
        shown = self._frame("", title, body, f'data-state="{_STATES[state]}"')
        return f'{shown}<p class="nothing">No figure.</p>'

    def folded(self, rows: list[Row]) -> Iterator[str]:
        """Write the rows that are the same, each page's behind its title."""
        for page, link in self._links.items():
            same = [row for row in rows if row.agrees and self._claims[row.name][0] == page]
            title = self._env.titles[page].astext()
            body = "".join(map(self._row, same))
            shown = self._frame(
                f'On <a href="{link}">{title}</a>', title, body, f'data-page="{link}"'
            )
            yield (
                f'<details class="same"><summary>{attribute(title)}: '
                f'<span class="count">{len(same)}</span></summary>{shown}</details>'
            )

    def _frame(self, caption: str, title: str, body: str, data: str) -> str:
        shown = frame(
            caption, self._heads, body, label=attribute(title), kind="ledger comparison cards"
        )
        return shown.replace("<tbody>", f"<tbody {data}>")

    def _row(self, row: Row) -> str:
        name = attribute(row.name)
        page, statement = self._claims.get(row.name, ("", ""))  # it may have gone since
        link = f' href="{self._links[page]}#claim-{name}"' if page else ""
        why = f" {inline(row.why)}" if row.agrees is False else ""
        return (
            f'<tr data-figure="{name}"><th scope="row">'
            f'<a class="claim-id"{link}>{name}</a> {inline(statement)}</th>'
            f'<td class="number">{cell_html(row.published)}</td>'
            f'<td class="number">{cell_html(row.here)}</td>'
            f'<td><span class="claim-verdict {_STATES[row.agrees]}">{_WORDS[row.agrees]}</span>'
            f"{why}</td></tr>"
        )


def _machines(published: Numbers, here: Numbers) -> str:
    keys = dict.fromkeys([*published.environment, *here.environment])
    body = "".join(
        f'<tr><th scope="row">{inline(key)}</th>'
        f"<td>{inline(published.environment.get(key, ''))}</td>"
        f"<td>{inline(here.environment.get(key, ''))}</td></tr>"
        for key in keys
    )
    heads = ["what", "published", "the machine that built this page"]
    return frame("", heads, body, label=MACHINES, kind="machines")


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
    add_place(
        app,
        "comparison",
        _fill,
        reads=[project.recorded(comparison.PUBLISHED)],
        scripts=["your-numbers.js"],
    )
