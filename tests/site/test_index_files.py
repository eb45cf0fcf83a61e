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


def test_no_index_of_terms_is_there_that_nothing_leads_to() -> None:
    assert "genindex.html" not in page_names()
    assert not [name for name in page_names() if "genindex" in read(name).html]


@pytest.mark.parametrize(
    ("page", "file"),
    [("reference/claims.html", "claims.json"), ("reference/your-numbers.html", "numbers.json")],
)
def test_a_file_beside_the_pages_is_linked_where_it_is_named(page: str, file: str) -> None:
    links = {link.attributes.get("href") for link in read(page).tagged("a")}
    assert f"../{file}" in links
    assert (SITE / file).is_file()


def test_each_row_of_the_ledger_has_the_name_of_its_claim(claims: list[dict[str, Any]]) -> None:
    rows = [it.attributes.get("id") for it in read("reference/claims.html").tagged("tr")]
    assert [name for name in rows if name] == [claim["id"] for claim in claims]


def test_a_claim_leads_to_itself_its_runs_its_script_and_its_row(
    claims: list[dict[str, Any]],
) -> None:
    lost = []
    for claim in claims:
        page = read(f"{claim['page']}.html")
        own = f"claim-{claim['id']}"
        links = {
            link.text: link.attributes.get("href", "")
            for link in page.tagged("a")
            if any(outer.attributes.get("id") == own for outer in link.inside)
        }
        ledger = posixpath.relpath("reference/claims.html", posixpath.dirname(page.name) or ".")
        wanted = {claim["id"]: f"#{own}", "ledger": f"{ledger}#{claim['id']}"}
        lost += [f"{own}: {name}" for name, link in wanted.items() if links.get(name) != link]
        if claim["holds"] is not None and "runs" not in links:
            lost.append(f"{own}: runs")
        shown = f'id="script-{claim["script"].replace("/", "-")}"' in page.html
        if shown and "script" not in links:
            lost.append(f"{own}: script")
    assert not lost, "\n".join(lost)


def test_a_page_has_the_definitions_of_the_terms_that_it_uses_and_no_others() -> None:
    faults = []
    for name in page_names():
        page = read(name)
        used = {
            link.attributes["href"].partition("#")[2]
            for link in page.tagged("a")
            if "reference" in link.classes and "#term-" in link.attributes["href"]
        }
        carried = [it for it in page.tagged("script") if it.attributes.get("id") == "behind-terms"]
        known = set(json.loads(carried[0].text)) if carried else set()
        if used != known:
            faults.append(f"{name}: {used ^ known}")
    assert not faults, "\n".join(faults)


def test_only_the_pages_that_need_them_load_the_scripts_of_the_ledger() -> None:
    loading = {
        script: [name for name in page_names() if f"_static/{script}" in read(name).html]
        for script in ("ledger.js", "your-numbers.js")
    }
    assert loading == {
        "ledger.js": ["reference/claims.html"],
        "your-numbers.js": ["reference/your-numbers.html"],
    }


def test_the_search_knows_every_page(search_index: dict[str, Any]) -> None:
    known = {f"{name}.html" for name in search_index["docnames"]}
    assert known == set(page_names()) - {"search.html"}


def test_the_search_knows_the_words_of_a_page(search_index: dict[str, Any]) -> None:
    number = search_index["docnames"].index("memory/pickle")
    word = "pickl"  # the stem under which it files the word
    pages = [search_index[where].get(word, []) for where in ("terms", "titleterms")]
    assert any(number in ([it] if isinstance(it, int) else it) for it in pages)
