"""A figure can be read: in both themes, on every window, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from visits import DESKTOP, Visit

from page_checks.contrast import SHAPE_CONTRAST, TEXT_CONTRAST, contrast

Figure = dict[str, Any]

SMALLEST_TEXT = 10.9  # pixels, on the smallest phone

# Each figure: its pictures that show, and every text and every drawn datum of these, with its
# color and its place.
_FIGURES = """() => [...document.querySelectorAll('.measured-figure')].map(figure => ({
  label: figure.querySelector('svg')?.getAttribute('aria-label'),
  shown: [...figure.querySelectorAll('svg')].filter(svg => svg.checkVisibility(
    {opacityProperty: true, visibilityProperty: true}) && svg.getBoundingClientRect().width > 0
  ).map(svg => {
    const place = it => {
      const {left, top, right, bottom} = it.getBoundingClientRect();
      return {left, top, right, bottom};
    };
    let behind = svg;
    while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') {
      behind = behind.parentElement;
    }
    return {
      kind: svg.getAttribute('class'),
      place: place(svg),
      background: behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)',
      texts: [...svg.querySelectorAll('text')].map(it => ({
        text: it.textContent,
        color: getComputedStyle(it).fill,
        size: parseFloat(getComputedStyle(it).fontSize) * svg.getScreenCTM().a,
        place: place(it),
      })),
      data: [...new Set([...svg.querySelectorAll('path, polyline, use, rect, circle')]
        .flatMap(it => ['fill', 'stroke'].filter(
          property => it.style[property].includes('--figure-') &&
            /--figure-[0-9]/.test(it.style[property])
        ).map(property => getComputedStyle(it)[property])))],
    };
  }),
}))"""


def figures(visit: Visit) -> list[Figure]:
    """Return each figure of a page, with what stands in its pictures that show."""
    found: list[Figure] = visit.page.evaluate(_FIGURES)
    return found


def faults(figures: list[Figure], visit: Visit) -> Iterator[str]:
    """Yield what is wrong with figures as they are seen at present."""
    for figure in figures:
        for fault in _faults(figure, "wide" if visit.size == DESKTOP else "narrow"):
            yield f"{_name(figure)}: {fault}"


def _faults(figure: Figure, kind: str) -> Iterator[str]:
    shown = [picture["kind"] for picture in figure["shown"]]
    if shown != [kind]:
        yield f"shows {shown} instead of its {kind} picture"
    for picture in figure["shown"]:
        yield from faint(picture)
        yield from words_that_cannot_be_read(picture)


def faint(picture: Figure) -> Iterator[str]:
    """Yield what does not stand out from the background of a picture."""
    behind = picture["background"]
    for text in picture["texts"]:
        if contrast(text["color"], behind) < TEXT_CONTRAST:
            yield f"{text['text']!r}, in {text['color']} on {behind}, is faint"
    if not picture["data"]:
        yield "has no data"
    for drawn in picture["data"]:
        if contrast(drawn, behind) < SHAPE_CONTRAST:
            yield f"what is drawn in {drawn} on {behind} is faint"


def words_that_cannot_be_read(picture: Figure) -> Iterator[str]:
    """Yield what is wrong with the words in a picture: cut off, too small, on top of others."""
    around = picture["place"]
    for text in picture["texts"]:
        place, words = text["place"], repr(text["text"])
        cut = max(
            *(around[side] - place[side] for side in ("left", "top")),
            *(place[side] - around[side] for side in ("right", "bottom")),
        )
        if cut > 1:
            yield f"{words} is cut off by {cut:.0f} pixels"
        if text["size"] < SMALLEST_TEXT:
            yield f"{words} is {text['size']:.1f} pixels high"
    for one, other in combinations(picture["texts"], 2):
        if overlap(one["place"], other["place"]) > 3:
            yield f"{one['text']!r} lies on {other['text']!r}"


def overlap(one: dict[str, float], other: dict[str, float]) -> float:
    """Return by how many pixels two places overlap, in the direction where they do so less."""
    return min(
        min(one["right"], other["right"]) - max(one["left"], other["left"]),
        min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]),
    )


def what_keeps_its_color(before: list[Figure], after: list[Figure]) -> Iterator[str]:
    """Yield what in the figures does not follow the theme."""
    for figure, turned in zip(before, after, strict=True):
        for one, other in zip(figure["shown"], turned["shown"], strict=True):
            kept = [
                text["text"]
                for text, now in zip(one["texts"], other["texts"], strict=True)
                if text["color"] == now["color"]
            ]
            kept += set(one["data"]) & set(other["data"])
            if one["background"] == other["background"]:
                kept.append("the background")
            if kept:
                yield f"{_name(figure)}: in both themes alike: {kept}"


def _name(figure: Figure) -> str:
    return f"figure {str(figure['label'])[:60]!r}"
