"""What measured a result, folded beneath it.

Of a cell that runs experiments a page shows what came of it.  The call, the commands, what they
printed and the whole script lie in a box that is closed, with a link to the script's file, which
stands beside the pages.  A cell with the tag `show-output` keeps in sight what it printed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from book_kit import project
from book_kit.protocol import Run
from book_kit.sphinx.kept import runs, store
from book_kit.sphinx.notebooks import cells_in
from book_kit.sphinx.places import html, up_from

#: The tag of a cell whose printed output is the result that the page shows.
SHOW_OUTPUT = "show-output"


def _fold(app: Sphinx, doctree: nodes.document) -> None:
    """Put the box beneath each cell of a page that ran experiments."""
    page = app.env.docname
    cells = store(app.env).cells.get(page, {})
    listed: set[str] = set()
    for number, cell in cells_in(doctree):
        if number in cells and cells[number].runs:
            _fold_cell(cell, cells[number].runs, up_from(page), listed)


def _fold_cell(cell: nodes.Element, made: Sequence[Run], up: str, listed: set[str]) -> None:
    shown = f"tag_{SHOW_OUTPUT}" in cell["classes"]
    folded = _children(cell, "cell_input")
    printed = [
        block
        for block in cell.findall(nodes.literal_block)
        if "stream" in block["classes"] and not shown
    ]
    for part in [*folded, *printed]:
        part.parent.remove(part)
    if not printed and not shown:
        commands = "\n".join(f"$ {run.command}" for run in made)
        printed = [nodes.literal_block(commands, commands, classes=["output", "stream"])]
    scripts = list(dict.fromkeys(run.script for run in made))
    names = ", ".join(f"<code>{escape(Path(script).name)}</code>" for script in scripts)
    cell += [
        html(f'<details class="harness"><summary>How this was measured: {names}</summary>'),
        *folded,
        *printed,
        *(part for script in scripts for part in _listing(script, up, listed)),
        html("</details>"),
    ]
    for output in _children(cell, "cell_output"):
        if not output.children:
            cell.remove(output)


def _listing(script: str, up: str, listed: set[str]) -> Iterable[nodes.Node]:
    """Return a script under the link to its file; once a page, and then the link alone."""
    path = project.root() / script
    yield html(f'<p class="harness-file"><a href="{up}{escape(script)}">{escape(script)}</a></p>')
    if script not in listed:
        listed.add(script)
        text = path.read_text(encoding="utf-8")
        yield nodes.literal_block(text, text, language="python", source=str(path))


def _children(cell: nodes.Element, kind: str) -> list[nodes.Element]:
    elements = (child for child in cell if isinstance(child, nodes.Element))
    return [element for element in elements if kind in element["classes"]]


def write(app: Sphinx) -> None:
    """Put the scripts that the pages ran beside them, at their paths in the project."""
    for script in {run.script for _, run in runs(app.env)}:
        there = Path(app.outdir) / script
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project.root() / script, there)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _fold, priority=400)  # before claims look for their scripts
