"""The one place that knows MyST-NB from within: how its pages are read, and who runs their cells.

MyST-NB asks one of its clients for the outputs of a page.  Here they are asked of `Runner`s
instead: the book keeps executed pages itself, by what they depended on (`book_kit.sphinx.pages`),
and runs cells in the interpreter that builds, whatever kernels the machine has.

A contract test holds what is assumed of MyST-NB: the names of its clients, the order of their
calls, and what its reader returns.
"""

from __future__ import annotations

import atexit
import copy
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from myst_nb.core import execute
from myst_nb.core.execute.base import NotebookClientBase
from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import NbMetadataCollector
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

Notebook = Any  # nbformat has no types

#: Every client of MyST-NB that would run cells, by its name in `myst_nb.core.execute`.
CLIENTS = ("NotebookClientCache", "NotebookClientDirect", "NotebookClientInline")
_KERNEL = "python3"


class Outcome:
    """How the cells of a page ran.

    Attributes
    ----------
    notebook
        The page with its outputs.
    seconds, finished
        How long they took, and when that was, in seconds since 1970.
    failure
        Why they did not all run; empty where they did.
    traceback
        The whole story of that.
    """

    def __init__(
        self,
        notebook: Notebook,
        seconds: float,
        finished: float,
        failure: str = "",
        traceback: str = "",
    ) -> None:
        self.notebook = notebook
        self.seconds = seconds
        self.finished = finished
        self.failure = failure
        self.traceback = traceback


Run = Callable[[Path, Notebook, int], Outcome]


def take_over(run: Run) -> None:
    """Have every page whose cells MyST-NB would run get its outputs from `run`.

    Parameters
    ----------
    run
        Receives the page's path, the page as a notebook, and the seconds that a cell may take.
    """

    class Runner(NotebookClientBase):  # type: ignore[misc]
        def start_client(self) -> None:
            _need_our_kernel(self.path, self.notebook)
            outcome = run(self.path, self.notebook, self.nb_config.execution_timeout)
            self._notebook = outcome.notebook
            self.exec_metadata = {
                "mtime": outcome.finished,
                "runtime": outcome.seconds,
                "method": "cache",
                "succeeded": not outcome.failure,
                "error": outcome.failure or None,
                "traceback": outcome.traceback or None,
            }

    class NoInline(NotebookClientBase):  # type: ignore[misc]
        def start_client(self) -> None:
            raise SphinxError(f"{self.path}: inline execution is not supported; use cells")

    for name in CLIENTS:
        setattr(execute, name, NoInline if "Inline" in name else Runner)


def _need_our_kernel(path: Path, notebook: Notebook) -> None:
    asked = (notebook.metadata.get("kernelspec") or {}).get("name", _KERNEL)
    if asked != _KERNEL:
        raise SphinxError(
            f"{path}: asks for the kernel {asked!r}; cells run in the interpreter that builds, "
            f"which is called {_KERNEL}"
        )


def read(env: BuildEnvironment, page: str) -> Notebook | None:
    """Return a page as MyST-NB reads it; None where that takes it for no notebook."""
    path = Path(env.doc2path(page))
    text = path.read_text(encoding="utf-8")
    own = vars(env)
    reader = create_nb_reader(str(path), own["myst_config"], own["mystnb_config"], text)
    return None if reader is None else reader.read(text)


def code_of(notebook: Notebook) -> list[dict[str, Any]]:
    """Return what decides how the cells of a notebook run: their code and their tags."""
    return [
        {"code": cell.source, "tags": list(cell.metadata.get("tags", []))}
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def outputs_of(notebook: Notebook) -> list[list[dict[str, Any]]]:
    """Return the outputs of each cell with code, as plain values."""
    plain = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    return [[_plain(output) for output in outputs] for outputs in plain]


def put_outputs(notebook: Notebook, outputs: list[list[dict[str, Any]]]) -> None:
    """Put outputs of an earlier run into a notebook with the same code.

    Raises
    ------
    ValueError
        If they are not as many as the cells with code, or no outputs.
    """
    # What a kernel says of itself: MyST-NB colors code by it.
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, (cell, own) in enumerate(zip(cells, outputs, strict=True), start=1):
        cell.outputs = list(map(_output, own))
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type not in ("stream", "display_data", "execute_result", "error"):
                raise ValueError(f"unknown output {output.output_type!r}")


@dataclass(frozen=True)
class PlainCell:
    """A cell that needs the standard library alone.

    Attributes
    ----------
    code, outputs
        Its code, and what it showed in this build.
    differs
        Why it shows something else in a reader's browser; empty where it shows the same.
    not_live
        Why it cannot run in a browser; empty where it can.
    """

    code: str
    outputs: list[dict[str, Any]]
    differs: str = ""
    not_live: str = ""


#: Tags of a cell that no page shows, or whose code it does not.
_HIDDEN = frozenset({"remove-cell", "remove-input", "hide-cell", "hide-input"})


def is_shown(cell: Any) -> bool:
    """Say whether a page shows the code of a cell."""
    return not _HIDDEN & {*cell.metadata.get("tags", [])}


def plain_cell(cell: Any) -> PlainCell:
    """Return the code of a cell and its outputs as plain values."""
    said = {name: str(cell.metadata.get(name, "")) for name in ("differs", "not_live")}
    return PlainCell(cell.source, [_plain(output) for output in cell.outputs], **said)


def files(parts: Sequence[str | PlainCell]) -> tuple[str, str]:
    """Return a notebook as the text of a file: with its outputs, and without.

    Parameters
    ----------
    parts
        Its cells: text in Markdown, and code.
    """
    notebook = nbformat.v4.new_notebook(  # type: ignore[no-untyped-call]
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": _KERNEL},
            "language_info": {"name": "python"},
        }
    )
    for number, part in enumerate(parts, start=1):
        if isinstance(part, str):
            cell = nbformat.v4.new_markdown_cell(part)  # type: ignore[no-untyped-call]
        else:
            cell = nbformat.v4.new_code_cell(part.code)  # type: ignore[no-untyped-call]
            cell.outputs = [_output(content) for content in part.outputs]
        cell.id = f"cell-{number}"  # and not by chance: the same page gives the same file
        notebook.cells.append(cell)
    without = copy.deepcopy(notebook)
    _count(notebook)
    for cell in without.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return _file(notebook), _file(without)


def _count(notebook: Notebook) -> None:
    """Give the cells with code their numbers, as a kernel does when it runs them."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(cells, start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number


def _file(notebook: Notebook) -> str:
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def _output(content: Mapping[str, Any]) -> Any:
    return nbformat.from_dict(content)  # type: ignore[no-untyped-call]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


#: Why a kernel does not start is raised; its manager would print a traceback of it as well.
_SILENT = logging.getLogger(f"{__name__}.kernel")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


class _KernelOfThisBuild(AsyncKernelManager):
    """Starts the interpreter that builds, whatever the machine has under that name."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "book_kit.running.kernel", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            name=_KERNEL,
        )


def execute_cells(
    notebook: Notebook, folder: Path, longest: int, variables: Mapping[str, str]
) -> tuple[str, str]:
    """Run the cells of a notebook in a fresh kernel; its outputs go into it.

    Parameters
    ----------
    folder
        Where they run.
    longest
        Seconds that a cell may take.
    variables
        Variables to set for the kernel besides those of this process.

    Returns
    -------
    tuple of str
        The last line of what went wrong and the whole of it; both empty where all is well.

    Raises
    ------
    SphinxError
        If the kernel does not start.
    """
    client = NotebookClient(
        notebook,
        km=_KernelOfThisBuild(kernel_name=_KERNEL, log=_SILENT),
        timeout=longest,
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,
    )
    client.owns_km = True
    try:
        client.execute(env={**os.environ, **variables})
    except CellExecutionError as error:
        return f"{error.ename}: {_first_line(error.evalue)}", str(error)
    except (CellTimeoutError, DeadKernelError) as error:
        lines = str(error).strip().splitlines()
        return lines[0] if lines else type(error).__name__, str(error)
    except (OSError, RuntimeError, LookupError) as error:  # before the first cell
        atexit.unregister(client._cleanup_kernel)  # there is nothing to clean up
        raise SphinxError(f"no kernel could be started: {_first_line(str(error))}") from error
    return _error_beside(notebook)


def _error_beside(notebook: Notebook) -> tuple[str, str]:
    """Return an error that ended no cell, such as that of a callback: its line, and all of it."""
    for cell in notebook.cells:
        if "raises-exception" in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                story = "\n".join(output.traceback)
                return f"{output.ename}: {_first_line(output.evalue)}", story
    return "", ""


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0]


def cells_in(doctree: nodes.document) -> Iterator[tuple[int, nodes.Element]]:
    """Yield the number of each cell of a page that is shown, and what shows it."""
    for element in doctree.findall(nodes.container):
        if element.get("nb_element") == "cell_code":
            yield element["cell_index"], element


def execution(env: BuildEnvironment, page: str) -> dict[str, Any]:
    """Return how the cells of a page ran: `succeeded`, `runtime`, `mtime`; empty without cells."""
    return NbMetadataCollector.get_doc_data(env)[page].get("exec_data") or {}


def report_of(outdir: Path, page: str) -> Path:
    """Return where MyST-NB leaves the story of a page whose cells failed."""
    return outdir / "reports" / f"{page}.err.log"
