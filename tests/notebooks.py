"""The notebooks of the built book as the tests read them, and the cells of its sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from built_site import ROOT, SITE

from book_kit import chapter

_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<body>.*?)^```$", re.S | re.M)
_OPTION = re.compile(r"^:(?P<name>\w+): (?P<value>.*)\n", re.M)
_HIDDEN = ("remove-cell", "remove-input", "hide-")


def downloads(*, outputs: bool) -> list[Path]:
    """Return the notebooks of all chapters, those with outputs or those without."""
    return sorted(
        path
        for path in SITE.rglob("*.ipynb")
        if path.name.endswith("-without-outputs.ipynb") != outputs
    )


@cache
def read(path: Path) -> Any:
    """Return a notebook; it is valid."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return notebook


def code_cells(path: Path) -> list[Any]:
    """Return the cells with code of a notebook."""
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def plain_cells_of_source(page: str) -> list[str]:
    """Return the code of each cell of a chapter's source that is seen and calls no harness."""
    text = (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
    return [code for code in _seen(text) if not _names(code) & {*chapter.__all__}]


def _seen(text: str) -> Iterator[str]:
    for cell in _CELL.finditer(text):
        options = {option["name"]: option["value"] for option in _OPTION.finditer(cell["body"])}
        if not any(tag in options.get("tags", "") for tag in _HIDDEN):
            yield _OPTION.sub("", cell["body"]).strip()


def _names(code: str) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
