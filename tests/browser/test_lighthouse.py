"""Lighthouse has nothing to say against a page; how fast it is, `make bench` measures."""

from __future__ import annotations

from collections.abc import Iterator

import built_site
import pages
import pytest

pytestmark = pytest.mark.browser

CATEGORIES = ("accessibility", "best-practices", "seo")
#: The front page, a page that is written by no one, and a chapter: a report takes seconds.
SEEN = ("index.html", "search.html", "objects/what-an-object-costs.html")


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    built_site.need_site()
    if missing := pages.what_is_lacking():
        built_site.lacking(f"not installed: {missing}", remedy="install what is named")
    with pages.served(built_site.SITE) as address:
        yield address


@pytest.mark.parametrize("name", SEEN)
def test_lighthouse_finds_no_fault(name: str, host: str) -> None:
    found = pages.report(host + name, CATEGORIES)
    faults = [
        f"{category}: {audit['title']}: {audit.get('displayValue', '')}"
        for category in CATEGORIES
        for part in found["categories"][category]["auditRefs"]
        if part["weight"] and (audit := found["audits"][part["id"]])["score"] not in (1, None)
    ]
    assert not faults, "\n".join(faults)
    assert [found["categories"][category]["score"] for category in CATEGORIES] == [1, 1, 1]
