"""The files beside the pages: the claims, and the index that the search reads."""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any

import pytest
from built_site import SITE, page_names, read

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SITE / "claims.json").read_text(encoding="utf-8"))
    assert found
    return found


@pytest.fixture(scope="module")
def search_index() -> dict[str, Any]:
    text = (SITE / "searchindex.js").read_text(encoding="utf-8")
    match = re.fullmatch(r"Search\.setIndex\((.*)\)\s*", text, re.S)
    assert match is not None
    index: dict[str, Any] = json.loads(match[1])
    return index


def test_every_claim_stands_on_its_page(claims: list[dict[str, Any]]) -> None:
    lost = [
        f"{claim['page']}.html#claim-{claim['id']}"
        for claim in claims
        if f"claim-{claim['id']}" not in read(f"{claim['page']}.html").ids
    ]
    assert not lost, "\n".join(lost)


def test_every_claim_on_a_page_is_in_the_file(claims: list[dict[str, Any]]) -> None:
    listed = {(f"{claim['page']}.html", f"claim-{claim['id']}") for claim in claims}
    shown = {
        (name, element.attributes["id"])
        for name in page_names()
        for element in read(name).elements
        if "claim" in element.classes
    }
    assert shown == listed


def test_the_ledger_has_a_row_for_every_claim(claims: list[dict[str, Any]]) -> None:
    links = [
        element.attributes.get("href")
        for element in read("reference/claims.html").tagged("a")
        if "claim-id" in element.classes
    ]
    assert links == [
        posixpath.relpath(f"{claim['page']}.html#claim-{claim['id']}", "reference")
        for claim in claims
    ]


def test_the_search_knows_every_page(search_index: dict[str, Any]) -> None:
    known = {f"{name}.html" for name in search_index["docnames"]}
    assert known == set(page_names()) - {"genindex.html", "search.html"}


def test_the_search_knows_the_words_of_a_page(search_index: dict[str, Any]) -> None:
    number = search_index["docnames"].index("tutorial/pickle-and-flat-files")
    word = "pickl"  # the stem under which it files the word
    pages = [search_index[where].get(word, []) for where in ("terms", "titleterms")]
    assert any(number in ([it] if isinstance(it, int) else it) for it in pages)
