"""The search: an index of all sections, which Pagefind writes beside the pages.

The pages' script reads it in the browser.  What a reader may type who does not know the book's
words yet stands in `book/search.yml`; it is found, and is not shown.  Where there is no Pagefind
for the machine, the site has Sphinx's own search alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util import logging

from book_kit.running import progress
from book_kit.sphinx.page_scripts import keep_to
from book_kit.sphinx.sections import (
    CODE,
    HEADING,
    HIDDEN,
    PROSE,
    QUESTION,
    TABLE,
    Section,
    sections_of,
    texts_between,
)

LOGGER = logging.getLogger(__name__)
FOLDER = "pagefind"
_WORDS = "search.yml"
#: The pages' script; it fetches `search/results.js` when a field is first used.
_SCRIPT = "search.js"
#: How much a section counts for on a page that is there to look things up.
_LAST = 0.1
#: Where the pages' script finds the parts of a section (its heading with the hidden words, its
#: sentences, its tables and listings), and in these the paragraphs.
_PART, _PARAGRAPH = "<p>§</p>", "<p>¶</p>"
#: What Pagefind brings of looks and scripts that the book does without.
_SPARE = re.compile(r"pagefind-(?!entry|worker)|wasm\.unknown")


def executable() -> Path | None:
    """Return Pagefind's program, or None where there is none that runs on this machine."""
    try:
        from pagefind_bin import get_executable

        program = Path(get_executable())
        subprocess.run([program, "--version"], check=True, capture_output=True, timeout=60)
    except (ImportError, OSError, subprocess.SubprocessError):
        return None
    return program


def _look_for_program(_app: Sphinx, config: Config) -> None:
    """Take the setting back where it cannot be kept; the pages are then written without it."""
    if config.pagefind and executable() is None:
        progress.say("no Pagefind for this machine: the pages have Sphinx's own search")
        config.pagefind = False


def _say(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Tell the templates whether there is an index."""
    context["pagefind"] = app.config.pagefind


def write(app: Sphinx) -> None:
    """Write the index of all pages anew, in the place of the last one.

    Raises
    ------
    SphinxError
        If Pagefind cannot.
    """
    site = Path(app.outdir)
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    program = executable() if app.config.pagefind else None
    if program is None or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    with tempfile.TemporaryDirectory() as folder:
        _write_sections(app, Path(folder))
        _run(program, Path(folder), site / FOLDER)
    for path in (site / FOLDER).iterdir():
        if _SPARE.match(path.name):
            path.unlink()


def _write_sections(app: Sphinx, folder: Path) -> None:
    """Write each section of the book as a page of its own, for Pagefind to read."""
    settings = yaml.safe_load((Path(app.srcdir) / _WORDS).read_text(encoding="utf-8"))
    hidden: dict[str, str] = dict(settings["words"])
    for page in sorted(app.env.all_docs):
        address = app.builder.get_target_uri(page)
        html = (Path(app.outdir) / address).read_text(encoding="utf-8")
        for number, section in enumerate(sections_of(html)):
            words = hidden.pop(f"{page}#{section.anchor}", "")
            last = settings["last"]
            scale = _LAST if page in last or f"#{section.anchor}" in last else 1
            title = app.env.titles[page].astext()
            target = folder / f"{page.replace('/', '-')}-{number:03}.html"
            target.write_text(
                "".join(_as_page(section, title, address, words, scale)), encoding="utf-8"
            )
    if hidden:
        LOGGER.warning("%s names what no page has: %s", _WORDS, ", ".join(sorted(hidden)))


def _as_page(section: Section, title: str, address: str, words: str, scale: float) -> Iterator[str]:
    at = escape(f"{address}#{section.anchor}")
    yield '<!doctype html><html lang="en"><body data-pagefind-body>'
    yield f'<span data-page="{escape(title)}" data-at="{at}" '
    yield 'data-pagefind-meta="page[data-page], at[data-at]"></span>'
    yield f'<h1 data-pagefind-weight="{HEADING * scale}">{escape(section.heading)}</h1>'
    yield _paragraph(HIDDEN * scale, words)
    for low, high in ((PROSE, QUESTION), (CODE, TABLE)):
        yield _PART
        for weight, text in texts_between(section, low, high):
            yield _PARAGRAPH + _paragraph(weight * scale, text)
    yield "</body></html>"


def _paragraph(weight: float, text: str) -> str:
    return f'<p data-pagefind-weight="{weight:.3g}">{escape(text)}</p>'


def _run(program: Path, sections: Path, index: Path) -> None:
    command: list[str | Path] = [program, "--site", sections, "--output-path", index, "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise SphinxError(f"Pagefind wrote no index: {said[-1] if said else done.returncode}")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("pagefind", True, "html", [bool])
    app.connect("config-inited", _look_for_program)
    app.connect("html-page-context", _say, priority=950)
    keep_to(app, _SCRIPT, lambda app, _page: bool(app.config.pagefind))
