"""What the pages need from npm: whether it is here as `web/package-lock.json` has it.

A page's live cells need a CPython for browsers and an editor.  npm installs them where it can;
where it cannot, the book is built without live cells.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

#: Where npm notes what it has installed, in the form of its lock.
_NOTE = ".package-lock.json"
#: One of the packages that the tests alone need.
_OF_TESTS = "axe-core"


def lacking(web: Path) -> list[str]:
    """Return the packages that pages need and that are not installed as the lock has them.

    Parameters
    ----------
    web
        The folder of `package-lock.json`; where there is none, nothing is needed.
    """
    locked, installed = (
        _packages(web / "package-lock.json"),
        _packages(web / "node_modules" / _NOTE),
    )
    return [
        path.rpartition("node_modules/")[2]
        for path, package in locked.items()
        if path and not package.get("dev") and not _is_there(web, path, package, installed)
    ]


def _is_there(web: Path, path: str, package: dict[str, Any], installed: dict[str, Any]) -> bool:
    there = installed.get(path)
    if there is None:  # npm leaves out what is for another system
        return bool(package.get("optional"))
    return there.get("integrity") == package.get("integrity") and (web / path).is_dir()


def _packages(lock: Path) -> dict[str, Any]:
    try:
        found = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def command(web: Path) -> list[str] | None:
    """Return what has npm install what is lacking; None where there is no npm.

    Where the packages of the tests are installed, they stay.
    """
    npm = shutil.which("npm")
    if npm is None:
        return None
    everything = (web / "node_modules" / _OF_TESTS).is_dir()
    return [
        *(npm, "ci", "--silent", "--prefix", str(web)),
        *(() if everything else ("--omit=dev",)),
        *("--fetch-retries=1", "--fetch-timeout=60000"),  # a build need not wait for a dead network
    ]
