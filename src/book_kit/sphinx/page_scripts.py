"""Which pages load a script or a style sheet.

Jupyter Book has every page load all of both in `_static`, and so do extensions with theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from sphinx.application import Sphinx

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


def keep_style_off(app: Sphinx, sheet: str) -> None:
    """Have no page load a style sheet by itself: a script asks for it where it is needed."""

    def leave_out(
        _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        context["css_files"] = [file for file in context["css_files"] if _name(file) != sheet]

    # Before all sheets are joined into one.
    app.connect("html-page-context", leave_out, priority=940)


def nowhere(_app: Sphinx, _page: str) -> bool:
    """For a script that no page loads by itself."""
    return False


def _name(file: object) -> str:
    path = str(getattr(file, "filename", file)).partition("?")[0]
    return PurePosixPath(path).name
