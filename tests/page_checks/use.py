"""What a reader does with a page, with a mouse and with a keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import TimeoutError
from visits import Visit

# A button of each kind, and a number or two with words of their own.
_POINTED_AT = """() => {
  const kinds = new Set();
  document.querySelectorAll('button').forEach(it => {
    if (kinds.has(it.className) || !it.checkVisibility({visibilityProperty: true})) return;
    kinds.add(it.className);
    it.dataset.pointedAt = 'yes';
  });
}"""


def what_pointing_does_not_show(visit: Visit) -> Iterator[str]:
    """Point at a button of each kind and at some figures; yield figures that then show nothing."""
    page = visit.page
    page.evaluate(_POINTED_AT)
    for button in page.locator("[data-pointed-at]:visible").all():
        button.hover()
    for number in page.locator("article .measured:visible").all()[:3]:
        page.mouse.move(0, 0)
        number.hover()
        try:
            page.locator("#behind-figure:popover-open").wait_for(timeout=2000)
        except TimeoutError:
            yield f"shows nothing: {number.evaluate('it => it.outerHTML.slice(0, 120)')}"
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")


def read_on(visit: Visit) -> None:
    """Search, change the theme, and go to the end of the page."""
    page = visit.page
    page.keyboard.press("Control+k")
    page.locator(".sidebar-search:visible").fill("pickle")
    page.keyboard.press("Escape")
    for _mode in ("light", "dark", "auto"):
        page.locator(".theme-toggle:visible").first.click()
    page.keyboard.press("End")
    page.wait_for_timeout(50)  # for what scrolling might ask for


def tables_out_of_reach(visit: Visit) -> Iterator[str]:
    """Yield each table that a keyboard cannot reach, or cannot scroll although it is too wide."""
    page = visit.page
    for table in page.locator(".measured-table:visible").all():  # an empty one is not shown
        focused, wide, html = table.evaluate(
            """it => {
              it.focus();
              return [it.tabIndex === 0 && it === document.activeElement,
                it.scrollWidth > it.clientWidth + 1, it.outerHTML.slice(0, 120)];
            }"""
        )
        if not focused:
            yield f"a keyboard does not reach {html}"
        elif wide:
            page.keyboard.press("ArrowRight")
            try:
                page.wait_for_function(
                    "it => it.scrollLeft > 0", arg=table.element_handle(), timeout=2000
                )
            except TimeoutError:
                yield f"a keyboard does not scroll {html}"
