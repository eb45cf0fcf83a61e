"""Stop a program before each of its lines, and where its functions return or yield.

From Python 3.12 on this is `sys.monitoring`, and `sys.settrace` before that.  Both stop at the same
places: the lines of the program's module and of its named functions.  Comprehensions, generator
expressions, lambdas and the bodies of classes run within a line.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CellType, CodeType, FrameType, FunctionType
from typing import Any

LINE, RETURN, YIELD, UNWIND = range(4)
#: Called at each stop, by a function whose caller is the program: what kind of stop, the number of
#: the line, and a list that holds the value on its way out, or else None.  `UNWIND` is no stop: an
#: exception ends a call, and only `sys.settrace` tells.
See = Callable[[int, int, list[object]], None]

CAN_MONITOR = hasattr(sys, "monitoring")

_TOOL = 4  # no tool of Python's own has this number
_MODULE = "<module>"


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a module and of the named functions in it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            for inner in codes_in(part):
                is_function = inner.co_flags & inspect.CO_OPTIMIZED
                if is_function and not inner.co_name.startswith("<"):
                    yield inner


def follow(code: CodeType, names: dict[str, object], see: See, settle: Callable[[], None]) -> None:
    """Run the code of a module, and stop it on its way.

    Parameters
    ----------
    names
        Its namespace.
    see
        What to do at each stop.  What it raises goes through the program.
    settle
        What to do last before the program begins.
    """
    codes = frozenset(codes_in(code))
    way = _monitored if CAN_MONITOR else _traced
    with way(codes, see):
        settle()
        exec(code, names)


@contextmanager
def _traced(codes: frozenset[CodeType], see: See) -> Iterator[None]:
    import dis

    returns = {number for name, number in dis.opmap.items() if "RETURN_" in name}
    yields = {number for name, number in dis.opmap.items() if "YIELD_" in name}
    # What is made at a stop would be counted as the program's: all of it is made here.
    operations = {code: code.co_code for code in codes}
    box: list[object] = [None]
    raised: FrameType | None = None  # where an exception was seen last, and no line since

    def trace(frame: FrameType, event: str, value: Any) -> Any:
        nonlocal raised
        code = frame.f_code
        if code not in codes:
            return None
        if event == "line":
            raised = None
            see(LINE, frame.f_lineno, box)
        elif event == "exception":
            raised = frame
        elif event == "return" and raised is frame:  # an exception is on its way, and no value
            raised = None
            see(UNWIND, frame.f_lineno, box)
        elif event == "return":
            operation = operations[code][frame.f_lasti]
            box[0] = value
            del value
            if operation in yields:
                see(YIELD, frame.f_lineno, box)
            elif operation in returns:
                see(RETURN, frame.f_lineno, box)
            box[0] = None
        return trace

    for code in codes:
        if code.co_name != _MODULE:
            _begin_once(code)
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(None)


class _Begun(Exception):
    pass


def _begin_once(code: CodeType) -> None:
    """Have a function begin under `sys.settrace`, and end before its first line.

    What Python makes for the first call that is traced is there from then on: a table of lines, a
    dictionary of names.
    """

    def stop(_frame: FrameType, event: str, _value: Any) -> Any:
        if event == "line":
            raise _Begun
        return stop

    cells = tuple(CellType() for _ in code.co_freevars)
    function = FunctionType(code, {}, closure=cells)
    arguments = [None] * (code.co_argcount + code.co_kwonlyargcount)
    names = code.co_varnames[code.co_argcount : len(arguments)]
    sys.settrace(stop)
    try:
        called = function(*arguments[: code.co_argcount], **dict.fromkeys(names))
        next(called)
    except _Begun:
        pass
    finally:
        sys.settrace(None)


@contextmanager
def _monitored(codes: frozenset[CodeType], see: See) -> Iterator[None]:
    monitoring: Any = vars(sys)["monitoring"]
    events = monitoring.events

    # A frame that is asked for becomes an object, which would be counted as the program's.
    lines = {
        code: {place: line for start, end, line in code.co_lines() for place in range(start, end)}
        for code in codes
    }

    box: list[object] = [None]

    def at_line(_code: CodeType, line: int) -> None:
        see(LINE, line, box)

    def at_return(code: CodeType, place: int, value: object) -> None:
        box[0] = value
        del value
        see(RETURN, lines[code][place] or 0, box)
        box[0] = None

    def at_yield(code: CodeType, place: int, value: object) -> None:
        box[0] = value
        del value
        see(YIELD, lines[code][place] or 0, box)
        box[0] = None

    stops = {events.LINE: at_line, events.PY_RETURN: at_return, events.PY_YIELD: at_yield}
    monitoring.use_tool_id(_TOOL, "measured.stepping")
    try:
        for event, callback in stops.items():
            monitoring.register_callback(_TOOL, event, callback)
        for code in codes:
            monitoring.set_local_events(_TOOL, code, sum(stops))
        yield
    finally:
        for code in codes:
            monitoring.set_local_events(_TOOL, code, events.NO_EVENTS)
        for event in stops:
            monitoring.register_callback(_TOOL, event, None)
        monitoring.free_tool_id(_TOOL)


def frames_of(codes: frozenset[CodeType], innermost: FrameType | None) -> list[FrameType]:
    """Return the calls of a program's functions that are under way, the outermost first."""
    found: list[FrameType] = []
    while innermost is not None:
        if innermost.f_code in codes and innermost.f_code.co_name != _MODULE:
            found.append(innermost)
        innermost = innermost.f_back
    return found[::-1]
