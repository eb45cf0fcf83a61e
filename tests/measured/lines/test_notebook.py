"""`%%measured` at the head of a cell: the table of its lines, and all else as without it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from processes import run_code

#: Runs cells in a shell, and prints for each what it displayed, printed, and raised.
SHELL = """
import io, json, sys
from contextlib import redirect_stdout
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.ast_node_interactivity = "last_expr"
shell.run_line_magic("load_ext", "measured")
for cell in json.loads(sys.argv[1] if len(sys.argv) > 1 else CELLS):
    displayed = []
    shell.display_pub.publish = lambda data, *_, **__: displayed.append(data)
    with redirect_stdout(io.StringIO()) as printed:
        result = shell.run_cell(cell, store_history=True)
    error = result.error_in_exec or result.error_before_exec
    print(json.dumps({
        "texts": [data.get("text/plain", "") for data in displayed],
        "pages": [data.get("text/html", "") for data in displayed],
        "printed": printed.getvalue(),
        "error": repr(error) if error else "",
    }))
"""


def cells(*sources: str) -> list[dict[str, Any]]:
    finished = run_code(f"CELLS = {json.dumps(json.dumps(sources))}\n{SHELL}")
    assert finished.returncode == 0, finished.stderr
    return [json.loads(line) for line in finished.stdout.splitlines()]


def test_a_cell_has_a_table_and_a_picture() -> None:
    (cell,) = cells("%%measured\nblock = bytearray(20 * 2**20)\ndel block\n")
    (text,), (page,) = cell["texts"], cell["pages"]
    made, gone = text.splitlines()[4:6]
    assert made.split()[2:5] == ["+20.0", "+20.0", "1"]
    assert gone.split()[2:5] == ["-20.0", "0.0", "1"]
    assert '<span class="bar"' in page
    assert cell["error"] == ""


def test_what_the_cell_defines_prints_and_shows_is_as_without_the_magic() -> None:
    first, second, third = cells(
        "%%measured\nx = 6\nprint('hello')\nx * 7\n", "x + _\n", "%%measured\n1 / 0\n"
    )
    assert "hello" in first["printed"]
    assert "42" in first["printed"]
    assert "48" in second["printed"]
    assert third["error"] == "ZeroDivisionError('division by zero')"
    assert "1 / 0" in third["texts"][-1]


def test_a_function_under_profile_has_a_table_of_its_own_and_the_name_goes_again() -> None:
    first, second = cells(
        "%%measured\n@profile\ndef f():\n    return bytearray(2**23)\nf();\n", "profile\n"
    )
    assert "f, called once" in first["texts"][0]
    assert "+8.0" in first["texts"][0]
    assert second["error"].startswith("NameError")


@pytest.mark.parametrize(
    ("cell", "error"), [("%%measured\nx = (\n", "SyntaxError"), ("%%measured\n", "UsageError")]
)
def test_a_cell_that_is_no_python_or_empty_is_refused_as_ever(cell: str, error: str) -> None:
    (said,) = cells(cell)
    assert said["error"].startswith(error)
    assert said["texts"] == []
