"""A browser and a server for the tests that read the book as a reader does."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import built_site
import pages
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from visits import Visit, new_context, open_page

_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    # What the browser itself would ask of its maker, and the tests would take for the page's doing.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for argument, names in (
        ("page_name", built_site.page_names()),
        ("illustrated_name", built_site.illustrated_names()),
    ):
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, names or ["no page"])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")  # the site stands still
        super().end_headers()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    built_site.need_site()
    handler = partial(_Quiet, directory=str(built_site.SITE))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = pages.browser()
    if found is None:
        built_site.lacking(
            f"{os.environ.get('CHROMIUM') or 'Chromium'} is not installed",
            remedy="name a Chromium or Chrome in CHROMIUM",
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visit(address: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """A first visit to a page: the browser remembers nothing."""
    made: list[Visit] = []

    def first_visit(name: str, **options: Any) -> Visit:
        made.append(open_page(new_context(browser, **options), address, name, **options))
        return made[-1]

    yield first_visit
    for each in made:
        each.page.context.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """A browser that runs scripts, and one that runs none; both keep what pages share."""
    both = {scripts: new_context(browser, scripts=scripts) for scripts in (True, False)}
    yield both
    for context in both.values():
        context.close()


@pytest.fixture
def next_visit(
    address: str, contexts: dict[bool, BrowserContext]
) -> Iterator[Callable[..., Visit]]:
    """A visit in a browser that has the site's scripts and styles, and remembers nothing else.

    What it need not fetch again is among its requests, and weighs what it did.
    """
    made: list[Visit] = []

    def open_next(name: str, *, scripts: bool = True) -> Visit:
        made.append(open_page(contexts[scripts], address, name, scripts=scripts))
        return made[-1]

    yield open_next
    for each in made:
        each.page.evaluate("localStorage.clear()")
        each.page.close()
