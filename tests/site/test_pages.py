"""Each page is complete by itself, and tells nothing of the machine that built it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from built_site import ROOT, SITE, Element, Page, chapter_names, illustrated_names, pages

pytestmark = pytest.mark.site

#: Where packages come from, for several languages; none of them has a place in the book.
_REGISTRIES = re.compile(
    r"\b(pypi|pythonhosted|npmjs|anaconda|conda-forge|unpkg|jsdelivr)\.(org|com|net)\b", re.I
)
_HOMES = re.compile(r"(?:/home/|/Users/|/root/|[A-Z]:\\Users\\)[\w.-]+|/tmp/\w[\w.-]*")
_WRITTEN_BY_THE_BUILD = ("*.html", "*.json", "*.md", "searchindex.js", "book.css")


def settings() -> dict[str, str]:
    """Return the settings of the book that say where it lives."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return {name: config["sphinx"]["config"][name] for name in ("home_url", "site_url")}


def in_article(element: Element) -> bool:
    """Say whether an element stands in the text of the page, and not around it."""
    return any(outer.tag == "article" for outer in element.inside)


def faults_of_the_head(page: Page) -> Iterator[str]:
    """Yield what is wrong with what a page says of itself: language, title, first heading."""
    if [it.attributes.get("lang") for it in page.tagged("html")] != ["en"]:
        yield "does not say that it is in English"
    titles = [it.text.strip() for it in page.tagged("title") if not it.within("svg")]
    if len(titles) != 1 or not titles[0]:
        yield f"has the titles {titles}"
    said = {
        it.attributes.get("name"): it.attributes.get("content", "") for it in page.tagged("meta")
    }
    description = said.get("description", "")
    if not 20 <= len(description) <= 210 or "<" in description:
        yield f"describes itself as {description!r}"
    policies = [it for it in page.tagged("meta") if "http-equiv" in it.attributes]
    if ["default-src 'none'" in it.attributes["content"] for it in policies] != [True]:
        yield "has no policy of what may run"
    headings = [it.text.strip() for it in page.tagged("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"has the first headings {headings}"


def mute(element: Element) -> bool:
    """Say whether an element is a picture without words."""
    if element.tag == "svg" and element.attributes.get("role") == "img":
        return not element.attributes.get("aria-label", "").strip()
    return element.tag == "img" and "alt" not in element.attributes


def faults_of_a_figure(figure: Element, page: Page) -> Iterator[str]:
    """Yield what a figure lacks: a picture for each kind of window, and its caption."""
    pictures = [it for it in page.tagged("svg") if figure in it.inside]
    kinds = sorted(it.attributes.get("class", "") for it in pictures)
    if kinds != ["narrow", "wide"]:
        yield f"{figure} has the pictures {kinds}"
    leads = any(figure in it.inside for it in page.tagged("a") if it.within("svg"))
    if {it.attributes.get("role") for it in pictures} != {"group" if leads else "img"}:
        yield f"{figure} has a picture that does not say that it is one"
    captions = [it.text.strip() for it in page.tagged("figcaption") if figure in it.inside]
    if len(captions) != 1 or not captions[0]:
        yield f"{figure} has the captions {captions}"


def faults_of_a_table(region: Element, page: Page) -> Iterator[str]:
    """Yield what a table of figures lacks for a reader with a keyboard or a screen reader."""
    if region.attributes.get("role") != "region" or region.attributes.get("tabindex") != "0":
        yield f"{region} cannot be scrolled by keyboard"
    if not region.attributes.get("aria-label", "").strip():
        yield f"{region} has no name"
    scopes = [it.attributes.get("scope") for it in page.tagged("th") if region in it.inside]
    if not scopes or not {"col", "row", "rowgroup"}.issuperset(scopes):
        yield f"{region} has headings of {scopes}"


def test_a_page_says_its_language_its_title_and_its_subject() -> None:
    faults = [f"{page.name} {fault}" for page in pages() for fault in faults_of_the_head(page)]
    assert not faults, "\n".join(faults)


def test_no_two_pages_have_one_title() -> None:
    titles = Counter(next(page.tagged("title")).text.strip() for page in pages())
    assert [title for title, times in titles.items() if times > 1] == []


def test_no_two_elements_of_a_page_have_one_id() -> None:
    twice = [
        f"{page.name}: {name}"
        for page in pages()
        for name, times in Counter(page.ids).items()
        if times > 1
    ]
    assert not twice, "\n".join(twice)


def test_every_picture_has_words() -> None:
    found = [f"{page.name}, {it}" for page in pages() for it in page.elements if mute(it)]
    assert not found, "\n".join(found)


def test_every_number_in_the_text_says_how_it_was_measured() -> None:
    numbers = [
        (page, it) for page in pages() for it in page.tagged("button") if "measured" in it.classes
    ]
    assert numbers
    mute_numbers = [
        f"{page.name}, {it}: {it.text}"
        for page, it in numbers
        if not it.attributes.get("title", "").strip()
    ]
    assert not mute_numbers, "\n".join(mute_numbers)


def test_no_line_begins_with_the_punctuation_after_a_number() -> None:
    after = re.compile(
        r'(<span class="unbroken">)?<button type="button" class="measured"[^>]*>[^<]*</button>'
        r"([.,;:!?)]*)"
    )
    found = [
        (page.name, bool(held), marks)
        for page in pages()
        for held, marks in after.findall((SITE / page.name).read_text(encoding="utf-8"))
        if marks
    ]
    assert len(found) > 50
    assert [(name, marks) for name, held, marks in found if not held] == []


def test_every_chapter_has_a_figure() -> None:
    assert chapter_names()
    with_curves = {
        page.name for page in pages() for one in page.tagged("figure") if "curves" in one.classes
    }
    assert set(chapter_names()) - set(illustrated_names()) - with_curves == set()


def test_every_figure_is_drawn_for_wide_pages_and_for_narrow_ones() -> None:
    faults = [
        f"{page.name}, {fault}"
        for page in pages()
        for figure in page.tagged("figure")
        if "measured-figure" in figure.classes
        for fault in faults_of_a_figure(figure, page)
    ]
    assert not faults, "\n".join(faults)


def test_every_table_of_figures_scrolls_by_keyboard_and_names_its_columns() -> None:
    faults = [
        f"{page.name}, {fault}"
        for page in pages()
        for region in page.elements
        if "measured-table" in region.classes
        for fault in faults_of_a_table(region, page)
    ]
    assert not faults, "\n".join(faults)


def test_only_a_book_with_an_address_links_to_its_repository() -> None:
    links = {
        page.name: [
            str(element)
            for element in page.tagged("a", "link", "meta")
            if element.attributes.get("rel") == "canonical"
            or "og:url" in element.attributes.values()
            or (not in_article(element) and element.attributes.get("href", "").startswith("http"))
        ]
        for page in pages()
    }
    has_address = any(settings().values())
    wrong = {name: found for name, found in links.items() if bool(found) != has_address}
    assert not wrong, "\n".join(f"{name}: {found}" for name, found in wrong.items())


def test_no_file_names_a_place_of_the_machine_that_built_it() -> None:
    own = [f"{place}/" for place in (ROOT, Path.home(), sys.prefix) if str(place) != "/"]
    found = []
    for pattern in _WRITTEN_BY_THE_BUILD:
        files = list(SITE.rglob(pattern))
        assert files, f"the site has no {pattern}"
        for path in files:
            text = path.read_text(encoding="utf-8")
            named = [place for place in own if place in text]
            named += [match[0] for match in _HOMES.finditer(text)]
            found += [f"{path.relative_to(SITE)}: {place}" for place in named]
    assert not found, "\n".join(found)


def test_no_page_names_a_host_that_packages_come_from() -> None:
    found = [
        f"{page.name}: {match[0]}" for page in pages() for match in _REGISTRIES.finditer(page.html)
    ]
    assert not found, "\n".join(found)
