"""Places on a page that are filled once every page has run, and files beside the pages.

The ledger, the status and the comparison show what all pages measured.  Each names its directive
and a function that writes the HTML; the page is written again whenever any page ran.  What it
writes under headings stands in the contents of its page like any other section.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from book_kit.sphinx.kept import store
from book_kit.sphinx.page_scripts import keep_to

#: The application and the page's name; returns HTML, or pieces of it, some of them sections.
Fill = Callable[[Sphinx, str], str | Iterable[nodes.Node]]


class Place(nodes.General, nodes.Element):
    """A place that waits to be filled; its attribute `directive` says with what."""


class _Directive(SphinxDirective):
    """Any of the directives: it leaves a place."""

    def run(self) -> list[nodes.Node]:
        store(self.env).show_others.add(self.env.docname)
        store(self.env).places[self.name] = self.env.docname
        for path in _places(self.env.app)[self.name].reads:
            self.env.note_dependency(str(path))
        return [Place("", directive=self.name)]


class PutPlaces(SphinxPostTransform):
    """Fill the places of a page."""

    default_priority = 6

    def run(self, **_options: Any) -> None:
        """Replace every `Place` of the page."""
        page = self.env.docname
        for place in list(self.document.findall(Place)):
            known = _places(self.app)[place["directive"]]
            filling = known.fill(self.app, page)
            parts = [html(filling)] if isinstance(filling, str) else list(filling)
            place.replace_self(parts)
            _list_in_contents(self.env, page, parts)


def html(text: str) -> nodes.raw:
    """Return HTML as a part of a page."""
    return nodes.raw("", text, format="html")


def up_from(page: str) -> str:
    """Return how an address begins that leads from a page to the root of the site."""
    return "../" * page.count("/")


def section(title: str, text: str) -> nodes.section:
    """Return HTML under a heading."""
    return nodes.section("", nodes.title(title, title), html(text), ids=[nodes.make_id(title)])


def _list_in_contents(env: BuildEnvironment, page: str, parts: Sequence[nodes.Node]) -> None:
    """List new sections in the contents of a page, which Sphinx made when it read the page."""
    items = [_entry(page, part) for part in parts if isinstance(part, nodes.section)]
    if items:
        contents = env.tocs[page].next_node(nodes.list_item)
        assert contents is not None
        contents.append(nodes.bullet_list("", *items))
        env.toc_num_entries[page] += len(items)


def _entry(page: str, part: nodes.section) -> nodes.list_item:
    title = part[0].astext()
    anchor = f"#{part['ids'][0]}"
    link = nodes.reference("", title, internal=True, refuri=page, anchorname=anchor)
    return nodes.list_item("", addnodes.compact_paragraph("", "", link))


def add_place(
    app: Sphinx,
    directive: str,
    fill: Fill,
    *,
    reads: Sequence[Path] = (),
    scripts: Sequence[str] = (),
) -> None:
    """Add a directive whose place `fill` writes when every page has run.

    Parameters
    ----------
    directive
        Its name.
    fill
        Writes the HTML.
    reads
        Files that it reads besides what the pages kept.
    scripts
        Files in `_static` that its page alone loads.
    """
    _places(app)[directive] = _Known(fill, reads)
    app.add_directive(directive, _Directive)
    for script in scripts:
        keep_to(app, script, lambda app, page: store(app.env).places.get(directive) == page)


class BesideRole(SphinxRole):
    """Link a file that stands beside the pages: {beside}`claims.json`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        name = nodes.literal(text=self.text)
        address = up_from(self.env.docname) + self.text
        return [nodes.reference("", "", name, refuri=address, internal=True)], []


def write_beside_pages(app: Sphinx, name: str, content: object) -> None:
    """Write a JSON file at the root of the site, whole or not at all."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    write_text_beside_pages(app, name, text + "\n")


def write_text_beside_pages(app: Sphinx, name: str, text: str) -> None:
    """Write a file of the site by its path there, whole or not at all."""
    path = Path(app.outdir) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def remove_others(app: Sphinx, folder: str, wanted: Container[str]) -> list[Path]:
    """Remove the files in a folder of the site that this build does not want; return their paths.

    `wanted` has paths in the site, as `write_text_beside_pages` takes them.
    """
    there = (path for path in (Path(app.outdir) / folder).glob("*") if path.is_file())
    others = [path for path in there if f"{folder}/{path.name}" not in wanted]
    for path in others:
        path.unlink()
    return others


@dataclass(frozen=True)
class _Known:
    fill: Fill
    reads: Sequence[Path]


def _places(app: Sphinx) -> dict[str, _Known]:
    found: dict[str, _Known] = vars(app).setdefault("measured_places", {})
    return found


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Place)
    app.add_post_transform(PutPlaces)
    app.add_role("beside", BesideRole())
