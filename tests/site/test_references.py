"""Whatever a page refers to is there, within the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

import pytest
from built_site import SITE, Element, page_names, pages, read

pytestmark = pytest.mark.site

_ADDRESSES = ("action", "data", "href", "poster", "src", "srcset")
_NAMES_IDS = ("aria-controls", "aria-describedby", "aria-labelledby", "for", "headers")
#: Links to a page may lead anywhere; of the rest only this names an address without loading it.
_ONLY_NAMED = {"canonical"}
_CSS_ADDRESS = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


def addresses(element: Element) -> Iterator[str]:
    """Yield each address in the attributes of an element."""
    for name in _ADDRESSES:
        value = element.attributes.get(name)
        if value is None:
            continue
        if name == "srcset":
            yield from (part.split()[0] for part in value.split(","))
        else:
            yield value
    yield from css_addresses(" ".join(element.attributes.values()))


def css_addresses(css: str) -> list[str]:
    """Return each address in a style sheet, or in a style within a page."""
    return [quoted or plain for plain, quoted in _CSS_ADDRESS.findall(css)]


def why_broken(source: str, address: str) -> str | None:
    """Say what is wrong with a reference of the file `source` to `address`, if anything is."""
    parts = urlsplit(address)
    if parts.scheme in {"http", "https", "mailto", "data"}:
        return None
    if parts.scheme or parts.netloc:
        return "not an address that a reader can follow"
    if parts.path.startswith("/"):
        return "breaks where the site is not at the root of its host"
    return _why_missing(source, parts)


def _why_missing(source: str, parts: SplitResult) -> str | None:
    target = source
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))
    if not (SITE / target).is_file():
        return "no such file"
    if parts.fragment and target.endswith(".html"):
        anchor = unquote(parts.fragment)
        if anchor not in read(target).ids:
            return f"no such place on {target}"
    return None


def test_every_reference_leads_somewhere() -> None:
    broken = [
        f"{page.name}, {element}: {address}: {reason}"
        for page in pages()
        for element in page.elements
        for address in addresses(element)
        if (reason := why_broken(page.name, address))
    ]
    assert not broken, "\n".join(broken)


def test_every_element_that_another_one_names_is_there() -> None:
    lost = []
    for page in pages():
        ids = set(page.ids)
        lost += [
            f"{page.name}, {element}: {name}={identifier}"
            for element in page.elements
            for name in _NAMES_IDS
            for identifier in element.attributes.get(name, "").split()
            if identifier not in ids
        ]
    assert not lost, "\n".join(lost)


def loaded(element: Element) -> Iterator[str]:
    """Yield each address that a browser loads because of an element."""
    if element.tag != "a" and element.attributes.get("rel") not in _ONLY_NAMED:
        yield from addresses(element)
    if element.tag == "style":
        yield from css_addresses(element.text)


def test_nothing_is_loaded_from_another_host() -> None:
    foreign = [
        f"{page.name}, {element}: {address}"
        for page in pages()
        for element in page.elements
        for address in loaded(element)
        if urlsplit(address).netloc
    ]
    assert not foreign, "\n".join(foreign)


def test_style_sheets_load_only_files_of_the_site() -> None:
    sheets = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.css"))
    assert sheets
    broken = [
        f"{sheet}: {address}"
        for sheet in sheets
        for address in css_addresses((SITE / sheet).read_text(encoding="utf-8"))
        if urlsplit(address).netloc or why_broken(sheet, address)
    ]
    assert not broken, "\n".join(broken)


def test_links_from_the_first_page_lead_to_every_page() -> None:
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or not name.endswith(".html"):
            continue
        reached.add(name)
        waiting += [
            posixpath.normpath(posixpath.join(posixpath.dirname(name), urlsplit(link).path))
            for element in read(name).tagged("a", "form", "link")
            for link in (element.attributes.get("href") or element.attributes.get("action"),)
            if link and urlsplit(link).path and not urlsplit(link).netloc
        ]
    assert set(page_names()) <= reached
