"""Measure what Python does with memory, and say how each figure was obtained.

`measured.watch`, `measured.budget`, `measured.profile`
    how high memory rose in one step of a program and how much of it stayed; a limit to that, for
    tests; the decorator of line-by-line profilers, which does nothing where no profiler runs.
`python -m measured SCRIPT`, `%load_ext measured`
    the table of lines of any program, and of a notebook's cell (`measured.lines`).
`measured.memory`, `measured.pymalloc`, `measured.environment`
    the memory of this process, the state of CPython's allocator, and where all that was measured.
`measured.command`
    the command line of an experiment: options, `--json`, one-line errors, exit codes.
`measured.profiling`
    memory_profiler, without its tracing of every Python frame below the profiled function.
`measured.rows`, `measured.files`, `measured.number_file`
    the rows of the classic tutorial, and files that are whole or not there.
`measured.cost_each`, `measured.object_graph`, `measured.moments`
    what each of many objects costs, which objects refer to which, memory at chosen moments.
`measured.elsewhere`, `measured.known_memory`
    what is better done in another process, and memory of known size to test an instrument.
`measured.probe`
    what every Python from 2.7 on can say of the sizes of its objects.

It needs the standard library and psutil.  Importing it imports none of these modules: a program
carries only what it uses.  An experiment that is interrupted during its imports ends in one line
(`measured.early_interrupt`).
"""

from __future__ import annotations

from measured import early_interrupt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from measured.budgets import budget as budget
    from measured.lines.notebook import load_ipython_extension as load_ipython_extension
    from measured.memory import watch as watch
    from measured.profiling import profile as profile

__all__ = ["__version__", "budget", "profile", "watch"]

__version__ = "1.1.0"

early_interrupt.install()

_HOMES = {
    "budget": "measured.budgets",
    "load_ipython_extension": "measured.lines.notebook",
    "profile": "measured.profiling",
    "watch": "measured.memory",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
