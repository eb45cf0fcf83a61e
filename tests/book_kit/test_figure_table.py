"""A table names the figures of other pages, and says in a word what an instrument saw."""

from __future__ import annotations

import pytest
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.show.tables import Seen, table
from book_kit.sphinx.figure_table import NOT_HERE, Cell


def share(*values: float, name: str = "share") -> Measurement:
    return Measurement(name, "fraction", values, "a scale", ("weighing",))


KNOWN = {
    "size": Measurement("size", "bytes", (28.0,), "a scale"),
    "kept": share(1.0, 1.004, 1.0, name="kept"),
    "gone": share(0.0, 0.001, 0.0, name="gone"),
    "peak": share(0.999, 0.999, 1.0, name="peak"),
}


@pytest.mark.parametrize(
    ("shares", "word"),
    [
        ((1.0,), "yes"),
        ((0.95, 1.02), "yes"),
        ((0.94, 1.0), "partly"),
        ((0.5,), "partly"),
        ((0.0, 0.06), "partly"),
        ((0.0, 0.05), "no"),
        ((-0.01,), "no"),
    ],
)
def test_a_share_is_said_in_a_word_that_every_run_bears_out(
    shares: tuple[float, ...], word: str
) -> None:
    assert str(Seen(share(*shares))) == word


def test_what_is_no_share_is_not_said_in_a_word() -> None:
    with pytest.raises(ValueError, match="size is in bytes, and no share"):
        str(Seen(KNOWN["size"]))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("size", "28\N{NO-BREAK SPACE}bytes"),
        ("sees kept", "yes"),
        ("sees gone", "no"),
        ("sees kept less gone", "yes"),
        ("sees kept less peak", "no"),
        ("maybe sees kept", "yes"),
        ("maybe sees figs", NOT_HERE),
        ("maybe sees kept less figs", NOT_HERE),
    ],
)
def test_a_cell_shows_what_it_asks_for(cell: str, shown: str) -> None:
    assert str(Cell.read(cell).content(KNOWN)) == shown


@pytest.mark.parametrize("cell", ["figs", "sees figs", "sees kept less figs"])
def test_a_figure_of_nobody_is_refused_by_its_name(cell: str) -> None:
    with pytest.raises(LookupError, match="no page measures 'figs'"):
        Cell.read(cell).content(KNOWN)


def test_a_word_has_its_figure_behind_it() -> None:
    elements = Elements(table(["what", "seen"], [["memory", Seen(KNOWN["kept"])]], "Sight").html)
    (button,) = elements.attributes["button"]
    assert button["data-whole"] == "100\N{NO-BREAK SPACE}%"
    assert button["data-runs"] == "weighing"
    assert elements.attributes["td"] == [{"class": "seen yes"}]
    assert elements.attributes["th"][1] == {"scope": "col"}, "a word does not stand below numbers"
    assert elements.text == "Sightwhatseenmemoryyes"
