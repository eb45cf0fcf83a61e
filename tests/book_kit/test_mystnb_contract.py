"""What the book assumes of MyST-NB and of the notebook client, from within."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from myst_nb import sphinx_
from myst_nb.core import execute
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from nbclient import NotebookClient

from book_kit.sphinx import notebooks
from book_kit.sphinx.notebooks import Outcome

PAGE = """---
file_format: mystnb
kernelspec:
  name: "python3"
---

# A page

~~~{code-cell}
:tags: [remove-input]
%time x = 1
~~~
"""


def read(text: str, folder: Path) -> Any:
    reader = create_nb_reader(str(folder / "page.md"), MdParserConfig(), NbParserConfig(), text)
    assert reader is not None
    return reader.read(text)


def test_the_reader_finds_cells_with_their_code_and_their_tags(tmp_path: Path) -> None:
    notebook = read(PAGE, tmp_path)
    assert notebooks.code_of(notebook) == [{"code": "%time x = 1", "tags": ["remove-input"]}]
    assert notebook.metadata["kernelspec"]["name"] == "python3"


def test_a_page_without_its_head_is_no_notebook(tmp_path: Path) -> None:
    path = str(tmp_path / "page.md")
    assert create_nb_reader(path, MdParserConfig(), NbParserConfig(), "# A page\n") is None


@pytest.mark.parametrize("mode", ["cache", "force", "auto"])
def test_whoever_would_run_cells_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    for name in notebooks.CLIENTS:
        monkeypatch.setattr(execute, name, getattr(execute, name))  # to have them back afterwards
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    asked: list[Path] = []

    def run(path: Path, notebook: Any, _longest: int) -> Outcome:
        asked.append(path)
        notebooks.put_outputs(notebook, [[stream("1\n")]])
        return Outcome(notebook, 0.5, 17.0)

    notebooks.take_over(run)
    config = NbParserConfig(execution_mode=mode)
    logger = SimpleNamespace(**dict.fromkeys(("info", "warning", "debug"), print))
    client = execute.create_client(read(PAGE, tmp_path), str(page), config, logger)
    with client:
        assert asked == [page]
        assert client.code_cell_outputs(1)[1][0]["text"] == "1\n"
        assert client.exec_metadata["succeeded"] is True
        assert client.exec_metadata["mtime"] == 17.0


def stream(text: str) -> dict[str, str]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_sphinx_asks_for_its_client_by_the_name_that_is_replaced() -> None:
    assert sphinx_.create_client is execute.create_client
    source = inspect.getsource(execute.create_client)
    for name in notebooks.CLIENTS:
        assert f"return {name}(" in source


def test_outputs_come_back_as_they_were(tmp_path: Path) -> None:
    notebook = read(PAGE, tmp_path)
    outputs = [[stream("a"), {"output_type": "display_data", "data": {}, "metadata": {"m": [1]}}]]
    notebooks.put_outputs(notebook, outputs)  # type: ignore[arg-type]
    assert notebooks.outputs_of(notebook) == outputs
    nbformat.validate(notebook)


def test_outputs_of_other_cells_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        notebooks.put_outputs(read(PAGE, tmp_path), [])


def test_the_client_of_kernels_takes_variables_for_them() -> None:
    parameters = inspect.signature(NotebookClient.async_start_new_kernel).parameters
    assert any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters.values())
