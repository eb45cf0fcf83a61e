"""What the cells of each page kept: figures, claims and runs, by page and by name.

`book_kit.chapter` glues them into the outputs of the page's cells, so they travel with those
outputs through Jupyter's cache.  This extension reads them back for the other ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from myst_nb.ext.glue.crossref import read_glue_cache
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

logger = logging.getLogger(__name__)

KIND, METADATA = "kept_as", "measured"  # as in book_kit.chapter

Kept = dict[str, dict[str, Any]]


@dataclass
class Store:
    """What the book's extensions remember from one build to the next.

    Attributes
    ----------
    kept
        For each page what its cells kept, by name.
    inputs
        For each page a digest of what its cells run, or None where it has no cells.
    show_others
        The pages that show what other pages measured; they are written again after any change.
    """

    kept: dict[str, Kept] = field(default_factory=dict)
    inputs: dict[str, str | None] = field(default_factory=dict)
    show_others: set[str] = field(default_factory=set)


def store(env: BuildEnvironment) -> Store:
    """Return the store, which Sphinx saves with its environment."""
    found: Store = vars(env).setdefault("measured_store", Store())
    return found


def kept(env: BuildEnvironment) -> dict[str, Kept]:
    """Return for each page, in the order of the book, what it kept, by name."""
    everything = store(env).kept
    order = {name: place for place, name in enumerate(pages_in_order(env))}
    return dict(sorted(everything.items(), key=lambda item: order.get(item[0], len(order))))


def execution(env: BuildEnvironment, page: str) -> dict[str, Any]:
    """Return how the cells of a page ran: `succeeded`, `runtime`, `mtime`; empty without cells."""
    return NbMetadataCollector.get_doc_data(env)[page].get("exec_data") or {}


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Return the names of all pages in the order of the table of contents."""
    found: list[str] = []

    def visit(name: str) -> None:
        if name not in found:
            found.append(name)
            for child in env.toctree_includes.get(name, []):
                visit(child)

    visit(env.config.root_doc)
    return found


def of_kind(env: BuildEnvironment, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the page and the content of everything kept of one kind, page by page."""
    for page, things in kept(env).items():
        for content in things.values():
            if content[KIND] == kind:
                yield page, content


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    pages = store(env).show_others & env.found_docs
    return sorted(pages) if vars(app).get("measured_read_pages") else []


def _note_pages(app: Sphinx, _env: BuildEnvironment, pages: list[str]) -> None:
    vars(app)["measured_read_pages"] = bool(pages)


def _collect(app: Sphinx, _doctree: object) -> None:
    page = app.env.docname
    keys = NbMetadataCollector.get_doc_data(app.env)[page].get("glue", [])  # one a cell, in order
    outputs = read_glue_cache(_output_folder(app.env), page) if keys else {}
    found: dict[str, dict[str, Any]] = {}
    for key in keys:
        found.update(outputs.get(key, {}).get("metadata", {}).get(METADATA, {}))
    if execution(app.env, page):
        store(app.env).kept[page] = found


def _output_folder(env: BuildEnvironment) -> str:
    return str(vars(env)["mystnb_config"].output_folder)


def _forget(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    store(env).kept.pop(page, None)
    store(env).show_others.discard(page)


def figures(env: BuildEnvironment) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the page and the content of every figure: name, unit, values, instrument."""
    for page, things in kept(env).items():
        for content in things.values():
            for figure in content.get("figures", []):
                yield page, figure


def _refuse_twins(_app: Sphinx, env: BuildEnvironment) -> None:
    names = [(page, figure["name"]) for page, figure in figures(env)]
    names += [(page, content["id"]) for page, content in of_kind(env, "claim")]
    owner: dict[str, str] = {}
    for page, name in names:
        if name in owner:
            logger.warning("%s is kept by %s and by %s", name, owner[name], page)
        owner[name] = page


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("env-before-read-docs", _note_pages)
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _forget)
    app.connect("env-updated", _write_again)
    app.connect("env-check-consistency", _refuse_twins)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False}
