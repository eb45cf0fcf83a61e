"""`untraced` lifts the trace while a helper runs, puts it back, and keeps the table true."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from processes import SRC, run

from measured.profiling import profile, untraced


@pytest.fixture
def restored_trace() -> Iterator[None]:
    """Give the test runner its own trace function back, whatever the test does to it."""
    before = sys.gettrace()
    yield
    sys.settrace(before)


def trace_nothing(_frame: FrameType, _event: str, _argument: object) -> None:
    """Stand for the trace function of a profiler."""


@untraced
def trace_inside() -> object:
    return sys.gettrace()


@untraced
def fail() -> None:
    raise LookupError("on purpose")


@pytest.mark.usefixtures("restored_trace")
def test_no_trace_function_is_set_inside() -> None:
    sys.settrace(trace_nothing)
    assert trace_inside() is None


@pytest.mark.usefixtures("restored_trace")
def test_the_trace_function_is_back_afterwards() -> None:
    sys.settrace(trace_nothing)
    trace_inside()
    assert sys.gettrace() is trace_nothing


@pytest.mark.usefixtures("restored_trace")
def test_the_trace_function_is_back_after_an_exception() -> None:
    sys.settrace(trace_nothing)
    with pytest.raises(LookupError, match="on purpose"):
        fail()
    assert sys.gettrace() is trace_nothing


@pytest.mark.usefixtures("restored_trace")
def test_where_nothing_was_traced_nothing_is_traced_afterwards() -> None:
    sys.settrace(None)
    trace_inside()
    assert sys.gettrace() is None


@pytest.mark.usefixtures("restored_trace")
def test_no_line_of_a_helper_is_traced_and_every_line_of_its_caller_is() -> None:
    seen: list[tuple[str, int]] = []

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            seen.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        return trace

    @untraced
    def helper() -> int:
        total = 1
        return total + 1

    def caller() -> int:
        one = helper()
        other = helper()
        return one + other

    sys.settrace(trace)
    caller()
    sys.settrace(None)
    assert [line for name, line in seen if name == "caller"] == [1, 2, 3]
    assert "helper" not in {name for name, _ in seen}


def test_a_helper_keeps_its_name_its_arguments_and_its_result() -> None:
    @untraced
    def join(*words: str, by: str) -> str:
        """Join words."""
        return by.join(words)

    assert join("a", "b", by="-") == "a-b"
    assert (join.__name__, join.__doc__) == ("join", "Join words.")


def test_profile_leaves_a_function_as_it_is_where_there_is_no_profiler() -> None:
    def function() -> None:
        """Do nothing."""

    assert not hasattr(builtins, "profile")
    assert profile(function) is function


def test_profile_is_the_profiler_s_own_decorator_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decorated: list[Callable[..., object]] = []

    def decorator(function: Callable[..., object]) -> str:
        decorated.append(function)
        return "profiled"

    def function() -> None:
        """Do nothing."""

    monkeypatch.setattr(builtins, "profile", decorator, raising=False)
    assert str(profile(function)) == "profiled"
    assert decorated == [function]


def test_the_table_of_lines_shows_what_an_untraced_helper_took(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
from measured.profiling import profile, untraced

@untraced
def take(mebibytes):
    return b"x" * (mebibytes * 2**20)

@profile
def function():
    one = take(64)
    other = take(128)
    del one
    return other

function()
"""
    )
    finished = run("-m", "memory_profiler", program, environment={"PYTHONPATH": str(SRC)})
    assert finished.returncode == 0, finished.stderr
    increments = {
        code: float(mebibytes)
        for mebibytes, code in re.findall(
            r"MiB\s+(-?[\d.]+) MiB\s+\d+\s+(\S.*\S)$", finished.stdout, re.M
        )
    }
    assert increments["one = take(64)"] == pytest.approx(64, abs=2)
    assert increments["other = take(128)"] == pytest.approx(128, abs=2)
    assert increments["del one"] == pytest.approx(-64, abs=2)
