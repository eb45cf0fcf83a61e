"""Each figure says where it was measured, as far as that is not where most others were."""

from __future__ import annotations

import json
from typing import Any

from small_book import SmallBook

#: The page runs one script as it is and once more under another allocator, and claims of both.
CLAIMS = """
```{code-cell}
under_malloc = run("pears", repeats=1, key="malloc", environment={"PYTHONMALLOC": "malloc"})
debugged = run("pears", repeats=1, key="debug", environment={"PYTHONMALLOC": "malloc_debug"})
for name, figure in {
    "usual": pears["number"],
    "malloc": under_malloc["number"],
    "again": number("pears.malloc", under_malloc["number"]),
    "same": under_malloc["number"] - under_malloc["number"],
    "more": under_malloc["number"] / pears["number"],
    "less": pears["number"] - under_malloc["number"],
    "three": under_malloc["number"] / debugged["number"] / (pears["number"] / pears["number"]),
}.items():
    claim(f"where.{name}", "There are pears there.", figure, at_least=0, script="pears")
```
"""
#: What is claimed of one allocator, with the usual one and with another.
OF_PYMALLOC = """
```{code-cell}
other = run("pears", repeats=1, key="other", environment={"PYTHONMALLOC": "malloc"})
for name, figure in {
    "here": pears["number"],
    "elsewhere": other["number"],
    "both": pears["number"] / other["number"],
}.items():
    claim(f"needs.{name}", "It holds.", figure, exactly=0, script="pears", needs=["pymalloc"])
```
"""
MALLOC = {"allocator": "malloc", "variables": "PYTHONMALLOC=malloc"}


def published(book: SmallBook) -> dict[str, Any]:
    content = json.loads((book.folder / "_build" / "html" / "numbers.json").read_text())
    assert isinstance(content, dict)
    return content


def test_a_figure_says_what_of_its_environment_is_not_the_common_one(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/basket.md", "import claim, run", "import claim, number, run")
    small_book.append("book/basket.md", CLAIMS)
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    assert build.claims["where.more"]["runs"] == ["malloc", "basket.pears"]

    numbers = published(small_book)
    assert numbers["environment"]["allocator"] == "pymalloc"
    where = {entry["name"]: entry.get("where") for entry in numbers["figures"]}
    assert where == {
        "pears.enough": None,
        "basket.more": None,
        "where.usual": None,
        "where.malloc": MALLOC,
        "where.again": MALLOC,
        "where.same": MALLOC,
        "where.more": {
            "allocator": "malloc and pymalloc",
            "variables": "PYTHONMALLOC=malloc and none",
        },
        "where.less": {
            "allocator": "pymalloc and malloc",
            "variables": "none and PYTHONMALLOC=malloc",
        },
        "where.three": {
            "allocator": "malloc and malloc_debug and pymalloc",
            "variables": "PYTHONMALLOC=malloc and PYTHONMALLOC=malloc_debug and none",
        },
    }


def test_what_is_claimed_of_one_allocator_is_not_checked_with_another(
    small_book: SmallBook,
) -> None:
    small_book.append("book/basket.md", OF_PYMALLOC)
    claims = small_book.build().claims
    assert claims["needs.here"]["holds"] is False
    for name in ("needs.elsewhere", "needs.both"):
        assert claims[name]["holds"] is None
        assert claims[name]["values"] == []
        assert claims[name]["why_not"] == "needs pymalloc, and this Python uses malloc"
