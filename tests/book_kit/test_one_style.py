"""The style sheets of a page become one, in their order."""

from __future__ import annotations

import pytest

from book_kit.sphinx.one_style import joined, without_unused


def test_later_sheets_come_later_and_all_of_each_is_there() -> None:
    sheet = joined(
        {
            "_static/theme.css": "/* a\nnote */ p { color: red }\n",
            "_static/book.css": "p { color: blue }",
        }
    )
    assert sheet == (
        "/* _static/theme.css */\np { color: red }\n/* _static/book.css */\np { color: blue }\n"
    )


@pytest.mark.parametrize("rule", ['@import "more.css";', '@charset "utf-8";'])
def test_a_rule_that_must_stand_at_the_head_of_a_file_is_refused_with_its_sheet(rule: str) -> None:
    with pytest.raises(ValueError, match=r"extra\.css has an @"):
        joined({"first.css": "", "extra.css": rule})


def test_of_the_design_sheet_stays_what_a_page_has_a_use_for() -> None:
    sheet = (
        ".sd-card{color:red}.sd-badge,.sd-card .sd-row{margin:0}.sd-badge{color:blue}"
        "@media(min-width: 9px){.sd-badge{margin:1px}}@media print{.sd-card{margin:2px}}"
        "@keyframes fade{0%{opacity:0}}body.light{color:green}"
    )
    assert without_unused(sheet, {"sd-card", "sd-row"}) == (
        ".sd-card{color:red}.sd-card .sd-row{margin:0}@media print{.sd-card{margin:2px}}"
        "@keyframes fade{0%{opacity:0}}body.light{color:green}"
    )
