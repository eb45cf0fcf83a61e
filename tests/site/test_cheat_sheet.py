"""The words of the cheat sheet are those of its figures."""

from __future__ import annotations

import sys

import pytest
from built_site import need_site, read

pytestmark = pytest.mark.site

PAGE = "reference/cheat-sheet.html"
INSTRUMENTS, KINDS_OF_MEMORY = 6, 8


def words() -> list[tuple[str, list[float]]]:
    """Return each word that says what an instrument saw, and the shares behind it."""
    need_site()
    return [
        (button.text, [float(value) for value in button.attributes["data-values"].split()])
        for button in read(PAGE).tagged("button")
        if button.inside and "seen" in button.inside[-1].classes
    ]


def test_yes_is_nearly_all_of_the_memory_and_no_nearly_none() -> None:
    found = words()
    assert {word for word, _ in found} >= {"yes", "no"}
    for word, shares in found:
        assert (word == "yes") == (min(shares) >= 0.95), (word, shares)
        assert (word == "no") == (max(shares) <= 0.05), (word, shares)


@pytest.mark.skipif(sys.platform == "win32", reason="memray has no build for Windows")
def test_every_instrument_was_asked_about_every_kind_of_memory() -> None:
    assert len(words()) == INSTRUMENTS * KINDS_OF_MEMORY
