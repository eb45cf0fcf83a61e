"""Each chapter downloads as a notebook that reads as the page does and runs on its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from built_site import SITE, lacking, numbered_chapters, read
from notebooks import code_cells, downloads, plain_cells_of_source
from notebooks import read as read_notebook

pytestmark = pytest.mark.site

_FENCED = re.compile(r"^(?P<quoted>[> ]*)```.*?^(?P=quoted)```$", re.S | re.M)
_CODE = re.compile(r"(`+).*?\1", re.S)
_IMAGE = re.compile(r'src="data:image/svg\+xml;base64,[\w+/=]+"')
#: What Markdown in Jupyter is not: roles, directives, targets, comments, pieces of the page.
_RAW = re.compile(
    r"\{[\w:-]+\}`|\{(?:term|doc|measured|cite|claim)\}|:::|^\(\S+\)=|^% |\ue000", re.M
)
_ELEMENT = re.compile(r"</?([a-z]\w*)")
_ELEMENTS = {
    *("details", "summary", "img", "table", "thead", "tbody", "tr", "th", "td"),
    *("code", "em", "strong", "a"),
}

#: Runs notebooks where nothing of the project is; prints what went wrong as JSON, by their names.
RUNNER = """
import importlib.util, json, os, sys, tempfile
import nbclient, nbformat

for name in ("measured", "book_kit", "numpy", "sphinx"):
    assert importlib.util.find_spec(name) is None, name
wrong = {}
for path in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as folder:
        notebook = nbformat.read(path, as_version=4)
        client = nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3",
                                         resources={"metadata": {"path": folder}})
        try:
            client.execute()
            if os.listdir(folder):
                wrong[path] = f"left {os.listdir(folder)}"
        except nbclient.exceptions.CellExecutionError as error:
            wrong[path] = str(error)
print(json.dumps(wrong))
"""


def prose(path: Path) -> Iterator[str]:
    """Yield the Markdown of a notebook without its code and its pictures."""
    for cell in read_notebook(path).cells:
        if cell.cell_type == "markdown":
            yield _CODE.sub("`code`", _FENCED.sub("", _IMAGE.sub("", cell.source)))


def test_each_chapter_has_two_notebooks_and_links_them_for_download() -> None:
    assert len(numbered_chapters()) >= 10
    for page in numbered_chapters():
        name = page.rpartition("/")[2]
        links = [
            it.attributes["href"]
            for it in read(f"{page}.html").tagged("a")
            if "download" in it.attributes
        ]
        assert links == [f"{name}.ipynb", f"{name}-without-outputs.ipynb"], page
    for outputs, ending in ((True, ".ipynb"), (False, "-without-outputs.ipynb")):
        found = {path.relative_to(SITE).as_posix() for path in downloads(outputs=outputs)}
        assert found == {f"{page}{ending}" for page in numbered_chapters()}


def test_one_holds_what_the_build_measured_and_the_other_only_what_to_run() -> None:
    for full, empty in zip(downloads(outputs=True), downloads(outputs=False), strict=True):
        assert [cell.source for cell in read_notebook(full).cells] == [
            cell.source for cell in read_notebook(empty).cells
        ]
        printed = [cell for cell in code_cells(full) if "print(" in cell.source]
        assert all(cell.outputs and cell.execution_count for cell in printed), full
        assert not any(cell.outputs or cell.execution_count for cell in code_cells(empty)), empty


def test_the_plain_cells_of_a_chapter_are_the_cells_of_its_notebook() -> None:
    total = 0
    for path in downloads(outputs=True):
        page = path.relative_to(SITE).with_suffix("").as_posix()
        code = [cell.source.strip() for cell in code_cells(path)]
        assert code == plain_cells_of_source(page), page
        total += len(code)
    assert total >= 12


def test_the_text_is_markdown_that_jupyter_shows() -> None:
    wrong = []
    for path in downloads(outputs=True):
        for text in prose(path):
            found = [match[0] for match in _RAW.finditer(text)]
            found += [name for name in _ELEMENT.findall(text) if name not in _ELEMENTS]
            found += re.findall(r'(?:href="|\]\()(?!https?://|mailto:)[^")]*', text)
            found += re.findall(r"(?<!\\)\$", text)  # Jupyter would take it for a formula
            if text.count("<details>") != text.count("</details>"):
                found.append("a fold that is not closed")
            wrong += [f"{path.name}: {it!r}" for it in found]
    assert not wrong, "\n".join(wrong)


def test_every_picture_prediction_and_exercise_of_a_page_is_in_its_notebook() -> None:
    for path in downloads(outputs=True):
        page = read(path.relative_to(SITE).with_suffix(".html").as_posix())
        text = "\n".join(cell.source for cell in read_notebook(path).cells)
        figures = [it for it in page.tagged("figure") if "measured-figure" in it.classes]
        assert len(_IMAGE.findall(text)) == len(figures) > 0, path.name
        questions = [it for it in page.tagged("fieldset") if "predict" in it.classes]
        assert text.count("**Predict:**") == len(questions), path.name
        assert text.count("<summary>The measured answer</summary>") == len(questions)
        tables = list(page.tagged("table"))
        assert text.count("<table>") == len(tables), path.name
        assert "## Exercises" in text, path.name


def test_no_notebook_names_a_place_of_the_machine_that_built_it() -> None:
    own = [f"{place}/" for place in (Path.home(), sys.prefix, SITE) if str(place) != "/"]
    for path in SITE.rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert not [place for place in own if place in text], path.name
        assert not re.search(r"(?:/home/|/Users/|/root/)\w+|/tmp/\w+", text), path.name


@pytest.fixture(scope="module")
def clean_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new environment that has what runs a notebook, and nothing else."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = [f"{name}=={version(name)}" for name in ("ipykernel", "nbclient", "nbformat")]
    finished = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", *wanted],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if finished.returncode:
        lacking("nothing could be installed", remedy=finished.stderr.strip().splitlines()[-1])
    return python


@pytest.mark.slow
def test_each_notebook_runs_where_nothing_of_the_project_is(
    clean_python: Path, tmp_path: Path
) -> None:
    notebook = json.loads(downloads(outputs=False)[0].read_text(encoding="utf-8"))
    (first, *_) = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    first["source"] = "from book_kit.chapter import run"
    broken = tmp_path / "broken.ipynb"
    broken.write_text(json.dumps(notebook), encoding="utf-8")
    paths = [*map(str, downloads(outputs=False)), str(broken)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    finished = subprocess.run(
        [str(clean_python), "-c", RUNNER, *paths],
        cwd=tmp_path,
        env={**kept, "IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTER_PREFER_ENV_PATH": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    wrong = json.loads(finished.stdout)
    assert "No module named 'book_kit'" in wrong.pop(str(broken))
    assert not wrong, "\n".join(f"{path}: {why}" for path, why in wrong.items())
