"""The book's Sphinx extension: it puts what the pages measured on the pages.

`notebooks`, `pages`, `kept`, `freshness`
    whose cells run in this build, and what they kept.
`quotes`, `behind_figures`, `recorded_figures`, `classic`
    figures in prose: measured ones and what stands behind them, recorded ones, and those of the
    classic tutorial.
`figure_table`
    tables of figures that other pages measured.
`behind_terms`
    what the glossary says, on the pages that use its terms.
`on_trial`
    the sentences of the classic tutorial, to be judged.
`printed`
    what experiments printed, in lines that wrap on a phone.
`places`, `ledger`, `comparison`, `status`
    what is shown of all pages together, and the JSON files beside them.
`predict`, `reading_time`
    questions that a reader answers before the page does; and how long a page takes.
`harness`
    what measured a result, folded beneath it.
`on_demand`, `explored`
    what pages fetch when a reader asks for it; and the scripts of figures to explore.
`claim_links`, `claim_lines`
    from a claim to its runs, its script and its row in the ledger; and all claims of a section in
    a line at its end.
`downloads`, `page_markdown`
    the chapters as notebooks, which run on their own.
`live`
    cells that run in the reader's browser.
`exercises`
    exercises that grade themselves, and the list of what there is to do on each page.
`prerequisites`, `section_links`, `pictures`
    for those who teach: what each chapter needs first, links to sections and to predictions, and
    pictures as files.
`search`, `sections`
    the index that the pages' search reads, and what stands in it.
`chapter_numbers`, `citation_list`, `theme`, `page_scripts`, `one_style`, `unbroken`, `home`,
`cards`, `moved`
    small things about every page.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from book_kit.sphinx import (
    behind_figures,
    behind_terms,
    cards,
    chapter_numbers,
    citation_list,
    claim_lines,
    claim_links,
    classic,
    comparison,
    downloads,
    exercises,
    explored,
    failures,
    figure_table,
    freshness,
    harness,
    home,
    kept,
    ledger,
    live,
    moved,
    on_demand,
    on_trial,
    one_style,
    page_scripts,
    pictures,
    places,
    predict,
    prerequisites,
    printed,
    quotes,
    reading_time,
    recorded_figures,
    search,
    section_links,
    status,
    theme,
    unbroken,
)

#: What is registered with Sphinx, in this order.
_PARTS = (
    kept,
    freshness,
    quotes,
    figure_table,
    behind_figures,
    behind_terms,
    recorded_figures,
    classic,
    places,
    predict,
    section_links,
    prerequisites,
    pictures,
    reading_time,
    printed,
    ledger,
    comparison,
    status,
    on_trial,
    harness,
    on_demand,
    explored,
    claim_links,
    claim_lines,
    search,
    chapter_numbers,
    downloads,
    live,
    exercises,
    citation_list,
    theme,
    page_scripts,
    one_style,
    unbroken,
    home,
    cards,
    moved,
)


def _when_all_pages_are_written(app: Sphinx, exception: Exception | None) -> None:
    """Write what tells of all pages together, always as a set; then say what went wrong."""
    if exception is not None:
        return
    found = failures.of(app.env)
    ledger.write(app)
    comparison.write(app, found)
    status.write(app)
    harness.write(app)
    on_demand.write(app)
    live.write(app)
    exercises.write(app)
    search.write(app)
    complaint = failures.complaint(found)
    if complaint:
        raise SphinxError(complaint)


def _version_of_this_code() -> int:
    """Return a number that changes with the code that reads and writes pages.

    Sphinx reads every page anew where it differs; the cells of none run again for it.
    """
    kit = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(kit.rglob("*.py")):
        digest.update(path.relative_to(kit).as_posix().encode() + path.read_bytes())
    return int(digest.hexdigest()[:8], 16)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every part with Sphinx."""
    for part in _PARTS:
        part.setup(app)
    app.connect("build-finished", _when_all_pages_are_written, priority=800)
    return {
        "version": "1",
        "env_version": _version_of_this_code(),
        "parallel_read_safe": False,  # pages measure, so one at a time
    }
