"""What holds of every script: it explains itself, answers in one way, and is short."""

from __future__ import annotations

import ast
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from processes import (
    ORIGINAL_THREE,
    ROOT,
    SCRIPTS,
    Finished,
    complaint,
    help_of,
    names_in,
    script,
    small_sizes,
)

from measured import units

NAMES = sorted(SCRIPTS)
EVERY_SCRIPT = pytest.mark.parametrize("name", NAMES)
LONGEST_SCRIPT = 120  # lines


class Run(NamedTuple):
    """A run of a script with `--json`, and the folder where it was to make temporary files."""

    finished: Finished
    folder: Path

    @property
    def report(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.finished.stdout, parse_constant=refuse_constant)
        return loaded


@pytest.fixture(scope="session")
def run_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    """Return a function that runs a script with `--json` at a small size, once for all tests."""

    @cache
    def run_once(name: str) -> Run:
        folder = tmp_path_factory.mktemp(name)
        places = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))
        finished = script(name, *small_sizes(name), "--json", environment=places, cwd=folder)
        return Run(finished, folder)

    return run_once


def refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def test_the_original_three_are_there_by_their_names() -> None:
    assert set(ORIGINAL_THREE) <= set(NAMES)


@EVERY_SCRIPT
def test_a_script_can_be_read_in_one_go(name: str) -> None:
    lines = SCRIPTS[name].read_text(encoding="utf-8").splitlines()
    assert len(lines) < LONGEST_SCRIPT


@EVERY_SCRIPT
def test_a_script_begins_with_the_question_it_answers_and_how_to_run_it(name: str) -> None:
    source = SCRIPTS[name].read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    assert source.startswith('"""')
    assert "?" in docstring.split("\n\n")[0]
    assert f"python {SCRIPTS[name].relative_to(ROOT).as_posix()}" in docstring


@EVERY_SCRIPT
def test_every_function_of_a_script_says_what_it_takes_and_what_it_returns(name: str) -> None:
    tree = ast.parse(SCRIPTS[name].read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        where = f"{name}.py, line {function.lineno}: {function.name}"
        assert function.returns is not None, where
        taken = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        taken += [one for one in (function.args.vararg, function.args.kwarg) if one is not None]
        for argument in taken:
            assert argument.annotation is not None or argument.arg in {"self", "cls"}, where


@EVERY_SCRIPT
def test_a_script_knows_nothing_of_the_book(name: str) -> None:
    tree = ast.parse(SCRIPTS[name].read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    roots = {module.split(".")[0] for module in imported}
    assert not roots & {"sphinx", "docutils", "myst_nb", "IPython", "jupyter_book"}
    assert not [module for module in imported if module.split(".")[0] == "book_kit"]


@EVERY_SCRIPT
def test_help_says_what_the_script_shows(name: str) -> None:
    helped = help_of(name)
    assert helped.returncode == 0
    assert helped.stderr == ""
    assert "usage:" in helped.stdout
    assert "?" in helped.stdout
    assert "--json" in helped.stdout


@EVERY_SCRIPT
def test_an_unknown_option_is_wrong_usage_in_one_line(name: str) -> None:
    finished = script(name, "--no-such-option")
    line = complaint(finished, code=2)
    assert line.startswith(f"{name}.py: ")
    assert "--no-such-option" in line
    assert finished.stdout == ""


@EVERY_SCRIPT
def test_the_report_is_one_json_object_and_nothing_else(
    name: str, run_of: Callable[[str], Run]
) -> None:
    finished = run_of(name).finished
    assert finished.returncode == 0, finished.stderr
    report = run_of(name).report
    assert isinstance(report, dict)
    assert report["experiment"] == name
    assert {"measurements", "environment", "parameters", "unavailable"} <= set(report)


@EVERY_SCRIPT
def test_every_figure_of_the_report_has_a_value_a_unit_and_an_instrument(
    name: str, run_of: Callable[[str], Run]
) -> None:
    report = run_of(name).report
    assert report["measurements"]
    for figure, content in report["measurements"].items():
        assert set(content) == {"value", "unit", "instrument"}, figure
        assert isinstance(content["value"], int | float), figure
        assert math.isfinite(content["value"]), figure
        assert units.known(content["unit"]), figure
        assert content["instrument"].strip(), figure
    for figure, reason in report["unavailable"].items():
        assert figure not in report["measurements"]
        assert reason.strip(), figure


@EVERY_SCRIPT
def test_the_report_says_where_it_was_measured(name: str, run_of: Callable[[str], Run]) -> None:
    environment = run_of(name).report["environment"]
    for what in ("implementation", "python", "allocator", "platform", "processor"):
        assert environment[what].strip(), what


@EVERY_SCRIPT
def test_a_script_tells_its_reader_what_it_measured(
    name: str, run_of: Callable[[str], Run]
) -> None:
    told = run_of(name).finished.stderr
    assert told.strip()
    assert "Traceback" not in told
    assert "Warning" not in told


@EVERY_SCRIPT
def test_a_script_leaves_nothing_behind(name: str, run_of: Callable[[str], Run]) -> None:
    assert names_in(run_of(name).folder) == set()


SIZES = [
    (name, option)
    for name in NAMES
    for option in re.findall(
        r'(?:add_number\(arguments, |add_argument\(\s*)"(--[\w-]+)",\s*(?:type=count\b|[\d_]+)',
        SCRIPTS[name].read_text(encoding="utf-8"),
    )
]


@pytest.mark.parametrize(("name", "option"), SIZES)
def test_a_size_of_zero_is_wrong_usage(name: str, option: str) -> None:
    line = complaint(script(name, f"{option}=0"), code=2)
    assert option in line
    assert "give a number from 1" in line


@pytest.mark.skipif(os.name != "posix", reason="needs pipes that end")
def test_a_reader_who_leaves_is_no_fault() -> None:
    program = [sys.executable, str(SCRIPTS["memory-profile-me"]), "--length", "100000"]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert said == ""
    assert process.returncode == 1
