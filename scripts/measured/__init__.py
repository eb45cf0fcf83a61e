"""Measure what Python does with memory, and say how each figure was obtained.

The scripts beside this package and the chapters of the book share it.  What a script needs:

`measured.command`
    the command line of an experiment: options, `--json`, one-line errors, exit codes.
`measured.memory`
    the memory of this process, and the peak and the rest of one step of it.
`measured.profiling`
    memory_profiler, without its tracing of every Python frame below the profiled function.
`measured.rows`, `measured.files`
    the rows of the classic tutorial, and files that are whole or not there.
`measured.cost_each`, `measured.object_graph`
    what each of many objects costs, and which objects refer to which.

What a chapter needs:

`measured.chapter`
    everything that a cell may call; it uses `measured.experiment` (fresh interpreters),
    `measured.claims`, `measured.tables`, `measured.figures` and `measured.graph_figures`.
`measured.original`, `measured.recorded`
    what the classic tutorial said, and what other interpreters say (`measured.history` shows it).

Importing this package imports none of them: an experiment carries only what it uses.
"""

__all__ = ["__version__"]

__version__ = "1.1.0"
