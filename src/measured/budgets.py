"""A limit to how far a step of a program may raise memory: for tests."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from types import TracebackType
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
        As the step ends, if memory rose higher; its text has the figures, and where it decorates a
        function, the table of its lines.  Where the step itself fails, that exception passes.
    ValueError
        If `mib` is not a number above zero.

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
        if isinstance(mib, bool) or not isinstance(mib, int | float) or not mib > 0:
            raise ValueError(f"a budget is a number of MiB above zero, not {mib!r}")
        self.mib = mib
        self._watches: list[Any] = []
        self._steps: list[Step] = []

    def __enter__(self) -> Step:
        self._watches.append(watch())
        self._steps.append(self._watches[-1].__enter__())
        return self._steps[-1]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        step = self._steps.pop()
        self._watches.pop().__exit__(None, None, None)
        if error is None:
            self.check(step)

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
        from measured.lines.profiler import Profiler

        profiler = Profiler()
        profiler.profile(function)
        name = getattr(function, "__qualname__", repr(function))

        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def within(*args: Any, **kwargs: Any) -> Any:
                with watch() as step:
                    result = await function(*args, **kwargs)
                self.check(step, profiler.report(name))
                return result
        else:

            @wraps(function)
            def within(*args: Any, **kwargs: Any) -> Any:
                with watch() as step:
                    result = function(*args, **kwargs)
                self.check(step, profiler.report(name))
                return result

        return within  # type: ignore[return-value]
