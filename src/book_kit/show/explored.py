"""Figures to explore: a picture for each combination of some controls.

All of them are drawn by the build.  The page has one; the others, each with the sentence that
tells its figures, lie in files beside the pages, and `book/_static/explore.js` fetches a file when
a reader has touched a control.
"""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from book_kit.show.figure_data import Data
from book_kit.show.markup import Markup, attribute, inline
from book_kit.show.svg import frame_of

#: Bytes: what a file may have at most, unless one picture alone has more.
LARGEST = 60 * 1024
#: The class of a figure to explore.
CLASS = "explore"


@dataclass(frozen=True)
class Control:
    """What a reader may choose: one of several options.

    Attributes
    ----------
    name
        A word for the link that leads to a choice.
    label
        What it chooses.
    options
        For each value, which stands in that link, what a reader sees; `first` is chosen at first.
    kind
        `radio` for a few options, `select` for many, `range` for numbers that rise: their values
        are whole numbers.
    groups
        Of a `select`, the options with which a group begins, each with the group's name.
    """

    name: str
    label: str
    options: Mapping[str, str]
    first: str
    kind: str = "radio"
    groups: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in ("radio", "select", "range"):
            raise ValueError(f"{self.name}: {self.kind!r} is no kind of control")
        if self.first not in self.options:
            raise ValueError(f"{self.name}: {self.first!r} is none of its options")

    def html(self, figure: str) -> str:
        """Return it as elements of a page."""
        opening = f'class="explore-control" data-name="{attribute(self.name)}"'
        if self.kind == "range":
            place = list(self.options).index(self.first)
            values, shown = " ".join(self.options), self.options[self.first]
            own = f"{figure}-{attribute(self.name)}"
            return (
                f'<div {opening}><label for="{own}">{inline(self.label)}</label> '
                f'<input type="range" id="{own}" max="{len(self.options) - 1}" value="{place}" '
                f'data-values="{attribute(values)}" aria-valuetext="{attribute(shown)}"> '
                f"<b>{inline(shown)}</b></div>"
            )
        if self.kind == "select":
            return (
                f"<label {opening}>{inline(self.label)} <select>{self._listed()}</select></label>"
            )
        choices = "".join(
            f'<label><input type="radio" name="{figure}-{attribute(self.name)}" '
            f'value="{attribute(value)}"{" checked" if value == self.first else ""}> '
            f"{inline(shown)}</label>"
            for value, shown in self.options.items()
        )
        return f"<fieldset {opening}><legend>{inline(self.label)}</legend> {choices}</fieldset>"

    def _listed(self) -> str:
        made, open_group = "", False
        for value, shown in self.options.items():
            if value in self.groups:
                made += "</optgroup>" if open_group else ""
                made += f'<optgroup label="{attribute(self.groups[value])}">'
                open_group = True
            own = "" if value == shown else f' value="{attribute(value)}"'
            chosen = " selected" if value == self.first else ""
            made += f"<option{own}{chosen}>{html.escape(shown)}</option>"
        return made + ("</optgroup>" if open_group else "")


@dataclass(frozen=True)
class View:
    """One combination: its pictures, wide and narrow, its numbers, and the sentence that tells it.

    `alt` says in words what the pictures show; they carry it already.
    """

    pictures: str
    alt: str
    data: Data
    said: str


Draw = Callable[..., View]


@dataclass(frozen=True)
class Explored:
    """A figure to explore.

    Attributes
    ----------
    opening, closing
        The HTML before and after the places where the page names the files.
    text
        What it shows, in words.
    files
        For each file the number of the combination with which it begins, its name, and its
        content: a JSON list of the HTML of picture, sentence and table, for each combination.
    """

    opening: str
    closing: str
    text: str
    files: tuple[tuple[int, str, str], ...] = ()

    def markup(self, addresses: Sequence[str] = ()) -> Markup:
        """Return what stands on the page, with the address of each file."""
        sources = "".join(
            f'<i hidden data-first="{first}" data-source="{address}"></i>'
            for (first, _, _), address in zip(self.files, addresses, strict=True)
        )
        return Markup(f"{self.opening}{sources}{self.closing}", self.text)


def explored(name: str, controls: Sequence[Control], draw: Draw, *, caption: str) -> Explored:
    """Draw every combination, and put one of them on the page.

    Parameters
    ----------
    name
        A word that is unique in the book: the figure's anchor, and what its files are called.
    controls
        What a reader may choose.
    draw
        Called with a value of each control, by its name, for every combination.
    caption
        The sentence below the picture, true of all of them.
    """
    views = {
        values: draw(**{one.name: value for one, value in zip(controls, values, strict=True)})
        for values in itertools.product(*(one.options for one in controls))
    }
    packed = _packed([json.dumps(_parts(it, caption), ensure_ascii=False) for it in views.values()])
    files = (
        (first, f"{name}-{number}", f"[{','.join(texts)}]")
        for number, (first, texts) in enumerate(packed.items())
    )
    chosen = "".join(one.html(name) for one in controls)
    view = views[tuple(one.first for one in controls)]
    picture, said, data = _parts(view, caption)
    return Explored(
        f'<div class="{CLASS}" id="{name}">'
        f'<form class="explore-controls" data-pagefind-ignore="all">{chosen}</form>'
        f"<div>{picture}</div>"
        f'<p class="explore-said" aria-live="polite">{said}</p><div>{data}</div>',
        "</div>",
        f"[figure] {view.alt} {caption} {view.said}",
        tuple(files),
    )


def _parts(view: View, caption: str) -> tuple[str, str, str]:
    """Return the HTML of a combination: its picture, its sentence, and its table of numbers."""
    return frame_of(view.pictures, caption), inline(view.said), view.data.folded(caption)


def _packed(texts: Sequence[str]) -> dict[int, list[str]]:
    """Put texts into files that are not too large; return each under the place of its first."""
    files: dict[int, list[str]] = {}
    room = first = 0
    for place, text in enumerate(texts):
        size = len(text.encode()) + 1
        if size > room:
            first, room = place, LARGEST - 1
            files[first] = []
        files[first].append(text)
        room -= size
    return files
