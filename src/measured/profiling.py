"""memory_profiler, without its tracing of every Python frame below the profiled function.

`python -m memory_profiler SCRIPT` puts a decorator called `profile` among the builtins.  It sets a
trace function for the whole thread (`sys.settrace`), so each line of each Python function that is
called from the profiled one costs a call into the profiler, although its table shows the profiled
function's lines alone.  `untraced` takes the trace away while such a helper runs.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def profile(function: Callable[P, R]) -> Callable[P, R]:
    """Profile `function` under `python -m memory_profiler`; leave it as it is anywhere else."""
    decorator = getattr(builtins, "profile", None)
    return function if decorator is None else decorator(function)


def is_on() -> bool:
    """Say whether a line profiler runs the program, and has put its decorator in the builtins."""
    return hasattr(builtins, "profile")


def untraced(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` with no trace function, and put the one that was there back afterwards.

    The lines of the caller are traced as before: its table of lines stays true.
    """

    @wraps(function)
    def without_trace(*args: P.args, **kwargs: P.kwargs) -> R:
        trace = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(trace)

    return without_trace
