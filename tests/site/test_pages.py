"""Each page is complete by itself, and tells nothing of the machine that built it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from built_site import ROOT, SITE, Element, Page, page_names, read

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
    return any("bd-article" in outer.classes for outer in element.inside)


def test_a_page_says_its_language_and_its_title(page: Page) -> None:
    (html,) = page.tagged("html")
    assert html.attributes.get("lang") == "en"
    titles = [element.text.strip() for element in page.tagged("title") if not element.within("svg")]
    assert len(titles) == 1
    assert titles[0]


def test_no_two_pages_have_one_title() -> None:
    titles = Counter(next(read(name).tagged("title")).text.strip() for name in page_names())
    assert [title for title, pages in titles.items() if pages > 1] == []


def test_a_page_has_one_first_heading(page: Page) -> None:
    assert [element.text.strip() for element in page.tagged("h1")] != []
    assert len(list(page.tagged("h1"))) == 1


def test_no_two_elements_of_a_page_have_one_id(page: Page) -> None:
    assert [name for name, uses in Counter(page.ids).items() if uses > 1] == []


def test_every_picture_has_words(page: Page) -> None:
    mute = [
        str(element)
        for element in page.elements
        if (element.tag == "img" and "alt" not in element.attributes)
        or (
            element.tag == "svg"
            and element.attributes.get("role") == "img"
            and not element.attributes.get("aria-label", "").strip()
        )
    ]
    assert not mute, "\n".join(mute)


def test_a_chapter_has_a_figure_for_wide_pages_and_for_narrow_ones(chapter: Page) -> None:
    figures = [e for e in chapter.tagged("figure") if "measured-figure" in e.classes]
    assert figures, "a chapter without a picture"
    for figure in figures:
        pictures = [e for e in chapter.tagged("svg") if figure in e.inside]
        assert sorted(picture.attributes.get("class", "") for picture in pictures) == [
            "narrow",
            "wide",
        ]
        assert {picture.attributes.get("role") for picture in pictures} == {"img"}
        captions = [e.text.strip() for e in chapter.tagged("figcaption") if figure in e.inside]
        assert len(captions) == 1
        assert captions[0]


def test_every_table_of_figures_scrolls_by_keyboard_and_names_its_columns(page: Page) -> None:
    for region in page.elements:
        if "measured-table" not in region.classes:
            continue
        assert region.attributes.get("role") == "region"
        assert region.attributes.get("tabindex") == "0"
        assert region.attributes.get("aria-label", "").strip()
        headings = [e for e in page.tagged("th") if region in e.inside]
        assert headings
        assert {e.attributes.get("scope") for e in headings} <= {"col", "row"}


def test_only_a_book_with_an_address_links_to_its_repository(page: Page) -> None:
    links = [
        str(element)
        for element in page.tagged("a", "link", "meta")
        if element.attributes.get("rel") == "canonical"
        or "og:url" in element.attributes.values()
        or (not in_article(element) and element.attributes.get("href", "").startswith("http"))
    ]
    if any(settings().values()):
        assert links
    else:
        assert not links, "\n".join(links)


@pytest.mark.parametrize("pattern", _WRITTEN_BY_THE_BUILD)
def test_no_file_names_a_place_of_the_machine_that_built_it(pattern: str) -> None:
    own = [str(place) + "/" for place in (ROOT, Path.home(), sys.prefix) if str(place) != "/"]
    files = list(SITE.rglob(pattern))
    assert files
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        named = [place for place in own if place in text]
        named += [match[0] for match in _HOMES.finditer(text)]
        found += [f"{path.relative_to(SITE)}: {place}" for place in named]
    assert not found, "\n".join(found)


def test_no_page_names_a_host_that_packages_come_from(page: Page) -> None:
    assert [match[0] for match in _REGISTRIES.finditer(page.html)] == []
