"""What stands between a marked coroutine or generator and what it waits for.

Marked code writes `await relay(x)` for `await x`.  Whenever `x` hands the thread to others, the
relay tells, and again when the thread is back; values, exceptions and the closing of either side
pass through as `await` and `yield from` themselves would pass them (PEP 380, PEP 492).
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from types import GeneratorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from measured.lines.recorder import Recorder


def relays(recorder: Recorder) -> Mapping[str, Callable[[Any], Any]]:
    """Return the relays, by the names that marks have for them."""

    def pass_on(inner: Any) -> Generator[Any, Any, Any]:
        """Drive an iterator as `yield from` does, and tell when it hands the thread to others."""
        give, argument = inner.send if hasattr(inner, "send") else _next(inner), None
        while True:
            try:
                handed_out = give(argument)
            except StopIteration as stop:
                return stop.value
            activation = recorder.step_out()
            try:
                argument = yield handed_out
            except GeneratorExit:
                _back(activation)
                close = getattr(inner, "close", None)
                if close is not None:
                    close()
                raise
            except BaseException as thrown:
                _back(activation)
                if not hasattr(inner, "throw"):
                    raise
                give, argument = inner.throw, thrown
            else:
                _back(activation)
                if argument is None and not hasattr(inner, "send"):
                    give = _next(inner)
                else:
                    give = inner.send

    def _back(activation: Any) -> None:
        if activation is not None:
            recorder.step_in(activation)

    class Waiting:
        def __init__(self, awaited: Any) -> None:
            self._awaited = awaited

        def __await__(self) -> Generator[Any, Any, Any]:
            return pass_on(_waiter(self._awaited))

    class Iterating:
        def __init__(self, iterable: Any) -> None:
            self._iterable = iterable

        def __aiter__(self) -> AsyncIterator[Any]:
            self._iterator = type(self._iterable).__aiter__(self._iterable)
            return self

        def __anext__(self) -> Awaitable[Any]:
            return Waiting(type(self._iterator).__anext__(self._iterator))

    class Entering:
        def __init__(self, manager: Any) -> None:
            self._manager = manager

        def __aenter__(self) -> Awaitable[Any]:
            return Waiting(type(self._manager).__aenter__(self._manager))

        def __aexit__(self, *error: Any) -> Awaitable[Any]:
            return Waiting(type(self._manager).__aexit__(self._manager, *error))

    # What Python would refuse is handed to it as it is, to be refused in its own words.

    def wait(awaited: Any) -> Any:
        return Waiting(awaited) if isinstance(awaited, _AWAITABLE) else awaited

    def delegate(inner: Any) -> Any:
        return pass_on(iter(inner)) if isinstance(inner, Iterable) else inner

    def iterate(iterable: Any) -> Any:
        return Iterating(iterable) if isinstance(iterable, AsyncIterable) else iterable

    def enter(manager: Any) -> Any:
        kind = type(manager)
        both = hasattr(kind, "__aenter__") and hasattr(kind, "__aexit__")
        return Entering(manager) if both else manager

    return {"await": wait, "delegate": delegate, "iterate": iterate, "enter": enter}


_AWAITABLE = (Awaitable, GeneratorType)


def tidy() -> None:
    """Take the relays out of the traceback of the exception that is being handled."""
    import sys

    error = sys.exc_info()[1]
    entry = error.__traceback__ if error is not None else None
    while entry is not None:
        while entry.tb_next is not None and entry.tb_next.tb_frame.f_code.co_filename == __file__:
            entry.tb_next = entry.tb_next.tb_next
        entry = entry.tb_next


def _waiter(awaited: Any) -> Any:
    """Return what drives an awaitable, as `await` finds it."""
    import inspect

    if inspect.isgenerator(awaited) or inspect.iscoroutine(awaited):
        return awaited  # a generator made awaitable by `types.coroutine`, and a coroutine
    method = getattr(type(awaited), "__await__", None)
    if method is None:
        raise TypeError(f"object {type(awaited).__name__} can't be used in 'await' expression")
    return method(awaited)


def _next(iterator: Iterator[Any]) -> Callable[[Any], Any]:
    return lambda _argument: next(iterator)
