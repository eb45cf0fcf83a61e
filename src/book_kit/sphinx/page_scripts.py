"""Which scripts a page loads.

Jupyter Book has every page load every script in `_static`, and so do extensions with theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any


def leave_out(context: dict[str, Any], names: Iterable[str]) -> None:
    """Have a page not load some scripts.

    Parameters
    ----------
    context
        What the template of the page receives.
    names
        The scripts' file names.
    """
    unwanted = {*names}
    context["script_files"] = [
        file for file in context["script_files"] if _name(file) not in unwanted
    ]


def _name(file: object) -> str:
    return PurePosixPath(str(getattr(file, "filename", file))).name
