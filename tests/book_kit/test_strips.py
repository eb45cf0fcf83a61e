"""A strip takes shares, from nothing to all."""

from __future__ import annotations

import pytest

from book_kit.show.strips import strips


@pytest.mark.parametrize("share", [1.5, -0.1, 64.0, float("nan")])
def test_a_strip_takes_shares_and_nothing_else(share: float) -> None:
    with pytest.raises(ValueError, match="in use: a share goes from 0 to 1"):
        strips({"in use": [(0, 1.0), (1, share)]}, alt="Strips.", caption="In use.")


def test_more_strips_than_colors_are_refused() -> None:
    rows = {str(n): [(0, 1.0)] for n in range(6)}
    with pytest.raises(ValueError, match="6 strips, and 5 colors"):
        strips(rows, alt="Strips.", caption="Many.")
