"""Where the site lives is two settings: what follows from them, and what is said without them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import pytest
from small_book import LIBRARIES, Build, SmallBook

SITE = "https://memory.example/book"
CARD_OF = re.compile(rf'<meta property="og:image" content="{SITE}/(cards/[\w/-]+\.png)">')
SAID_OF_IT = re.compile(r'<meta property="og:image:alt" content="([^"]*)">')


@pytest.fixture
def public_book(small_book: SmallBook) -> Iterator[SmallBook]:
    """Return a small book that has an address, and the library that draws its cards."""
    small_book.edit("_config.yml", 'site_url: ""', f"site_url: {SITE}")
    (small_book.folder / LIBRARIES / "matplotlib.py").unlink()
    yield small_book


def alternatives(build: Build) -> dict[str, str]:
    """Return for each page what its card shows, in words."""
    return {page: "".join(SAID_OF_IT.findall(html)) for page, html in build.html.items()}


def test_every_page_of_a_site_with_an_address_has_a_card(public_book: SmallBook) -> None:
    public_book.append("book/pears.md", "\nThere are {measured}`pears.number` of them.\n")
    public_book.append("book/basket.md", "\nApples: {measured}`apples.number`. Or pears, ")
    public_book.append("book/basket.md", "{measured}`pears.number`.\n")
    public_book.edit("book/basket.md", "\n---\n\n#", "\ncard: pears.number\n---\n\n#")
    build = public_book.build("--strict")
    assert build.code == 0, build.said
    site = public_book.folder / "_build" / "html"
    for page, html in build.html.items():
        (file,) = CARD_OF.findall(html)
        assert struct.unpack(">II", (site / file).read_bytes()[16:24]) == (1200, 630)
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        assert f'<link rel="canonical" href="{SITE}/{page}.html">' in html
        assert f'<meta property="og:url" content="{SITE}/{page}.html">' in html

    shown = alternatives(build)
    front = "A small book 23: The tests build it. Other pages counted 23 pears and 11 apples."
    assert shown["index"] == shown["search"] == front
    assert shown["pears"] == "Pears 23: There are 23 of them."
    assert shown["basket"].endswith("Or pears, 23.")
    assert shown["ledger"] == front.replace("A small book", "The ledger", 1)

    public_book.edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24")
    before = (site / "cards" / "ledger.png").read_bytes()
    assert alternatives(public_book.build())["ledger"].startswith("The ledger 24:")
    assert (site / "cards" / "ledger.png").read_bytes() != before


def test_a_card_of_a_figure_that_the_page_does_not_quote_is_a_warning(
    public_book: SmallBook,
) -> None:
    public_book.edit("book/pears.md", "\n---\n\n#", "\ncard: no.such\n---\n\n#")
    build = public_book.build("--strict")
    assert build.code == 1
    assert "the page quotes no figure 'no.such' for its card" in build.said


def test_a_build_says_once_which_addresses_are_missing(
    first_build: tuple[SmallBook, Build],
) -> None:
    book, build = first_build
    (said,) = [line for line in build.said.splitlines() if "home_url" in line]
    assert "site_url" in said
    assert not (book.folder / "_build" / "html" / "cards").exists()
    assert not any("og:image" in html or "og:url" in html for html in build.html.values())


def test_a_book_with_both_addresses_misses_none(public_book: SmallBook) -> None:
    public_book.edit("_config.yml", 'home_url: ""', "home_url: https://code.example/book")
    build = public_book.build("--strict")
    assert build.code == 0, build.said
    assert "home_url" not in build.said
    assert "site_url" not in build.said
    repository = 'href="https://code.example/book" aria-label="Repository of this book"'
    assert all(repository in html for html in build.html.values())


@pytest.mark.parametrize(("host", "edits"), [("github.com/us", True), ("code.example", False)])
def test_a_page_is_edited_where_the_theme_knows_how(
    public_book: SmallBook, host: str, edits: bool
) -> None:
    public_book.edit("_config.yml", 'home_url: ""', f"home_url: https://{host}/book")
    build = public_book.build("--strict")
    assert build.code == 0, build.said
    assert ("/edit/main/book/pears.md" in build.html["pears"]) is edits
