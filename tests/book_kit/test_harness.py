"""What measured a result lies in a box beneath it; what came of it stays in sight."""

from __future__ import annotations

import pytest
from docutils import nodes

from book_kit.protocol import Run
from book_kit.sphinx.harness import _fold_cell


def a_run(script: str = "scripts/show-sizeof.py") -> Run:
    return Run("show-sizeof", f"python {script} 3", script, (), 1, 0.1, 0.1, None, {})


def cell(*tags: str) -> nodes.container:
    """Return a cell that printed something and showed a table."""
    call = nodes.literal_block("", 'run("show-sizeof", 3)')
    printed = nodes.literal_block("", "$ python …\nint 28", classes=["output", "stream"])
    shown = nodes.container("", nodes.raw("", "<table></table>", format="html"))
    return nodes.container(
        "",
        nodes.container("", call, classes=["cell_input"]),
        nodes.container("", printed, shown, classes=["cell_output"]),
        classes=["cell", *(f"tag_{tag}" for tag in tags)],
    )


def parts(folded: nodes.container) -> tuple[str, str]:
    """Return the text that stands before the box, and that within it."""
    texts = [child.astext() for child in folded]
    start = next(i for i, text in enumerate(texts) if text.startswith("<details"))
    return "\n".join(texts[:start]), "\n".join(texts[start:])


def test_call_output_and_script_are_folded_and_the_table_is_not() -> None:
    one = cell()
    _fold_cell(one, [a_run()], "../", set())
    before, within = parts(one)
    assert "<table>" in before
    assert "int 28" not in before
    for text in ("run(", "int 28", "def show_sizeof", 'href="../scripts/show-sizeof.py"'):
        assert text in within


def test_an_output_that_is_the_result_stays_in_sight() -> None:
    one = cell("show-output")
    _fold_cell(one, [a_run()], "", set())
    before, within = parts(one)
    assert "int 28" in before
    assert "int 28" not in within


def test_a_cell_that_printed_nothing_says_what_to_type() -> None:
    one = nodes.container("", classes=["cell"])
    _fold_cell(one, [a_run()], "", set())
    assert "$ python scripts/show-sizeof.py 3" in parts(one)[1]


def test_a_page_lists_a_script_once_and_links_it_each_time() -> None:
    listed: set[str] = set()
    first, second = cell(), cell()
    for one in (first, second):
        _fold_cell(one, [a_run()], "", listed)
    assert "def show_sizeof" in parts(first)[1]
    assert "def show_sizeof" not in parts(second)[1]
    assert 'href="scripts/show-sizeof.py"' in parts(second)[1]


@pytest.mark.parametrize("count", [1, 3])
def test_several_runs_of_one_script_name_it_once(count: int) -> None:
    one = nodes.container("", classes=["cell"])
    _fold_cell(one, [a_run()] * count, "", set())
    assert parts(one)[1].count("<code>show-sizeof.py</code>") == 1
