"""Ctrl-C that waits a moment, where it would leave something half done."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def held_back() -> Iterator[None]:
    """Have Ctrl-C and a request to end take effect when this is over, and not within it.

    What is ignored stays so, and so does what ends the process without asking it.  In a thread
    that is not the main one nothing has to be held back: Python answers signals in the main one.
    """
    came: list[int] = []
    before: dict[int, Handler] = {}
    try:
        for ending in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(ending)
            if callable(handler):
                signal.signal(ending, lambda number, _frame: came.append(number))
                before[ending] = handler
    except ValueError:  # not the main thread
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came[:1]:
            before[number](number, None)
