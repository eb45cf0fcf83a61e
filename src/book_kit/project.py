"""Where the parts of the project are, found from its root.

The root is the folder of `_toc.yml`.  The build names it in MEASURED_ROOT for all that it starts;
without that variable it is the nearest such folder above the current one.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

VARIABLE = "MEASURED_ROOT"
RESULTS = "MEASURED_RESULTS"
_MARK = "_toc.yml"


def root(start: Path | None = None) -> Path:
    """Return the root of the project.

    Parameters
    ----------
    start
        A folder within the project; the one of MEASURED_ROOT, or else the current one, unless
        given.

    Raises
    ------
    LookupError
        If no folder from there upward has a `_toc.yml`.
    """
    begin = start or Path(os.environ.get(VARIABLE) or Path.cwd())
    begin = begin.resolve()
    for folder in (begin, *begin.parents):
        if (folder / _MARK).is_file():
            return folder
    raise LookupError(f"{begin} lies in no project: no folder above it has a {_MARK}")


def recorded(name: str) -> Path:
    """Return the place of a file of recorded data."""
    return root() / "book" / "recorded" / name


def results() -> Path:
    """Return the folder of what experiments reported: MEASURED_RESULTS, or one below `_build`."""
    return Path(os.environ.get(RESULTS) or root() / "_build" / "results")


def write_json(path: Path, content: Any) -> None:
    """Write a JSON file, whole or not at all, and its folder where that is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)
            file.write("\n")
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def script(name: str) -> Path:
    """Return the script of that name, in whichever folder of `scripts/` it is.

    Raises
    ------
    LookupError
        If there is none, or more than one.
    """
    folder = root() / "scripts"
    found = sorted(folder.rglob(f"{name}.py"))
    if len(found) == 1:
        return found[0]
    places = " and as ".join(path.relative_to(folder).as_posix() for path in found)
    problem = f"is there more than once, as {places}" if found else "is missing"
    raise LookupError(f"{name}.py {problem} in scripts/")


def shown(path: Path) -> str:
    """Write a path as someone at the root of the project does."""
    return path.relative_to(root()).as_posix()
