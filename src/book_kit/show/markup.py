"""Pieces of HTML, built so that no text of an experiment can pass for markup."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Markup:
    """HTML that a page shows, with the same content as plain text."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def inline(text: str) -> str:
    """Escape a sentence for HTML; what stands in `backticks` becomes code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def attribute(text: str) -> str:
    """Escape a text for an attribute; backticks go."""
    return html.escape(text.replace("`", ""), quote=True)
