"""The record of interpreters is true: each one that this machine has still says the same."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from book_kit.evidence import recorded
from book_kit.recording import ask, find
from measured import probe

RECORDS = recorded.interpreters()
WANTED = {"2.7", *(f"3.{minor}" for minor in range(6, 16)), "wasm32", "PyPy"}


def _who(one: recorded.Interpreter) -> tuple[object, ...]:
    """Return what tells objects apart: the C library and the system do not."""
    return one.name, one.content["bits"], one.note


@cache
def answers() -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return what each interpreter of this machine says of sizes, by who it is."""
    said = {}
    for command in find.find():
        try:
            answer = ask.sizes(command)
        except ask.Refusal:
            continue
        said[_who(recorded.Interpreter(answer))] = answer
    return said


def test_the_record_goes_from_2_7_to_3_15_and_beyond_cpython() -> None:
    assert {one.label for one in RECORDS} >= WANTED


@pytest.mark.interpreters
@pytest.mark.parametrize("one", RECORDS, ids=lambda one: f"{one.label}-{one.name}")
def test_an_interpreter_of_this_machine_says_what_is_on_record(one: recorded.Interpreter) -> None:
    answer = answers().get(_who(one))
    if answer is None:
        pytest.skip(f"this machine has no {one.name} of {one.content['bits']} bits")
    assert answer["sizes"] == one.content["sizes"]
    # Asked more by now: a record may be older than a question.
    assert {name: answer["growth"][name] for name in one.content["growth"]} == one.content["growth"]
    assert answer["facts"] == one.content["facts"]


@pytest.mark.interpreters
def test_this_python_agrees_with_the_record_of_its_version_and_word_size() -> None:
    me = probe.identity()
    mine = [
        one
        for one in RECORDS
        if one.content["version"].split(".")[:2] == me["version"].split(".")[:2]
        and all(one.content[key] == me[key] for key in ("implementation", "bits"))
        and one.variant == recorded.Interpreter(me).variant
        and not one.note
    ]
    if not mine:
        pytest.skip(f"no record of {me['implementation']} {me['version']}, {me['bits']} bits")
    # Of other patch releases of this version a few sizes may differ (`0` did, in 3.11.2): some
    # record of the version must agree, and one of this very release whole.
    exact = [one for one in mine if one.content["version"] == me["version"]]
    sizes = probe.sizes()["sizes"]
    differences = [
        {name for name, size in one.content["sizes"].items() if sizes.get(name) != size}
        for one in exact or mine
    ]
    assert min(differences, key=len) == set()


@pytest.mark.parametrize("one", RECORDS, ids=lambda one: f"{one.label}-{one.name}")
def test_a_record_says_what_it_is_and_what_is_missing(one: recorded.Interpreter) -> None:
    content = one.content
    assert json.dumps(content)
    for key in ("implementation", "version", "platform", "build", "recorded"):
        assert content[key].strip(), key
    assert content["bits"] in (32, 64)
    assert len(content["sizes"]) >= 40 or content["cannot"]["sizes"]
    for job, steps in probe.STEPS.items():
        runs = content["behaviors"].get(job)
        assert runs or content["cannot"][job], job
        for run in runs or []:
            assert set(run) == set(steps), job
