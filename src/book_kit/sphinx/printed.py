"""What an experiment printed, so that it can be read on a phone.

A terminal sets a label and its value apart by spaces, and a phone cuts the value off.  Here each
line is made of its pieces: on a wide page they stand as they were printed, on a narrow one they
wrap, and the value stays in sight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

#: What a terminal sets two pieces of a line apart with.
_GAP = re.compile(r"( {2,})")
#: From how many values on lines are rows of a table, whose columns stay below each other.
_A_TABLE = 3
_WORD, _FIGURE = re.compile(r"[a-z]+"), re.compile(r"[+\N{MINUS SIGN}]?\d")


def _is_printed(node: nodes.literal_block) -> bool:
    """Whether it is what an experiment printed, below the command that ran it."""
    return "stream" in node["classes"] and node.astext().startswith("$ ")


def printed(text: str) -> str:
    """Return the lines as HTML; their text is as it was."""
    return "".join(map(_line, text.rstrip("\n").split("\n")))


def _line(line: str) -> str:
    end = _space("\n")
    if line.startswith("$ "):
        return f'<span class="line command">{escape(line)}{end}</span>'
    words = line.lstrip(" ")
    label, *rest = _GAP.split(words)
    indent = len(line) - len(words)
    values = _values(rest)
    pieces = [f'<span class="label">{escape(" " * indent + label)}</span>']
    for gap, piece in values:
        pieces += [_space(gap), f'<span class="value">{escape(piece)}</span>']
    columns = f' style="--columns: {len(values)}"' if len(values) >= _A_TABLE else ""
    return f'<span class="line"{columns}>{"".join(pieces)}{end}</span>'


def _values(rest: Sequence[str]) -> list[tuple[str, str]]:
    """Return each piece after the label, with the gap before it; a figure stays with its word."""
    found: list[tuple[str, str]] = []
    for gap, piece in zip(rest[::2], rest[1::2], strict=True):
        if found and _WORD.fullmatch(found[-1][1]) and _FIGURE.match(piece):
            before, word = found.pop()
            found.append((before, word + gap + piece))
        else:
            found.append((gap, piece))
    return found


def _space(text: str) -> str:
    return f'<span class="gap">{text}</span>'


class MakeLines(SphinxPostTransform):
    """Make the output of every experiment on a page of its lines."""

    default_priority = 400
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Replace every output of the page."""
        for node in filter(_is_printed, list(self.document.findall(nodes.literal_block))):
            html = (
                '<div class="output stream printed"><div class="highlight"><pre>'
                f"{printed(node.astext())}</pre></div></div>"
            )
            node.replace_self(nodes.raw("", html, format="html"))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(MakeLines)
