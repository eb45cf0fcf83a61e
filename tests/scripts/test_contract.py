"""What holds of every script: it explains itself, answers in one way, and is short."""

from __future__ import annotations

import ast
import math
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from processes import ORIGINAL_THREE, ROOT, SCRIPTS, complaint
from runs_of_scripts import UNKNOWN, Answers, Ran, no_offender, sizes_of

from measured import units

LONGEST_SCRIPT = 120  # lines
SOURCES = {name: path.read_text(encoding="utf-8") for name, path in SCRIPTS.items()}


def test_the_original_three_are_there_by_their_names() -> None:
    assert set(ORIGINAL_THREE) <= set(SCRIPTS)


def test_a_script_can_be_read_in_one_go() -> None:
    def faults(_name: str, source: str) -> Iterator[str]:
        if len(source.splitlines()) >= LONGEST_SCRIPT:
            yield f"has {len(source.splitlines())} lines"

    no_offender(SOURCES, faults)


def test_a_script_begins_with_the_question_it_answers_and_how_to_run_it() -> None:
    def faults(name: str, source: str) -> Iterator[str]:
        docstring = ast.get_docstring(ast.parse(source)) or ""
        if not source.startswith('"""'):
            yield "does not begin with its docstring"
        if "?" not in docstring.split("\n\n")[0]:
            yield "does not begin with a question"
        if f"python {SCRIPTS[name].relative_to(ROOT).as_posix()}" not in docstring:
            yield "does not say how to run it"

    no_offender(SOURCES, faults)


def test_every_function_of_a_script_says_what_it_takes_and_what_it_returns() -> None:
    def faults(_name: str, source: str) -> Iterator[str]:
        for function in ast.walk(ast.parse(source)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            where = f"line {function.lineno}: {function.name}"
            if function.returns is None:
                yield f"{where} does not say what it returns"
            given = function.args
            taken = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
            for one in taken:
                if one and one.annotation is None and one.arg not in {"self", "cls"}:
                    yield f"{where} does not say what {one.arg} is"

    no_offender(SOURCES, faults)


def test_a_script_knows_nothing_of_the_book() -> None:
    def faults(_name: str, source: str) -> Iterator[str]:
        modules = []
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                modules += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules.append(node.module or "")
        books = {"book_kit", "sphinx", "docutils", "myst_nb", "IPython", "jupyter_book"}
        yield from (f"imports {module}" for module in modules if module.split(".")[0] in books)

    no_offender(SOURCES, faults)


def test_help_says_what_the_script_shows(answers: dict[str, Answers]) -> None:
    def faults(_name: str, answered: Answers) -> Iterator[str]:
        helped = answered["--help"]
        if helped.code or helped.said:
            yield f"--help ends with exit code {helped.code}, and says: {helped.said}"
        yield from (
            f"no {word} in --help"
            for word in ("usage:", "?", "--json")
            if word not in helped.printed
        )

    no_offender(answers, faults)


def test_an_unknown_option_is_wrong_usage_in_one_line(answers: dict[str, Answers]) -> None:
    def faults(name: str, answered: Answers) -> Iterator[str]:
        line = complaint(answered[UNKNOWN].finished, code=2)
        if not line.startswith(f"{name}.py: ") or UNKNOWN not in line:
            yield f"says: {line}"
        if answered[UNKNOWN].printed:
            yield f"prints: {answered[UNKNOWN].printed}"

    no_offender(answers, faults)


def test_a_size_of_zero_is_wrong_usage(answers: dict[str, Answers]) -> None:
    def faults(name: str, answered: Answers) -> Iterator[str]:
        for option in sizes_of(name):
            line = complaint(answered[f"{option}=0"].finished, code=2)
            if option not in line or "give a number from 1" not in line:
                yield f"says of {option}=0: {line}"

    no_offender(answers, faults)
    assert sum(len(sizes_of(name)) for name in SCRIPTS) > 50


def test_the_report_is_one_json_object_and_nothing_else(runs: dict[str, Ran]) -> None:
    def faults(name: str, ran: Ran) -> Iterator[str]:
        if ran.code != 0:
            yield f"ends with exit code {ran.code}, and says: {ran.said}"
            return
        try:
            report = ran.report
        except ValueError as error:
            yield f"prints no JSON: {error}"
            return
        if report.get("experiment") != name:
            yield f"calls itself {report.get('experiment')}"
        promised = {"measurements", "environment", "parameters", "unavailable"}
        yield from (f"reports no {what}" for what in promised - set(report))

    no_offender(runs, faults)


@pytest.fixture
def reports(runs: dict[str, Ran]) -> dict[str, Ran]:
    """Return the runs that have a report; the test above names the others."""
    return {name: ran for name, ran in runs.items() if ran.is_report}


def test_every_figure_of_the_report_has_a_value_a_unit_and_an_instrument(
    reports: dict[str, Ran],
) -> None:
    def faults(_name: str, ran: Ran) -> Iterator[str]:
        report = ran.report
        if not report["measurements"]:
            yield "measures nothing"
        for figure, content in report["measurements"].items():
            if set(content) != {"value", "unit", "instrument"}:
                yield f"{figure} has {sorted(content)}"
                continue
            value = content["value"]
            if not isinstance(value, int | float) or not math.isfinite(value):
                yield f"{figure} is {value}"
            if not units.known(content["unit"]):
                yield f"{figure} is in {content['unit']!r}"
            if not content["instrument"].strip():
                yield f"{figure} names no instrument"
        for figure, reason in report["unavailable"].items():
            if figure in report["measurements"]:
                yield f"{figure} is measured and is not"
            if not reason.strip():
                yield f"{figure} is not measured, and no reason is given"

    no_offender(reports, faults)


def test_the_report_says_where_it_was_measured(reports: dict[str, Ran]) -> None:
    def faults(_name: str, ran: Ran) -> Iterator[str]:
        environment = ran.report["environment"]
        for what in ("implementation", "python", "allocator", "platform", "processor"):
            if not environment.get(what, "").strip():
                yield f"does not say its {what}"

    no_offender(reports, faults)


def test_a_script_tells_its_reader_what_it_measured(runs: dict[str, Ran]) -> None:
    def faults(_name: str, ran: Ran) -> Iterator[str]:
        if not ran.said.strip():
            yield "says nothing"
        yield from (f"says: {ran.said}" for word in ("Traceback", "Warning") if word in ran.said)

    no_offender(runs, faults)


def test_a_script_leaves_nothing_behind(runs: dict[str, Ran], answers: dict[str, Answers]) -> None:
    no_offender(runs, lambda _name, ran: iter(ran.left))
    no_offender(answers, lambda _name, answered: iter(answered["interrupted"].left))


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
