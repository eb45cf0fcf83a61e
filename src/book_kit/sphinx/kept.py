"""What the cells of each page kept, by page, for the other parts of the extension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from book_kit import protocol
from book_kit.evidence.claims import Claim
from book_kit.evidence.quantity import Measurement
from book_kit.protocol import Beside, Kept, Run
from book_kit.show.standalone import Picture
from book_kit.sphinx.notebooks import Notebook, PlainCell, is_shown, plain_cell

logger = logging.getLogger(__name__)


class Deed(NamedTuple):
    """Something to do on a page: an exercise or a prediction.

    Attributes
    ----------
    id
        Its anchor on the page.
    title
        What it is called: of a prediction the question.
    kind
        "build", "change", "capstone" or "predict".
    name
        Of an exercise its name.
    """

    id: str
    title: str
    kind: str
    name: str = ""


@dataclass
class Store:
    """What the extension remembers from one build to the next.

    Attributes
    ----------
    kept
        For each page what its cells kept.
    show_others
        The pages that show what other pages measured; they are written again after any change.
    places
        For each directive that shows what all pages measured, the page that it stands on.
    cells
        For each page what each of its cells kept, by the number of the cell.
    runs_at, scripts_at
        For each page where the experiment behind a claim ran, by the claim's id, and where a script
        is shown: anchors.
    plain
        For each page the cells that a reader can run anywhere, by their numbers.
    definitions
        For each page what it says of the terms that it defines, by their anchors.
    predictions
        For each page the ids of its predictions, by the anchors of their sections.
    needed
        For each page the pages that its card says one needs first.
    pictures
        For each page the pictures that its cells drew.
    to_do
        For each page what there is to do: its exercises and predictions.
    """

    kept: dict[str, Kept] = field(default_factory=dict)
    show_others: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    cells: dict[str, dict[int, Kept]] = field(default_factory=dict)
    plain: dict[str, dict[int, PlainCell]] = field(default_factory=dict)
    runs_at: dict[str, dict[str, str]] = field(default_factory=dict)
    scripts_at: dict[str, dict[str, str]] = field(default_factory=dict)
    definitions: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    predictions: dict[str, dict[str, str]] = field(default_factory=dict)
    needed: dict[str, list[str]] = field(default_factory=dict)
    pictures: dict[str, list[Picture]] = field(default_factory=dict)
    to_do: dict[str, list[Deed]] = field(default_factory=dict)


def store(env: BuildEnvironment) -> Store:
    """Return the store, which Sphinx saves with its environment."""
    found: Store = vars(env).setdefault("measured_store", Store())
    return found


def collect(env: BuildEnvironment, page: str, notebook: Notebook) -> None:
    """Take what the cells of a page kept out of its outputs, and drop those that show nothing."""
    found = {}
    plain = {}
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        contents = ((it.get("metadata") or {}).get(protocol.METADATA) for it in cell.outputs)
        found[number] = Kept.together([Kept.from_json(it) for it in contents if it is not None])
        cell.outputs = [output for output in cell.outputs if _shows_something(output)]
        if found[number] == Kept() and is_shown(cell):
            plain[number] = plain_cell(cell)
    store(env).plain[page] = plain
    store(env).kept[page] = Kept.together(found.values())
    store(env).cells[page] = found


def _shows_something(output: Any) -> bool:
    return output.output_type in ("stream", "error") or bool(output.get("data"))


def kept(env: BuildEnvironment) -> dict[str, Kept]:
    """Return for each page, in the order of the book, what it kept."""
    everything = store(env).kept
    order = {name: place for place, name in enumerate(pages_in_order(env))}
    return dict(sorted(everything.items(), key=lambda item: order.get(item[0], len(order))))


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


def figures(env: BuildEnvironment) -> Iterator[tuple[str, Measurement]]:
    """Yield the page and the content of every figure that prose may quote."""
    for page, content in kept(env).items():
        for figure in content.all_figures():
            yield page, figure


def claims(env: BuildEnvironment) -> Iterator[tuple[str, Claim]]:
    """Yield the page and each claim, in the order of the book."""
    for page, content in kept(env).items():
        for claim in content.claims:
            yield page, claim


def runs(env: BuildEnvironment) -> Iterator[tuple[str, Run]]:
    """Yield the page and each experiment, in the order of the book."""
    for page, content in kept(env).items():
        for run in content.runs:
            yield page, run


def beside(env: BuildEnvironment) -> Iterator[tuple[str, Beside]]:
    """Yield the page and each file that it fetches, in the order of the book."""
    for page, content in kept(env).items():
        for file in content.beside:
            yield page, file


def pages_were_read(app: Sphinx) -> bool:
    """Say whether this build has read any page."""
    return bool(vars(app).get("measured_read_pages"))


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return sorted(store(env).show_others & env.found_docs) if pages_were_read(app) else []


def _note_pages(app: Sphinx, _env: BuildEnvironment, pages: Sequence[str]) -> None:
    vars(app)["measured_read_pages"] = bool(pages)


def _forget(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    own = store(env)
    for by_page in vars(own).values():
        if isinstance(by_page, dict) and by_page is not own.places:
            by_page.pop(page, None)
    own.show_others.discard(page)
    own.places = {name: where for name, where in own.places.items() if where != page}


def _refuse_twins(_app: Sphinx, env: BuildEnvironment) -> None:
    names = [(page, figure.name) for page, figure in figures(env)]
    names += [(page, claim.id) for page, claim in claims(env)]
    names += [(page, f"{file.name}.{file.ending} on demand") for page, file in beside(env)]
    owner: dict[str, str] = {}
    for page, name in names:
        if name in owner:
            logger.warning("%s is kept by %s and by %s", name, owner[name], page)
        owner[name] = page


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-before-read-docs", _note_pages)
    app.connect("env-purge-doc", _forget)
    app.connect("env-updated", _write_again)
    app.connect("env-check-consistency", _refuse_twins)
