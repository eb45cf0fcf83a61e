"""One style sheet for every page, of those that the theme, the extensions and the book bring.

A browser shows nothing before it has all of them, and asks for each on its own.  One file comes
sooner, and compresses better.  Of sphinx-design's sheet, a quarter of all, it has the few rules
that some page has a use for.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

NAME = "_static/pages.css"
_DESIGN = "sphinx-design"
_DESIGN_CLASS = re.compile(r"\bsd-[\w-]+")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_EMPTY_MEDIA = re.compile(r"@media[^{}]+\{\s*\}")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)


def joined(sheets: dict[str, str]) -> str:
    """Return style sheets as one, in their order, each under its name and without comments.

    Raises
    ------
    ValueError
        If a sheet has a rule that is only allowed at the head of a file.
    """
    for name, text in sheets.items():
        for rule in ("@import", "@charset", "@namespace"):
            if rule in text:
                raise ValueError(
                    f"{name} has an {rule}, which cannot stand in the middle of a file"
                )
    bare = {name: _COMMENT.sub("", text).rstrip() for name, text in sheets.items()}
    return "".join(f"/* {name} */\n{text}\n" for name, text in bare.items())


def without_unused(sheet: str, used: set[str]) -> str:
    """Return sphinx-design's style sheet without the rules for classes that no page has.

    Parameters
    ----------
    sheet
        Its text, which has `@media` around rules and nothing else around them.
    used
        The classes that pages have, such as `sd-card`.
    """

    def kept(rule: re.Match[str]) -> str:
        selectors = [it for it in rule[1].split(",") if used.issuperset(_DESIGN_CLASS.findall(it))]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    return _EMPTY_MEDIA.sub("", _RULE.sub(kept, sheet))


def _own_style(app: Sphinx, config: Config) -> None:
    """Let Sphinx write every page again when a style sheet of the book has changed."""
    digest = hashlib.sha256()
    for folder in config.html_static_path:
        for path in sorted((Path(app.confdir) / folder).rglob("*.css")):
            digest.update(path.read_bytes())
    config.own_style = digest.hexdigest()


class _Sheets:
    """The style sheets of the pages that this build writes, by their paths."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def take(
        self, app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Take the sheets out of a page's context, and hand it the one that holds them all."""
        names = [str(file.filename).partition("?")[0] for file in context["css_files"]]
        self._names += [name for name in names if name not in self._names]
        context["css_files"] = []
        context["one_style"] = f"{NAME}?v={app.config.own_style[:8]}"

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the one sheet, after the theme has written its own."""
        if exception is not None or not self._names:
            return
        folder = Path(app.outdir)
        sheets = {name: (folder / name).read_text(encoding="utf-8") for name in self._names}
        pages = (page.read_text(encoding="utf-8") for page in folder.rglob("*.html"))
        used = {name for page in pages for name in _DESIGN_CLASS.findall(page)}
        for name, text in sheets.items():
            if _DESIGN in name:
                sheets[name] = without_unused(text, used)
        (folder / NAME).write_text(joined(sheets), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    sheets = _Sheets()
    app.add_config_value("own_style", "", "html", [str])
    app.connect("config-inited", _own_style, priority=900)
    app.connect("html-page-context", sheets.take, priority=950)
    app.connect("build-finished", sheets.write, priority=850)
