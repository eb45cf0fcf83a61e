"""A program to step through, as a page has it: its text, and its pictures for whoever asks."""

from __future__ import annotations

import html
import json
import textwrap

from book_kit.running.stepping import Recording
from book_kit.show import step_words
from book_kit.show.markup import Markup, attribute, inline
from book_kit.show.step_drawing import WIDTH, Drawn

_LONGEST_WORDS = 62  # letters in a line above a picture of a file
#: What stands in a file in the place of its style, which `book_kit.sphinx.on_demand` knows.
STYLE = "<style/>"


def element(made: Recording, pictures: str, file: str, caption: str) -> Markup:
    """Return what a page shows before its reader begins: the program.

    Parameters
    ----------
    pictures, file
        The addresses of the pictures for the page's script, and of the file with all of them.
    caption
        The sentence below.
    """
    lines = _highlighted(made.source)
    code = "".join(
        f'<span class="steps-line" data-line="{number}">{line}\n</span>'
        for number, line in enumerate(lines, start=1)
    )
    where = made.environment
    told = (
        f"Recorded on Python {where['python']}, {where['system']}, {where['allocator']}; "
        f"{where['measured']}."
    )
    return Markup(
        f'<figure class="steps" id="steps-{made.name}" data-source="{pictures}">'
        '<div class="steps-code highlight-python"><div class="highlight">'
        f"<pre>{code}</pre></div></div>"
        f'<noscript><img src="{file}" alt="{attribute(_alternative(made))}" loading="lazy">'
        f"</noscript><figcaption>{inline(caption.rstrip('.'))}. "
        f"<small>{inline(told)}</small></figcaption></figure>",
        f"[steps] {caption}\n{made.source}",
    )


def _alternative(made: Recording) -> str:
    last = len(made.steps) - 1
    return f"The program, step by step. At the end: {step_words.sentence(made.steps, last)}"


def _highlighted(source: str) -> list[str]:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    text = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return str(text).rstrip("\n").split("\n")


def as_json(made: Recording, drawn: Drawn) -> str:
    """Return the pictures as the page's script reads them."""
    return json.dumps(
        {
            "size": [WIDTH, drawn.height],
            "pieces": drawn.pieces,
            "steps": [
                {
                    "pieces": pieces,
                    "changed": changed,
                    "ran": step.state.ran,
                    "next": step.state.following,
                    "kind": step.state.kind,
                    "said": said,
                }
                for (pieces, changed), said, step in zip(
                    drawn.steps, drawn.said, made.steps, strict=True
                )
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def as_file(made: Recording, drawn: Drawn) -> str:
    """Return all pictures in one, below each other, as the text of an SVG file.

    It has a place for its style.
    """
    rows, y = [], 0.0
    for (pieces, changed), said in zip(drawn.steps, drawn.said, strict=True):
        marks = dict.fromkeys(changed, ' class="changed"')
        uses = "".join(f'<use href="#p{it}"{marks.get(it, "")}/>' for it in pieces)
        lines = textwrap.wrap(said, _LONGEST_WORDS)
        told = "".join(
            f'<text class="s" x="4" y="{16 + 15 * number}">{html.escape(line)}</text>'
            for number, line in enumerate(lines)
        )
        top = 15 * len(lines) + 12
        rows.append(
            f'<g transform="translate(0 {y:g})">{told}<g transform="translate(0 {top:g})">'
            f"{uses}</g></g>"
        )
        y += top + drawn.height + 24
    defined = "".join(f'<g id="p{number}">{it}</g>' for number, it in enumerate(drawn.pieces))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="step" width="{WIDTH:g}" height="{y:g}" '
        f'viewBox="0 0 {WIDTH:g} {y:g}"><title>{html.escape(made.name)}, step by step</title>'
        f'{STYLE}<defs>{defined}</defs><rect width="100%" height="100%" '
        f'fill="#ffffff"/>{"".join(rows)}</svg>'
    )
