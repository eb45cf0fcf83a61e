"""What a page fetches when it is asked for stands in a file beside the pages, and nowhere else."""

from __future__ import annotations

import re

from small_book import SmallBook

_CELL = """
```{{code-cell}}
:tags: [remove-input]
from book_kit import chapter
from book_kit.show.markup import Markup
kept = chapter._on_demand("orchard", "<p>{content}</p>", "html")
chapter._show(Markup(f'<p class="orchard" data-source="{{kept.address}}">Pears.</p>', ""))
```
"""


def source_in(page: str) -> str:
    found = re.search(r'class="orchard" data-source="([^"]+)"', page)
    assert found
    return found[1]


def test_the_page_names_the_file_and_does_not_hold_it(small_book: SmallBook) -> None:
    small_book.append("book/pears.md", _CELL.format(content="forty pears"))
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    site = small_book.folder / "_build" / "html"
    source = source_in(build.html["pears"])
    assert re.fullmatch(r"on-demand/orchard-[0-9a-f]{10}\.html", source)
    assert (site / source).read_text() == "<p>forty pears</p>"
    assert "forty pears" not in build.html["pears"]

    # Nothing has changed: the file is there still.
    assert small_book.build("--strict").code == 0
    assert (site / source).is_file()

    # Another content is another file, so that nobody sees what a browser kept; the old one goes.
    small_book.edit("book/pears.md", "forty pears", "fifty pears")
    build = small_book.build("--strict")
    assert source_in(build.html["pears"]) != source
    assert [path.read_text() for path in (site / "on-demand").iterdir()] == ["<p>fifty pears</p>"]


def test_two_pages_that_keep_one_name_are_reported(small_book: SmallBook) -> None:
    for page in ("pears", "basket"):
        small_book.append(f"book/{page}.md", _CELL.format(content=page))
    build = small_book.build("--strict")
    assert build.code != 0
    assert "orchard.html on demand is kept by" in build.said
