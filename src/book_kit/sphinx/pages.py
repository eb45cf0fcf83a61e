"""Executed pages, kept by what they depended on: a page runs again if that changed, or not at all.

What a page depends on comes from the account of its kernel (`book_kit.running.kernel`): the
modules of the kit and of the project, the data that its cells opened, the versions of the
distributions that they imported, and the digests of what the store of results answered.  With
other code, another interpreter or another machine a page is another page.

    _build/results/pages/DIGEST.json    the last executions of a page with this code

A page whose cells failed is not kept, and so runs again in the next build.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sphinx.errors import SphinxError

from book_kit import project
from book_kit.running import dependence, kernel, progress, store
from book_kit.running.dependence import Inputs
from book_kit.running.store import Request
from book_kit.sphinx import notebooks
from book_kit.sphinx.notebooks import Notebook, Outcome
from measured.files import temporary_folder

_VERSION = 1
_MOST_KEPT = 4  # executions of a page


def execution_at_hand(path: Path, notebook: Notebook) -> float | None:
    """Return when the execution ended that gives a page its outputs now; None where it has to run.

    All that it depended on is as it was.
    """
    kept = _kept(_place(path, notebook))
    return None if kept is None else float(kept["finished"])


def outputs(path: Path, notebook: Notebook, longest: int) -> Outcome:
    """Return a page with its outputs, from its last execution or from a new one.

    Parameters
    ----------
    path
        Its source.
    notebook
        The page as MyST-NB reads it; it receives the outputs.
    longest
        Seconds that a cell may take.
    """
    place = _place(path, notebook)
    kept = _kept(place)
    name = _name(path)
    if kept is None:
        progress.say(f"{name} …")
        return _execute(path, place, notebook, longest)
    progress.say(f"{name}: unchanged, its outputs are at hand")
    notebooks.put_outputs(notebook, kept["outputs"])
    return Outcome(notebook, kept["seconds"], kept["finished"])


def _name(path: Path) -> str:
    return project.shown(path.resolve().with_suffix("")).removeprefix("book/")


def _execute(path: Path, place: Path, notebook: Notebook, longest: int) -> Outcome:
    name = _name(path)
    began, clock = time.time(), time.perf_counter()
    with temporary_folder("measured-page-") as folder:
        account = folder / "account.json"
        failure, story = notebooks.execute_cells(
            notebook,
            path.parent,
            longest,
            {
                project.VARIABLE: str(project.root()),
                kernel.ACCOUNT: str(account),
                kernel.LONGEST_CELL: str(longest),
                "IPYTHONDIR": str(folder / "ipython"),  # no profile of whoever builds
            },
        )
        seconds = time.perf_counter() - clock
        used = _account(account)
    if failure:
        progress.say(f"{name}: FAILED after {seconds:.1f} s: {failure}")
        return Outcome(notebook, seconds, time.time(), failure, story)
    progress.say(f"{name}: ran in {seconds:.1f} s")
    outcome = Outcome(notebook, seconds, time.time())
    if used is not None:
        _need_this_interpreter(name, used["executable"])
        _keep(place, outcome, used, began)
    return outcome


def _need_this_interpreter(page: str, executable: str) -> None:
    if os.path.realpath(executable) != os.path.realpath(sys.executable):
        raise SphinxError(f"{page}: its cells ran in {executable}, and not in {sys.executable}")


def _keep(place: Path, outcome: Outcome, used: Mapping[str, Any], began: float) -> None:
    inputs = dependence.gather(used["modules"], used["opened"], began)
    if any(_starts_python(words) for words in used["started"]):
        inputs = Inputs({**inputs.files, **_everything_that_runs()}, inputs.distributions)
    one = {
        "inputs": inputs.as_json(),
        "asked": used["asked"],
        "outputs": notebooks.outputs_of(outcome.notebook),
        "seconds": outcome.seconds,
        "finished": outcome.finished,
    }
    others = [
        other
        for other in _executions(place)
        if (other["inputs"], other["asked"]) != (one["inputs"], one["asked"])
    ]
    store.write(place, {"executions": [one, *others][:_MOST_KEPT]})


def _starts_python(words: list[str]) -> bool:
    """Whether a command that a cell started by itself may have run code of the project."""
    parts = [part.strip("'\"") for word in words for part in word.split()]
    return any(part.endswith(".py") or part == "-m" for part in parts)


def _everything_that_runs() -> dict[str, str]:
    root = project.root()
    files = [path for part in ("src", "scripts") for path in (root / part).rglob("*.py")]
    return {project.shown(path): dependence.digest(path) for path in sorted(files)}


def _kept(place: Path) -> dict[str, Any] | None:
    if os.environ.get(store.AGAIN) == "1":
        return None
    return next((one for one in _executions(place) if _holds(one)), None)


def _holds(one: Mapping[str, Any]) -> bool:
    return Inputs.from_json(one["inputs"]).hold() and all(
        store.digest_of_answer(Request.from_json(request)) == value
        for request, value in one["asked"]
    )


def _executions(place: Path) -> list[dict[str, Any]]:
    content = store.read(place)
    return content["executions"] if content else []


def _account(path: Path) -> dict[str, Any] | None:
    try:
        account: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:  # a page without a single cell
        return None
    return account


def _place(path: Path, notebook: Notebook) -> Path:
    page = [_VERSION, _name(path), notebooks.code_of(notebook), store.identity()]
    plain = json.dumps(page, sort_keys=True, default=list)
    name = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    return project.results() / "pages" / f"{name}.json"
