"""A limit to how far a step of a program may raise memory: for tests."""

from __future__ import annotations

import contextlib
import inspect
import math
import sys
from _thread import get_ident
from collections.abc import Callable
from functools import wraps
from types import FrameType, FunctionType, TracebackType
from typing import Any, TypeVar

from measured.memory import Step, watch

F = TypeVar("F", bound=Callable[..., Any])


class budget:
    """Fail if a step takes more memory than it may.

    Parameters
    ----------
    mib
        How far resident memory may rise above where the step began, in MiB.

    Raises
    ------
    AssertionError
        As the step ends, if memory rose higher; its text has the figures, and the table of the
        lines of the block or the function.  Where the step itself fails, that exception passes.
    ValueError
        If `mib` is not a number above zero.
    TypeError
        If it decorates what is neither a function nor a coroutine function: a generator's work is
        done by whoever runs it.

    Notes
    -----
    A function that is decorated runs nearly as fast as it does alone.  The lines of a block are
    followed by `sys.monitoring` or, on 3.11, by tracing: a loop of very short turns in it becomes
    ten to twenty times slower.

    Examples
    --------
    >>> with budget(40) as step:
    ...     squares = [n * n for n in range(10_000)]
    >>> step.peak < 40
    True

    >>> @budget(40)
    ... def load():
    ...     return [n * n for n in range(10_000)]
    >>> len(load())
    10000
    """

    def __init__(self, mib: float) -> None:
        if isinstance(mib, bool) or not isinstance(mib, int | float) or not 0 < mib < math.inf:
            raise ValueError(f"a budget is a number of MiB above zero, not {mib!r}")
        self.mib = mib
        self._blocks: dict[int, list[_Block]] = {}  # those under way, by thread

    def __enter__(self) -> Step:
        block = _Block(_frame_of_the_block(sys._getframe(1)))
        self._blocks.setdefault(get_ident(), []).append(block)
        return block.step

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        block = self._blocks[get_ident()].pop()
        table = block.end()
        if error is None:
            self.check(block.step, table)

    def check(self, step: Step, table: object = "") -> None:
        """Raise AssertionError if a step went over."""
        if step.peak > self.mib:
            raise AssertionError(
                f"memory rose by {step.peak:,.1f} MiB, and may rise by {self.mib:,g} MiB;"
                f" {step.retained:,.1f} MiB stayed ({step.peak_instrument})"
                + (f"\n\n{table}" if table else "")
            )

    def __call__(self, function: F) -> F:
        """Have each call of a function stay within the budget."""
        if not isinstance(function, FunctionType) or _is_generator(function):
            raise TypeError(
                f"a budget is for a function, a coroutine function or a block, not for {function!r}"
            )
        from measured.lines.profiler import Profiler

        reasons: list[str] = []
        profiler = Profiler(reasons.append)
        profiler.profile(function)
        name = getattr(function, "__qualname__", repr(function))

        def table() -> object:
            return f"no table of lines: {reasons[0]}" if reasons else profiler.report(name)

        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def within(*args: Any, **kwargs: Any) -> Any:
                with watch() as step:
                    result = await function(*args, **kwargs)
                self.check(step, table())
                return result
        else:

            @wraps(function)
            def within(*args: Any, **kwargs: Any) -> Any:
                with watch() as step:
                    result = function(*args, **kwargs)
                self.check(step, table())
                return result

        return within  # type: ignore[return-value]


class _Block:
    """A block that is under way."""

    def __init__(self, frame: FrameType) -> None:
        from measured.lines.following import CannotFollow
        from measured.lines.profiler import Profiler

        self._name = frame.f_code.co_qualname
        self._profiler = Profiler()
        self._watch = watch()
        self.step = self._watch.__enter__()
        self._reason = ""
        try:
            self._end = self._profiler.block(frame)
        except CannotFollow as reason:
            self._end, self._reason = _nothing, f"no table of lines: {reason}"

    def end(self) -> object:
        """End it; return the table of its lines, or why there is none."""
        self._end()
        self._watch.__exit__(None, None, None)
        self._profiler.close()
        return self._reason or self._profiler.report(self._name)


def _is_generator(function: FunctionType) -> bool:
    return inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)


def _frame_of_the_block(frame: FrameType) -> FrameType:
    """Return the frame whose lines are the block's: not that of an `ExitStack` that enters it."""
    while frame.f_code.co_filename == contextlib.__file__ and frame.f_back is not None:
        frame = frame.f_back
    return frame


def _nothing() -> None:
    pass
