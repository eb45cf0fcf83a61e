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
# A piece of what was printed that does not end within the screen.
_OFF_THE_SCREEN = """() => [...document.querySelectorAll('.printed :is(.label, .value, .command)')]
  .filter(it => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth)
  .map(it => it.textContent)"""
# Tables that are wider than their frame, where that does not scroll or takes the first column away.
_OUT_OF_REACH = """() => [...document.querySelectorAll('.measured-table, .table-wrapper')]
  .filter(it => it.checkVisibility() && it.scrollWidth > it.clientWidth + 1)
  .filter(it => {
    const first = it.querySelector('tbody tr > :first-child');
    const before = first.getBoundingClientRect().left;
    it.scrollLeft = it.scrollWidth;
    const away = it.scrollLeft === 0 || first.getBoundingClientRect().left < before - 1;
    it.scrollLeft = 0;
    return away;
  })
  .map(it => it.outerHTML.slice(0, 150))"""
_SCROLLS_ON_PAPER = """() => [...document.querySelectorAll(
    'article pre, article div.highlight, .measured-table, .table-wrapper')]
  .filter(it => it.checkVisibility() && getComputedStyle(it).overflowX !== 'visible')
  .map(it => it.outerHTML.slice(0, 150))"""
_SHOWS = "it => it.checkVisibility({visibilityProperty: true}) && it.getClientRects().length > 0"


def overflow(visit: Visit) -> Iterator[str]:
    """Yield the width of a page that is wider than its window, and each element that sticks out."""
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    if width > visit.size[0]:
        yield f"the page is {width} pixels wide"
        yield from (f"sticks out: {it}" for it in visit.page.evaluate(_STICKING_OUT))


def what_a_phone_hides(visit: Visit) -> Iterator[str]:
    """Yield each piece of what was printed that is off the screen, and tables out of reach."""
    yield from (f"off the screen: {it}" for it in visit.page.evaluate(_OFF_THE_SCREEN))
    yield from (f"out of reach: {it}" for it in visit.page.evaluate(_OUT_OF_REACH))


def faults_on_paper(visit: Visit) -> Iterator[str]:
    """Yield what a printed page lacks and has too much; its window is as before afterwards."""
    visit.page.emulate_media(media="print")
    if not visit.page.evaluate(f"[...document.querySelectorAll('article h1')].some({_SHOWS})"):
        yield "has no title on paper"
    buttons = f"""[...document.querySelectorAll('article button:not(.measured)')].filter({_SHOWS})
      .map(it => it.outerHTML.slice(0, 120))"""
    yield from (f"on paper: {it}" for it in visit.page.evaluate(buttons))
    if visit.page.locator(".skip-to-content").is_visible():
        yield "on paper a link covers the text"
    yield from (f"cut on paper: {it}" for it in visit.page.evaluate(_SCROLLS_ON_PAPER))
    visit.page.emulate_media(media="screen")
