"""A table says how each figure was measured, and no text of an experiment passes for markup."""

from __future__ import annotations

import pytest
from elements import Elements

from book_kit.evidence.quantity import Measurement
from book_kit.evidence.quoted import Figure
from book_kit.show.markup import attribute, inline
from book_kit.show.tables import Cell, table

HOSTILE = "<script>alert('1')</script> & \"more\""
MEASURED = Measurement("size", "bytes", (28.0, 28.0, 30.0), "sys.getsizeof")
QUOTED = Figure(24.0, "bytes", "the notebook")


def laid_out(*rows: list[Cell], header: tuple[str, ...] = ("value", "then", "now")) -> Elements:
    return Elements(table(header, rows, "Sizes.").html)


@pytest.mark.parametrize("place", ["header", "row name", "cell", "caption", "instrument", "source"])
def test_no_text_of_a_table_passes_for_markup(place: str) -> None:
    def put(here: str, otherwise: str) -> str:
        return HOSTILE if place == here else otherwise

    measured = Measurement("x", "bytes", (1.0,), put("instrument", "scale"))
    made = table(
        [put("header", "value"), "text", "then", "now"],
        [
            [
                put("row name", "1"),
                put("cell", "a"),
                Figure(1.0, "bytes", put("source", "")),
                measured,
            ]
        ],
        put("caption", "Sizes."),
    )
    elements = Elements(made.html)
    assert "script" not in elements.tags
    assert any(HOSTILE in text for text in [elements.text, *elements.values])


def test_a_measured_figure_carries_its_spread_and_its_instrument() -> None:
    (button,) = laid_out(["`1`", None, MEASURED]).attributes["button"]
    assert button["class"] == "measured"
    assert [float(value) for value in (button["data-values"] or "").split()] == [*MEASURED.values]
    title = button["title"] or ""
    assert "median of 3 runs" in title
    assert "28 to 30" in title
    assert "sys.getsizeof" in title


def test_a_figure_of_the_classic_tutorial_is_set_apart_and_names_its_source() -> None:
    (span,) = laid_out(["`1`", QUOTED, None]).attributes["span"]
    assert span == {"class": "quoted", "title": "the notebook"}


def test_the_first_cell_of_a_row_names_it_and_the_header_names_the_columns() -> None:
    scopes = [each.get("scope") for each in laid_out(["`1`", QUOTED, MEASURED]).attributes["th"]]
    assert scopes == ["col", "col", "col", "row"]


def test_a_table_that_scrolls_has_a_name_and_takes_the_keyboard() -> None:
    (box,) = laid_out(["`1`", QUOTED, MEASURED]).attributes["div"]
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("region", "0", "Sizes.")


def test_columns_of_figures_are_aligned_as_figures_and_columns_of_text_are_not() -> None:
    elements = laid_out(["`1`", "text", MEASURED], ["`2`", "text", None])
    assert [each.get("class") for each in elements.attributes["th"][:3]] == [None, None, "number"]
    assert [each.get("class") for each in elements.attributes["td"]] == [
        None,
        "number",
        None,
        "number",
    ]


@pytest.mark.parametrize("row", [["a"], ["a", "b"], ["a", "b", "c", "d"]])
def test_a_row_that_does_not_fit_its_header_is_refused(row: list[Cell]) -> None:
    with pytest.raises(ValueError, match="3 headings"):
        laid_out(row)


def test_an_empty_cell_is_empty() -> None:
    assert "None" not in laid_out(["a", None, None]).text


def test_a_table_reads_as_plain_text_too() -> None:
    text = table(["value", "size"], [["one", MEASURED]], "Sizes.").text
    assert text == "Sizes.\none | 28\N{NO-BREAK SPACE}bytes"


def test_backticks_become_code_and_the_code_is_escaped() -> None:
    assert inline("see `a < b` & more") == "see <code>a &lt; b</code> &amp; more"


def test_backticks_leave_an_attribute_and_quotes_cannot_end_it() -> None:
    assert attribute("""`a` "b" 'c' <d>""") == "a &quot;b&quot; &#x27;c&#x27; &lt;d&gt;"


def test_a_unit_that_a_whole_column_has_stands_in_its_head() -> None:
    elements = laid_out(["`1`", QUOTED, MEASURED], ["`2`", None, MEASURED])
    assert "then, bytes" in elements.text
    assert "28 bytes" not in elements.text
    assert {button["data-whole"] for button in elements.attributes["button"]} == {
        "28\N{NO-BREAK SPACE}bytes"
    }


@pytest.mark.parametrize("unit", ["fraction", "times", "count"])
def test_a_sign_stays_with_its_figure(unit: str) -> None:
    elements = laid_out(["a", None, Measurement("x", unit, (2.0,), "scale")])
    assert "now," not in elements.text
    assert "data-whole" not in elements.attributes["button"][0]


def test_a_column_of_several_units_has_them_in_its_cells() -> None:
    other = Measurement("x", "MiB", (2.0,), "scale")
    elements = laid_out(["a", None, MEASURED], ["b", None, other])
    assert "28\N{NO-BREAK SPACE}bytes" in elements.text
    assert "2.0\N{NO-BREAK SPACE}MiB" in elements.text
