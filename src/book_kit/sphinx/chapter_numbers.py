"""Which chapter a page is, and how many there are: above its title.

Chapters are the pages of the parts that `_toc.yml` has numbered.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def numbers(env: BuildEnvironment) -> dict[str, int]:
    """Return the number of each chapter, by its page, in their order."""
    found = {page: of[""][0] for page, of in env.toc_secnumbers.items() if of.get("")}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _html(number: int, of: int) -> str:
    steps = '<i class="done"></i>' * number + "<i></i>" * (of - number)
    return (
        f'<p class="chapter-number">Chapter {number} of {of}'
        f' <span class="steps" aria-hidden="true">{steps}</span></p>\n'
    )


def _add(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    known = numbers(app.env)
    if page in known:
        context["body"] = _html(known[page], len(known)) + context["body"]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _add)
