"""The book's Sphinx extension: it puts what the pages measured on the pages."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from book_kit.sphinx import (
    citation_list,
    classic,
    comparison,
    freshness,
    home,
    kept,
    lean_pages,
    ledger,
    places,
    quotes,
    recorded_figures,
    status,
)

_PARTS = (
    kept,
    freshness,
    quotes,
    recorded_figures,
    classic,
    places,
    ledger,
    comparison,
    status,
    citation_list,
    lean_pages,
    home,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every part with Sphinx."""
    for part in _PARTS:
        part.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
