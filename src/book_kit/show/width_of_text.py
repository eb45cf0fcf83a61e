"""A string's characters, each as wide as the widest of them, beside the same text as UTF-8 bytes.

The page has the drawing and the sentence for one text.  For any other, `width-of-text.js` makes
both by the same rule, from what the build measured: whoever changes `said` or `cells` here changes
them there.
"""

from __future__ import annotations

import html
import json

from book_kit.running.experiment import Result
from book_kit.show.explored import Explored
from book_kit.show.markup import attribute, inline

#: The class of the figure.
CLASS = "width-of-text"
#: The last character of each kind of string, from the narrowest on.
LAST = {"ascii": 0x7F, "latin": 0xFF, "bmp": 0xFFFF, "astral": 0x10FFFF}
DRAWN = 32  # characters
NAME = "width"


def kind_of(text: str) -> str:
    """Return which kind of string holds a text."""
    widest = max(map(ord, text), default=0)
    return next(kind for kind, last in LAST.items() if widest <= last)


class Rule:
    """What a string takes on one Python, as `width-of-a-text` measured it.

    Attributes
    ----------
    header, each
        For each kind of string the bytes that come before its characters, with the final zero,
        and the bytes of a character.
    empty, alone
        Bytes of the empty string, and of a single character of Latin-1 that is not ASCII.
    encoded
        Bytes that a `bytes` object has beside its content.
    python
        Where this is true.
    """

    def __init__(self, found: Result) -> None:
        def whole(name: str) -> int:
            return round(found[name].median)

        self.header = {kind: whole(f"{kind}.header") for kind in LAST}
        self.each = {kind: whole(f"{kind}.each") for kind in LAST}
        self.empty, self.alone, self.encoded = (whole(it) for it in ("empty", "alone", "bytes"))
        where = found.environment
        self.python = f"{where['implementation']} {where['python']}, {where['bits']} bits"

    def size(self, text: str) -> int:
        """Return what `sys.getsizeof` says of a text, in bytes."""
        kind = kind_of(text)
        if not text:
            return self.empty
        if kind == "latin" and len(text) == 1:
            return self.alone
        return self.header[kind] + self.each[kind] * len(text)

    def as_json(self) -> str:
        """Return it as the page's script reads it."""
        kinds = [[LAST[kind], self.header[kind], self.each[kind]] for kind in LAST]
        rest = {"empty": self.empty, "alone": self.alone, "encoded": self.encoded}
        return json.dumps({"kinds": kinds, **rest, "python": self.python})

    def said(self, text: str) -> str:
        """Return the sentence that tells what a text takes."""
        size, encoded = self.size(text), len(text.encode())
        as_bytes = f"As UTF-8: {self.encoded} + {encoded:,} = {self.encoded + encoded:,} bytes."
        where = f"as str on {self.python}"
        if not text:
            return f"No character: {size:,} bytes {where}. {as_bytes}"
        kind = kind_of(text)
        if kind == "latin" and len(text) == 1:
            return f"A character that exists only once: {size:,} bytes {where}. {as_bytes}"
        widest = max(text, key=ord)
        each, plural = self.each[kind], "s" if self.each[kind] > 1 else ""
        total = f"{self.header[kind]} + {len(text):,} \N{MULTIPLICATION SIGN} {each} = {size:,}"
        return (
            f"The widest of {len(text):,} is {widest} (U+{ord(widest):04X}), so that each takes "
            f"{each} byte{plural}: {total} bytes {where}. {as_bytes}"
        )


def _cells(text: str, widths: list[int]) -> str:
    """Return a box for each character, so many bytes wide; of a long text the beginning."""
    boxes = "".join(
        f'<b style="--bytes: {width}">{html.escape(letter)}</b>'
        for letter, width in zip(text[:DRAWN], widths, strict=False)
    )
    return boxes + ("…" if len(text) > DRAWN else "")


def width_of_text(found: Result, text: str, *, caption: str) -> Explored:
    """Draw a text as `str` and as UTF-8, with a field for another one.

    Parameters
    ----------
    found
        What `width-of-a-text` measured.
    text
        The text that stands on the page at first.
    caption
        The sentence below.
    """
    rule = Rule(found)
    each = rule.each[kind_of(text)]
    drawn = "".join(
        f"<dt>{name}</dt><dd>{_cells(text, widths)}</dd>"
        for name, widths in (
            ("str", [each] * len(text)),
            ("UTF-8", [len(letter.encode()) for letter in text]),
        )
    )
    said = rule.said(text)
    return Explored(
        (
            f'<div class="{CLASS}" id="{NAME}" data-rule="{attribute(rule.as_json())}">'
            f'<p class="explore-controls" data-pagefind-ignore="all">'
            f'<label for="{NAME}-text">Any text</label> '
            f'<input id="{NAME}-text" value="{attribute(text)}" autocomplete="off" '
            'spellcheck="false"></p>'
            f'<figure><dl aria-hidden="true">{drawn}</dl>'
            f"<figcaption>{inline(caption)}</figcaption></figure>"
            f'<p class="explore-said" aria-live="polite">{html.escape(said)}</p>'
        ),
        "</div>",
        f"[figure] {caption} {said}",
    )
