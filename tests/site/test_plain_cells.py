"""Each plain cell of a chapter runs by itself, anywhere, and prints what the book prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from built_site import SITE, page_names
from notebooks import code_cells, downloads

pytestmark = pytest.mark.site

#: What a cell measures with, and what it prints then is not the same twice: so are addresses.
_MEASURES = re.compile(
    r"tracemalloc|getallocatedblocks|resource|psutil|perf_counter|process_time|/proc/|\bhex\(id\("
)
_NUMBER = re.compile(r"0x[0-9a-f]+|-?[\d,.]*\d")


def plain_cells() -> list[Any]:
    """Return each plain cell of the book, named by its page and place."""
    cells = {
        path.relative_to(SITE).with_suffix("").as_posix(): code_cells(path)
        for path in downloads(outputs=True)
    }
    for page in page_names():
        cells.setdefault(page.removesuffix(".html"), cells_of_page(page))
    return [
        pytest.param(cell, id=f"{page}-{place}")
        for page, own in cells.items()
        for place, cell in enumerate(own, start=1)
    ]


def cells_of_page(page: str) -> list[Any]:
    """Return the plain cells of a page that is no notebook too."""
    html = (SITE / page).read_text(encoding="utf-8")
    if "plain-cell" not in html:
        return []
    found = []
    for cell in BeautifulSoup(html, "html.parser").select(".plain-cell"):
        code = cell.select(".cell_input pre")[0].get_text()
        made = nbformat.v4.new_code_cell(code)  # type: ignore[no-untyped-call]
        made.outputs = [{"text": it.get_text()} for it in cell.select(".cell_output pre")]
        found.append(made)
    return found


def run_alone(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that has the standard library and nothing installed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-W", "error", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("cell", plain_cells())
def test_a_plain_cell_runs_alone_and_prints_what_the_book_prints(cell: Any, tmp_path: Path) -> None:
    finished = run_alone(cell.source, tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert not list(tmp_path.iterdir()), "it left something behind"
    here, there = finished.stdout, "".join(output.get("text", "") for output in cell.outputs)
    if _MEASURES.search(cell.source):
        here, there = _NUMBER.sub("N", here), _NUMBER.sub("N", there)
    assert here == there


@pytest.mark.parametrize("code", ["import measured", "import numpy", "print(rows)"])
def test_what_is_not_plain_does_not_run_alone(code: str, tmp_path: Path) -> None:
    assert run_alone(code, tmp_path).returncode == 1
