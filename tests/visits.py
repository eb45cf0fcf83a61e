"""A reader's visit to a page of the book: the page in a browser, what it asked for and said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

Theme = Literal["light", "dark"]
Size = tuple[int, int]
THEMES: tuple[Theme, ...] = ("light", "dark")
#: Width and height of a desktop's window, of a phone's, and of a small phone's.
DESKTOP, PHONE, SMALL_PHONE = (1280, 900), (390, 844), (320, 568)

# Colors on their way from one theme to the other have a contrast of their own.
_STAND_STILL = """
addEventListener('DOMContentLoaded', () => document.head.insertAdjacentHTML('beforeend',
  '<style>*, ::before, ::after { transition: none !important; animation: none !important }</style>'
));
"""

# The theme looks anew for what scrolls, and lets the keyboard reach it, 300 ms after a window has
# changed its size; the frame after next comes after the page has heard of that.
_SETTLED = """() => new Promise(settled =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(settled, 350))))"""


@dataclass
class Visit:
    """A page in a browser.

    Attributes
    ----------
    page
        The browser's page.
    name
        Which page of the site it is, such as `objects/what-an-object-costs.html`.
    theme, size
        How it is seen at present.
    requests
        The address of everything that it asked for, in order.
    complaints
        Every error on its console, every uncaught exception, and every request that failed.
    """

    page: Page
    name: str
    theme: Theme
    size: Size
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", lambda it: self.complaints.append(f"failed: {it.url}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.on("console", self._listen)
        self.page.on("response", self._check)

    def __str__(self) -> str:
        return f"{self.name}, {self.theme}, {self.size[0]} pixels wide"

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _check(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def asked_since(self, number: int) -> list[str]:
        """Return what it asked for after so many requests, without the icon of its tab.

        A browser fetches the icon when it has time for it, at no moment that a page knows of.
        """
        return [url for url in self.requests[number:] if not url.endswith("/favicon.svg")]

    def unfold(self) -> None:
        """Open all that is folded."""
        self.page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")

    def resize(self, size: Size) -> None:
        """Give the window another size."""
        if size == self.size:
            return
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate(_SETTLED)
        self.size = size

    def turn(self, theme: Theme) -> None:
        """Give the page a theme, as its system would."""
        if theme == self.theme:
            return
        self.page.emulate_media(color_scheme=theme)
        self.page.wait_for_function(f"matchMedia('(prefers-color-scheme: {theme})').matches")
        self.theme = theme


def new_context(
    browser: Browser, *, theme: Theme = "light", size: Size = DESKTOP, scripts: bool = True
) -> BrowserContext:
    """Return a browser that remembers nothing yet."""
    context = browser.new_context(
        color_scheme=theme,
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(10_000)
    context.add_init_script(_STAND_STILL)
    return context


def open_page(
    context: BrowserContext,
    site: str,
    name: str,
    *,
    theme: Theme = "light",
    size: Size = DESKTOP,
    scripts: bool = True,
) -> Visit:
    """Open a page of a site in a context that was made for this theme and this window."""
    visit = Visit(context.new_page(), name, theme, size)
    visit.page.goto(site + name)
    if scripts:
        visit.page.evaluate("document.fonts.ready.then(() => null)")
    return visit
