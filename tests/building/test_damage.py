"""Whatever of a build is cut short, as by a full disk, the next build mends."""

from __future__ import annotations

from itertools import cycle
from typing import NamedTuple

from small_book import PAGES_WITH_CELLS, SmallBook


class Damage(NamedTuple):
    """What is cut short, and what runs again for it.

    Attributes
    ----------
    left
        What a build leaves, as a pattern below `_build`, and the parts that remain of its files,
        in turn.
    """

    left: dict[str, tuple[float, ...]]
    pages: list[str]
    experiments: list[str]


THREE_PAGES = ["basket", "data", "pears"]
EMPTY, HALF = 0.0, 0.5
CATALOG = "results/distributions.json"
#: One after the other.  A value is not asked for before its page runs, so both are cut together.
DAMAGES = (
    Damage(
        {"results/pages/*.json": (EMPTY, HALF), "results/values/*.json": (HALF, EMPTY)},
        THREE_PAGES,
        ["apples", "pears"],
    ),
    Damage({"results/asked/*.json": (EMPTY, HALF)}, ["basket", "pears"], ["apples", "pears"]),
    Damage({".doctrees/*.doctree": (EMPTY, HALF), CATALOG: (EMPTY,)}, [], []),
    Damage({".doctrees/environment.pickle": (EMPTY,), CATALOG: (HALF,)}, [], []),
    Damage({".doctrees/environment.pickle": (HALF,)}, [], []),
)


def cut_short(book: SmallBook, pattern: str, parts: tuple[float, ...]) -> None:
    files = sorted((book.folder / "_build").glob(pattern))
    assert len(files) >= len(parts), f"a build leaves no {pattern}"
    for path, part in zip(files, cycle(parts), strict=False):
        content = path.read_bytes()
        path.write_bytes(content[: int(part * len(content))])


def test_what_was_cut_short_is_mended_by_the_next_build(small_book: SmallBook) -> None:
    small_book.leave_out(PAGES_WITH_CELLS - set(THREE_PAGES))
    for damage in DAMAGES:
        for pattern, parts in damage.left.items():
            cut_short(small_book, pattern, parts)
        build = small_book.build()
        assert build.code == 0, (damage.left, build.said)
        # No more than that: what was cut short before has been mended.
        assert build.pages == damage.pages, damage.left
        assert build.scripts == damage.experiments, damage.left
        assert ">23</button> pears" in build.html["index"]
