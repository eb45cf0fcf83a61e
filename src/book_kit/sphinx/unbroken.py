"""Code within sentences that must not end in one line and begin in the next.

What is short, such as `b = a`, stays on one line; and so does the name of an option, which a
browser would break at its hyphens.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

_LONGEST = 24  # letters that fit on a line of the smallest phone, with a word before them
_CODE = re.compile(r"<code\b([^>]*)>(.*?)</code>", re.S)
_CLASS = re.compile(r'class="')
_OPTION = re.compile(rf'<span class="pre">(?=-[^<]{{1,{_LONGEST}}}</span>)')
_TAG_OR_ENTITY = {re.compile(r"<[^>]*>"): "", re.compile(r"&\w+;|&#\w+;"): "&"}


def hold_together(body: str) -> str:
    """Return a page's HTML with a class at the code, or at the words of it, that stay together."""
    return _CODE.sub(_marked, body)


def _marked(match: re.Match[str]) -> str:
    attributes, content = match.groups()
    text = content
    for pattern, instead in _TAG_OR_ENTITY.items():
        text = pattern.sub(instead, text)
    if len(text) > _LONGEST:
        options = _OPTION.sub('<span class="pre unbroken">', content)
        return f"<code{attributes}>{options}</code>"
    if _CLASS.search(attributes):
        attributes = _CLASS.sub('class="unbroken ', attributes, count=1)
        return f"<code{attributes}>{content}</code>"
    return f'<code class="unbroken"{attributes}>{content}</code>'


def _in_page(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if "body" in context:
        context["body"] = hold_together(context["body"])


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _in_page)
