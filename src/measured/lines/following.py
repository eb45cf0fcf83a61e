"""Follow the lines of a frame that is already running: marks would come too late for it.

From Python 3.12 on, by the events of `sys.monitoring` for the frame's code alone, which cost
nothing anywhere else.  On 3.11, by its trace function, which has Python call another one, that
declines, for every function that is called meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

End = Callable[[], None]


class CannotFollow(Exception):
    """A frame whose lines cannot be followed; the text is one line that says why."""


def follow(frame: FrameType, line_begins: Callable[[int], object]) -> End:
    """Have a function called with the number of each line that begins in a frame.

    Parameters
    ----------
    frame
        A frame of this thread.
    line_begins
        What is called; the line that is running now has begun before.

    Returns
    -------
    callable
        Called without arguments, it ends this.

    Raises
    ------
    CannotFollow
        If another tool is in the way, such as a debugger.
    """
    if sys.version_info >= (3, 12):
        return _by_events(frame, line_begins)
    return _by_tracing(frame, line_begins)


def _by_tracing(frame: FrameType, line_begins: Callable[[int], object]) -> End:
    if sys.gettrace() is not None:
        raise CannotFollow("a debugger or another tool traces this thread")

    def of_the_frame(_frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            line_begins(frame.f_lineno)
        return of_the_frame

    def end() -> None:
        if sys.gettrace() is _decline:  # and not another one, which the block has set
            sys.settrace(None)
        frame.f_trace = None

    frame.f_trace = of_the_frame
    sys.settrace(_decline)
    return end


def _decline(_frame: FrameType, _event: str, _argument: object) -> None:
    """Follow no function that is called."""


if sys.version_info >= (3, 12):
    #: The places of `sys.monitoring`, first those that no kind of tool calls its own.
    _PLACES = (4, 3, sys.monitoring.PROFILER_ID, 5, 1, 0)

    def _by_events(frame: FrameType, line_begins: Callable[[int], object]) -> End:
        events = sys.monitoring
        free = [number for number in _PLACES if events.get_tool(number) is None]
        if not free:
            raise CannotFollow("other tools hold all places of sys.monitoring")
        tool = free[0]

        def of_the_code(_code: CodeType, number: int) -> None:
            if sys._getframe(1) is frame:
                line_begins(number)

        def end() -> None:
            events.set_local_events(tool, frame.f_code, events.events.NO_EVENTS)
            events.register_callback(tool, events.events.LINE, None)
            events.free_tool_id(tool)

        events.use_tool_id(tool, "measured")
        events.register_callback(tool, events.events.LINE, of_the_code)
        events.set_local_events(tool, frame.f_code, events.events.LINE)
        return end
