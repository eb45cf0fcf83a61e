"""A page fits its window, and paper."""

from __future__ import annotations

from collections.abc import Iterator

from visits import Visit

# What sticks out and has nothing around it that scrolls.
_STICKING_OUT = """() => {
  const scrolls = it => it && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(it).overflowX)
    || scrolls(it.parentElement));
  return [...document.querySelectorAll('body *')]
    .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !scrolls(it.parentElement))
    .map(it => it.outerHTML.slice(0, 120));
}"""
_SHOWS = "it => it.checkVisibility({visibilityProperty: true}) && it.getClientRects().length > 0"


def overflow(visit: Visit) -> Iterator[str]:
    """Yield the width of a page that is wider than its window, and each element that sticks out."""
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    if width > visit.size[0]:
        yield f"the page is {width} pixels wide"
        yield from (f"sticks out: {it}" for it in visit.page.evaluate(_STICKING_OUT))


def faults_on_paper(visit: Visit) -> Iterator[str]:
    """Yield what a printed page lacks and has too much; its window is as before afterwards."""
    visit.page.emulate_media(media="print")
    if not visit.page.evaluate(f"[...document.querySelectorAll('article h1')].some({_SHOWS})"):
        yield "has no title on paper"
    buttons = f"""[...document.querySelectorAll('article button:not(.measured)')].filter({_SHOWS})
      .map(it => it.outerHTML.slice(0, 120))"""
    yield from (f"on paper: {it}" for it in visit.page.evaluate(buttons))
    visit.page.emulate_media(media="screen")
