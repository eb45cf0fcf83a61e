"""What a reader does with a page, with a mouse and with a keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import TimeoutError
from visits import Visit

# A button of each kind, and a number or two with words of their own.
_POINTED_AT = """() => {
  const kinds = new Set();
  document.querySelectorAll('button, [data-bs-toggle="tooltip"]').forEach(it => {
    const kind = [it.className, it.getAttribute('data-bs-toggle')].join();
    if (kinds.has(kind) || !it.checkVisibility({visibilityProperty: true})) return;
    kinds.add(kind);
    it.dataset.pointedAt = it.getAttribute('data-bs-toggle') || 'plain';
  });
}"""


def what_pointing_does_not_show(visit: Visit) -> Iterator[str]:
    """Point at a button of each kind; yield those with a tooltip that does not open."""
    page = visit.page
    page.evaluate(_POINTED_AT)
    for button in page.locator("[data-pointed-at]:visible").all():
        button.hover()
        if button.get_attribute("data-pointed-at") == "tooltip":
            try:
                page.locator(".tooltip.show").first.wait_for(timeout=2000)
            except TimeoutError:
                html = button.evaluate("it => it.outerHTML.slice(0, 120)")
                yield f"no tooltip opens: {html}"
    for number in page.locator(".measured:visible").all()[:3]:
        number.hover()


def read_on(visit: Visit) -> None:
    """Search, change the theme, and go to the end of the page."""
    page = visit.page
    page.keyboard.press("Control+k")
    page.locator("form.bd-search input:visible").first.fill("pickle")
    page.keyboard.press("Escape")
    for _mode in ("light", "dark", "auto"):
        page.locator(".theme-switch-button:visible").first.click()
    page.keyboard.press("End")
    page.wait_for_timeout(50)  # for what scrolling might ask for


def tables_out_of_reach(visit: Visit) -> Iterator[str]:
    """Yield each table that a keyboard cannot reach, or cannot scroll although it is too wide."""
    page = visit.page
    for table in page.locator(".measured-table").all():
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
