"""Which pages load a script.

Jupyter Book has every page load every script in `_static`, and so do extensions with theirs.  What
lies in a folder below `_static`, scripts and style sheets, is for other scripts to fetch, when a
reader asks for something.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

#: The application and a page's name; whether a script belongs to that page.
Belongs = Callable[[Sphinx, str], bool]


def keep_to(app: Sphinx, script: str, belongs: Belongs) -> None:
    """Have no page load a script but those that it belongs to.

    Parameters
    ----------
    script
        Its file name.
    belongs
        Asked for each page, when all pages are known.
    """

    def leave_out(
        app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        if not belongs(app, page):
            context["script_files"] = [
                file for file in context["script_files"] if _name(file) != script
            ]

    # Extensions add theirs at this event too.
    app.connect("html-page-context", leave_out, priority=950)


def nowhere(_app: Sphinx, _page: str) -> bool:
    """For a script that no page loads by itself."""
    return False


def _name(file: object) -> str:
    return PurePosixPath(str(getattr(file, "filename", file))).name


def _leave_folders_out(_app: Sphinx, config: Config) -> None:
    for setting in ("html_js_files", "html_css_files"):
        config[setting] = [file for file in config[setting] if "/" not in _name_of(file)]


def _name_of(file: str | tuple[str, dict[str, str]]) -> str:
    return file if isinstance(file, str) else file[0]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", _leave_folders_out, priority=700)  # before Sphinx takes them over
