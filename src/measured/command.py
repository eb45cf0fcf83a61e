"""The command line that every experiment has.

Exit code 0 means done, 1 failed (with the reason on one line of standard error), 2 wrong usage.
With `--json`, standard output carries one JSON object and nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NoReturn

from measured import environment, inputs, memory, profiling, units
from measured.units import GIB, MIB

MAXIMUM_COUNT = 10**9

inputs.note()  # before a script opens anything


class Failure(Exception):
    """An experiment cannot go on; the message is the one line that its user reads."""


class Missing(Failure):
    """An experiment can measure nothing here; with `--json` that is a report, and no failure."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint takes one line; it knows what its script needs."""

    needs: tuple[str, ...] = ()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit with code 2."""
        sys.stderr.write(f"{self.prog}: {_one_line(message)}; try --help\n")
        raise SystemExit(2)


def parser(description: str | None, *, needs: Sequence[str] = ()) -> Parser:
    """Make the parser of an experiment, with the options that every experiment has.

    Parameters
    ----------
    description
        The script's own docstring, shown by `--help`.
    needs
        The libraries without which it measures nothing, by the names that are imported.  Where
        one is missing, the report has no figures, and says why.
    """
    made = Parser(
        description=description,
        epilog=f"needs: {', '.join(needs)}" if needs else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.needs = tuple(needs)
    made.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return made


_failed_imports: list[ImportError] = []


@contextlib.contextmanager
def optional() -> Iterator[None]:
    """Import libraries that the script needs; where one is missing, all goes on.

    `execute` then says so, before it calls the experiment, of those that `parser` was told of.

    Examples
    --------
    >>> with optional():
    ...     import numpy as np
    """
    try:
        yield
    except ImportError as error:
        _failed_imports.append(error)


def need_library(name: str) -> None:
    """Measure nothing where a library is missing: for one that only some options need.

    Parameters
    ----------
    name
        What is imported, and what pip installs.

    Raises
    ------
    Missing
        If it is not installed, or `optional` could not import it.
    """
    if find_spec(name) is None:
        raise Missing(f"needs {name}, which is not installed; pip install {name}")
    if _failed_imports:
        raise Missing(f"needs {name}, and cannot import it: {_failed_imports[0]}")


def _refuse_hidden_modules(needs: Sequence[str]) -> None:
    """Refuse to run beside a file that Python would import in the place of another module."""
    folder = Path(sys.argv[0]).resolve().parent
    if Path(sys.path[0]).resolve() != folder:  # nothing is imported from there
        return
    for path in folder.iterdir():
        name, _, ending = path.name.partition(".")
        importable = ending in {"py", "so", "pyd"} or (path / "__init__.py").is_file()
        if importable and name in {*sys.stdlib_module_names, "measured", "psutil", *needs}:
            raise Failure(f"{path} hides the module {name}; give it another name")


def count(text: str) -> int:
    """Parse how many of something: a whole number from 1 to 10**9; underscores are allowed."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if not 1 <= number <= MAXIMUM_COUNT:
        raise argparse.ArgumentTypeError(
            f"{number} is out of range; give a number from 1 to {MAXIMUM_COUNT:,}"
        )
    return number


class Experiment:
    """One run of one script: what it was asked, and what it measured so far."""

    def __init__(self, name: str, parameters: dict[str, object]) -> None:
        self.name = name
        self.parameters = parameters
        self.measurements: dict[str, dict[str, object]] = {}
        self.unavailable: dict[str, str] = {}
        self.points: dict[str, list[tuple[float, float]]] = {}
        self.graphs: dict[str, dict[str, object]] = {}
        self.needs: tuple[str, ...] = ()
        self.missing: str | None = None

    def record(
        self, name: str, value: float, unit: str, instrument: str, *, label: str | None = None
    ) -> None:
        """Keep a figure, and print it with its label (its name, unless one is given).

        Parameters
        ----------
        name
            What the book calls the figure; unique in this run.
        value, unit
            The figure and its unit, one that `measured.units` knows.
        instrument
            What measured it.

        Raises
        ------
        ValueError
            If the name is taken or the unit unknown: a mistake in the script.
        """
        self._keep(name, value, unit, instrument)
        self.say(f"{label or name:<42} {units.write(value, unit):>14}")

    def _keep(self, name: str, value: float, unit: str, instrument: str) -> None:
        if name in self.measurements:
            raise ValueError(f"{self.name} records {name!r} twice")
        if not units.known(unit):
            raise ValueError(f"{self.name} records {name!r} in an unknown unit, {unit!r}")
        self.measurements[name] = {"value": value, "unit": unit, "instrument": instrument}

    def keep(self, name: str, value: float, unit: str, instrument: str) -> None:
        """Keep a figure without printing it: one that the script shows in a way of its own."""
        self._keep(name, value, unit, instrument)

    def series(self, name: str, points: Iterable[tuple[float, float]]) -> None:
        """Keep a run of points for a picture, such as (seconds, MiB); it prints nothing."""
        self.points[name] = list(points)

    def graph(self, name: str, /, **names: object) -> None:
        """Keep what names refer to for a picture, and print every reference.

        Parameters
        ----------
        name
            What the book calls the picture.
        **names
            The names to start from, each with its object.
        """
        from measured import object_graph  # the other experiments do not carry it

        drawn = object_graph.of(names)
        self.graphs[name] = drawn.as_json()
        self.say(f"{name}:")
        for source, target in drawn.references():
            self.say(f"  {source:<20} -> {target}")

    def cannot(self, name: str, reason: str) -> None:
        """Say that a figure cannot be had here, and why; the book then leaves it out."""
        self.unavailable[name] = reason
        self.say(f"{name}: not measured ({reason})")

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[memory.Step]:
        """Watch one step, and keep its figures as `NAME.peak`, `NAME.retained` and so on."""
        from measured import heaps

        free = heaps.free()
        with memory.watch() as step:
            yield step
        note = heaps.note(step, free, heaps.free())
        self._keep(f"{name}.peak", step.peak, "MiB", step.peak_instrument)
        self._keep(f"{name}.retained", step.retained, "MiB", step.instrument)
        for kind, mib, needs in (
            ("unique", step.unique, "needs a system that lets a process look at its unique pages"),
            ("anonymous", step.anonymous, "needs Linux"),
            ("file", step.file_backed, "needs Linux"),
        ):
            if mib is None:
                self.unavailable[f"{name}.{kind}"] = needs
            else:
                self._keep(f"{name}.{kind}", mib, "MiB", step.instrument)
        self._keep(f"{name}.cpu", step.cpu, "s", "time.process_time")
        peak = units.write(step.peak, "MiB", signed=True)
        retained = units.write(step.retained, "MiB", signed=True)
        self.say(f"{name:<14} peak {peak:>11}   retained {retained:>11}")
        if note:
            self.say(f"{'':<14} {note}")

    def steps(self, function: Callable[..., Any], lines: Mapping[str, str]) -> None:
        """Watch lines of a function as steps, whenever it is called.

        Under a line profiler, whose table tells of these lines, it does nothing.

        Parameters
        ----------
        function
            A function of the script.
        lines
            For each step, its name and how its line begins; exactly one line does.

        Raises
        ------
        ValueError
            If no line begins so, or several: a mistake in the script.
        Failure
            If the source of the function cannot be had.
        """
        if profiling.is_on():
            return
        from measured.lines.marking import CannotMark
        from measured.lines.steps import make_steps

        try:
            make_steps(function, lines, self.step)
        except CannotMark as reason:
            raise Failure(str(reason)) from None

    def say(self, text: str) -> None:
        """Print a line for whoever runs the script."""
        print(text, flush=True)

    def as_json(self) -> dict[str, object]:
        """Return all of it, as `--json` prints it."""
        return {
            "experiment": self.name,
            "parameters": self.parameters,
            "measurements": self.measurements,
            "series": self.points,
            "graphs": self.graphs,
            "unavailable": self.unavailable,
            "needs": list(self.needs),
            "missing": self.missing,
            "process_peak_mib": memory.lifetime_peak() / MIB,
            "environment": environment.describe(),
        }


def need_memory(needed: int, what: str, remedy: str) -> None:
    """Refuse, before anything is done, what this machine's memory cannot hold.

    Parameters
    ----------
    needed
        Bytes that the experiment will take at its peak, roughly.
    what, remedy
        What takes them, and what to do about it, for the message.

    Raises
    ------
    Failure
        If fewer bytes are available.
    """
    free = memory.available()
    if needed > free:
        raise Failure(
            f"not enough memory: {what} would take about {needed / GIB:,.1f} GiB "
            f"and {free / GIB:,.1f} GiB are available; {remedy}"
        )


def execute(main: Callable[[Experiment, argparse.Namespace], None], arguments: Parser) -> NoReturn:
    """Run an experiment as a program: parse, measure, report, exit.

    Parameters
    ----------
    main
        The experiment; it receives its record and its options.
    arguments
        The parser that `parser` made, with the script's own options added.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may not know every letter we print
            stream.reconfigure(errors="backslashreplace")
    options = arguments.parse_args()
    asked = {k: _plain(v) for k, v in vars(options).items() if k != "json"}
    experiment = Experiment(Path(sys.argv[0]).stem, asked)
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:  # what was ignored stays so
        with contextlib.suppress(ValueError):  # not the main thread
            signal.signal(signal.SIGTERM, _interrupt)
    experiment.needs = arguments.needs
    with _script_as_main(main):
        code = _run(main, experiment, options, arguments.prog)
    raise SystemExit(code)


@contextlib.contextmanager
def _script_as_main(main: Callable[..., None]) -> Iterator[None]:
    """Have the module `__main__` be the script, also where a profiler or a debugger runs it.

    Under `python -m cProfile` and its like, a script calls itself `__main__`, as it does alone,
    and the module of that name is the profiler's: nothing that the script defines can be pickled
    by its name, and no other process finds the script.  The debugger's lacks its `__spec__`.
    """
    before = sys.modules["__main__"]
    names: dict[str, Any] = getattr(main, "__globals__", {})
    complete = names is vars(before) and "__spec__" in names
    if names.get("__name__") == "__main__" and not complete:
        script = ModuleType("__main__")
        vars(script).update(names, __spec__=None)  # `multiprocessing` then goes by `__file__`
        sys.modules["__main__"] = script
    try:
        yield
    finally:
        sys.modules["__main__"] = before


def _run(
    main: Callable[[Experiment, argparse.Namespace], None],
    experiment: Experiment,
    options: argparse.Namespace,
    program: str,
) -> int:
    reason = ""
    try:
        _make_ready()
        if options.json:
            with contextlib.redirect_stdout(sys.stderr):
                try:
                    _measure(main, experiment, options)
                except Missing as missing:
                    experiment.missing = str(missing)
                    experiment.say(experiment.missing)
            print(json.dumps(experiment.as_json()), flush=True)  # ASCII: for every console
        else:
            _measure(main, experiment, options)
        _end_undisturbed()
        inputs.tell()
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Failure as failure:
        reason = str(failure)
    except KeyboardInterrupt:
        _end_undisturbed()
        reason = "interrupted; nothing was left behind"
    except MemoryError:
        reason = "not enough memory; ask for less, or close something"
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        reason = f"{name}{error.strerror or error}"
    if not reason:
        return 0
    sys.stderr.write(f"{program}: {_one_line(reason)}\n")
    return 1


def _make_ready() -> None:
    """Load and try what a step uses beside it, so that it is there before anything is measured."""
    from measured import heaps, tracing

    tracing.refuse_if_on()
    heaps.free()
    gc.collect()  # empties free lists too: an object from there would be made unseen


def _measure(
    main: Callable[[Experiment, argparse.Namespace], None],
    experiment: Experiment,
    options: argparse.Namespace,
) -> None:
    _refuse_hidden_modules(experiment.needs)
    for library in experiment.needs:
        need_library(library)
    main(experiment, options)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _end_undisturbed() -> None:
    """Ignore Ctrl-C from here on: it would end in a traceback where there is nothing left to do."""
    with contextlib.suppress(ValueError):  # not the main thread
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.SIG_IGN)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _one_line(text: str) -> str:
    return " ".join(text.split())
