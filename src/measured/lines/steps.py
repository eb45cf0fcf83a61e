"""Lines of a function as the steps of an experiment: nothing stands between them in its source."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import FunctionType
from typing import Any

from measured.lines.marking import Calls, mark_function

Step = Callable[[str], AbstractContextManager[object]]


def make_steps(function: Callable[..., Any], lines: Mapping[str, str], step: Step) -> None:
    """Have lines of a function be steps, each from its beginning to that of the next line.

    Parameters
    ----------
    function
        A function of Python's; from now on it does this whenever it is called.
    lines
        For each step, its name and how its line begins, in the order of the lines.
    step
        Makes what is entered before a line and left after it, from the step's name.

    Raises
    ------
    ValueError
        If there is not exactly one such line.
    measured.lines.marking.CannotMark
        If the source of the function cannot be had.
    """
    if not isinstance(function, FunctionType):
        raise ValueError(f"{function!r} is not a function of Python's")
    steps = _Steps(_names_by_line(function, lines), step)
    function.__code__ = mark_function(function, steps.calls_for_marks())


def _names_by_line(function: FunctionType, lines: Mapping[str, str]) -> dict[int, str]:
    code = function.__code__
    numbers = sorted({line for *_, line in code.co_lines() if line})
    texts = {number: linecache.getline(code.co_filename, number).strip() for number in numbers}
    names = {}
    for name, beginning in lines.items():
        found = [number for number, text in texts.items() if text.startswith(beginning)]
        if len(found) != 1:
            many = "more than one line" if found else "no line"
            raise ValueError(f"{many} of {function.__qualname__} begins with {beginning!r}")
        names[found[0]] = name
    return names


class _Steps:
    """The steps of one function, of which one at most is under way."""

    def __init__(self, names: Mapping[int, str], step: Step) -> None:
        self._names, self._step = names, step
        self._under_way: AbstractContextManager[object] | None = None

    def calls_for_marks(self) -> Calls:
        """Return what the marked function is to call."""
        return Calls(
            begin=_nothing,
            end=lambda: self._leave(*sys.exc_info()),
            tidy=_nothing,
            line=lambda line, _loops: self._begins(self._names.get(line)),
            turn=lambda _line, _loops, _counts: self._begins(None),
            suspend=_same,
            resume=_same,
            relays={"await": _same, "delegate": iter, "iterate": _same, "enter": _same},
        )

    def _begins(self, name: str | None) -> Iterator[int]:
        while True:
            self._leave(None, None, None)
            if name is not None:
                self._under_way = self._step(name)
                self._under_way.__enter__()
            yield 1

    def _leave(self, *error: Any) -> None:
        step, self._under_way = self._under_way, None
        if step is not None:
            step.__exit__(*error)


def _nothing() -> None:
    pass


def _same(value: Any) -> Any:
    return value
