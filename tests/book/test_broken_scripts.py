"""Scripts of a chapter that measure something else: exactly the claims about it are false.

Wrong figures for every claim are in `wrong_worlds.yml`.  Here they come about in earnest: a line
of a script is another one, and the chapter is built with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from small_book import SmallBook


class Break(NamedTuple):
    """A line of a script, what stands there instead, and the claim that is false by it."""

    script: str
    line: str
    broken: str
    claim: str


BREAKS = (
    Break("two-names", "        b = a\n", "        b = list(a)\n", "names.assignment"),
    Break(
        "shallow-or-deep",
        "shallow = list(a)",
        "shallow = copy.deepcopy(a)",
        "names.shallow",
    ),
    Break(
        "ways-to-copy",
        "lambda x: [row.copy() for row in x]",
        "lambda x: [row for row in x]",
        "names.rows-apart",
    ),
    Break(
        "shared-rows",
        "return [[0] * columns] * rows",
        "return [[0] * rows for _ in range(columns)]",
        "names.rows",
    ),
    Break(
        "shared-unasked",
        'sys.intern("".join(["na", "me"]))',
        '"".join(["na", "me"])',
        "names.interned",
    ),
)


def test_a_script_that_measures_something_else_makes_its_claim_false_and_no_other(
    tmp_path: Path,
) -> None:
    book = SmallBook(tmp_path / "book")
    book.make_of_chapter("objects/names-sharing-and-copies")
    for script, line, broken, _claim in BREAKS:
        book.edit(f"scripts/objects/{script}.py", line, broken)
    build = book.build()
    assert build.code == 0, build.said
    assert len(build.claims) >= 15
    false = [name for name, entry in build.claims.items() if entry["holds"] is False]
    assert false == [one.claim for one in BREAKS]
    for one in BREAKS:
        assert one.claim in build.said
