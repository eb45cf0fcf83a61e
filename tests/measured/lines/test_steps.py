"""Lines of a function are steps of an experiment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType

import pytest

from measured.lines.steps import make_steps


def example(length: int) -> list[int]:
    """Make, change and sum up a list."""
    x = list(range(length))
    with contextmanager(lambda: iter([None]))():
        x.append(x[-1] + 1)
    total = 0
    for number in x:
        total += number
    x.append(total)
    return x


class Steps:
    def __init__(self) -> None:
        self.seen: list[str] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.seen.append(f"{name} begins")
        try:
            yield
        except BaseException as error:
            self.seen.append(f"{name} fails: {type(error).__name__}")
            raise
        self.seen.append(f"{name} ends")


def a_copy() -> FunctionType:
    """Return a function of its own, which a test may change."""
    return FunctionType(example.__code__, globals())


def test_each_line_is_a_step_of_its_own() -> None:
    steps, function = Steps(), a_copy()
    make_steps(function, {"make": "x = list", "add": "x.append(x[-1]", "end": "return"}, steps)
    assert function(3) == [0, 1, 2, 3, 6]
    assert steps.seen == [
        *("make begins", "make ends", "add begins", "add ends"),
        *("end begins", "end ends"),
    ]


def test_a_line_that_fails_leaves_its_step_with_the_exception() -> None:
    steps, function = Steps(), a_copy()
    make_steps(function, {"make": "x = list"}, steps)
    with pytest.raises(TypeError):
        function("three")
    assert steps.seen == ["make begins", "make fails: TypeError"]


@pytest.mark.parametrize(
    ("beginning", "reason"),
    [
        ("y =", "no line of example begins with 'y ='"),
        ("x.append", "more than one line of example begins with 'x.append'"),
    ],
)
def test_exactly_one_line_begins_so(beginning: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make_steps(a_copy(), {"step": beginning}, Steps())


def test_what_is_no_function_has_no_lines() -> None:
    with pytest.raises(ValueError, match="is not a function of Python"):
        make_steps(len, {"step": "x"}, Steps())
