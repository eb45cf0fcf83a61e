"""Whatever of a build is cut short, as by a full disk, the next build mends."""

from __future__ import annotations

import pytest
from small_book import SmallBook

#: What a build leaves, by patterns below `_build`.
LEFT = {
    "doctrees of pages": ".doctrees/*.doctree",
    "the environment": ".doctrees/environment.pickle",
    "executed pages": "results/pages/*.json",
    "answers": "results/asked/*.json",
    "values": "results/values/*.json",
    "the catalog": "results/distributions.json",
}


@pytest.mark.parametrize("cut", [0, 0.5])
@pytest.mark.parametrize("what", LEFT)
def test_what_was_cut_short_is_mended_by_the_next_build(
    small_book: SmallBook, what: str, cut: float
) -> None:
    files = sorted((small_book.folder / "_build").glob(LEFT[what]))
    assert files, f"a build leaves no {what}"
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content[: int(cut * len(content))])
    build = small_book.build()
    assert build.code == 0, build.said
    assert ">23</span> pears" in build.html["index"]
    assert small_book.build().started == []
