"""The decorator that has a function's lines measured, and the report of all that were."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

from measured.lines import tables
from measured.lines.following import follow
from measured.lines.gauge import Gauge, gauge
from measured.lines.marking import CannotMark, mark_function, mark_module
from measured.lines.recorder import Record, Recorder
from measured.units import MIB

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class Profiler:
    """Measures the lines of functions that it decorates, and those of modules that it compiles.

    Parameters
    ----------
    complain
        What is told, in one line, of a function whose lines cannot be measured.
    """

    def __init__(self, complain: Callable[[str], object] | None = None) -> None:
        self._gauge: Gauge = gauge()
        self._recorder = Recorder(self._gauge)
        self._complain = complain or _to_standard_error
        self._last_lines: dict[Record, int] = {}
        self._marked: dict[CodeType, CodeType] = {}
        self._folder = f"{Path.cwd()}{os.sep}"
        self._process = os.getpid()
        self._children_before = _children()

    def profile(self, function: Any = None, /, **options: object) -> Any:
        """Have the lines of a function measured; return the same function.

        It decorates functions and methods, generators and coroutines among them, also through
        `staticmethod`, `classmethod` and whatever keeps `__wrapped__`.  The options of other
        profilers' decorators are accepted, and change nothing.
        """
        if function is None:
            return partial(self.profile, **options)
        try:
            target = inspect.unwrap(getattr(function, "__func__", function))
        except ValueError:  # it wraps itself
            target = function
        if isinstance(target, FunctionType):
            self._mark(target)
        else:
            self._complain(f"{target!r} is not a Python function; its lines are not measured")
        return function

    def module(
        self,
        source: str | bytes,
        file: str,
        *,
        name: str = "<module>",
        show: Callable[[Any], object] | None = None,
        flags: int = 0,
    ) -> CodeType:
        """Return the code of a module whose own lines are measured.

        Parameters
        ----------
        source, file
            As for `compile`.
        name
            What its table is called.
        show
            What the value of a last expression is handed to.
        flags
            As for `compile`.

        Raises
        ------
        SyntaxError
            If the source is not Python's.
        """
        record = self._recorder.record(name, file, 1)
        code, self._last_lines[record] = mark_module(
            source, file, record.calls_for_marks(), show=show, flags=flags
        )
        return code

    def block(self, frame: FrameType) -> Callable[[], None]:
        """Measure the lines of a running frame from its next line on, as `follow` follows them."""
        code = frame.f_code
        record = self._recorder.record(code.co_qualname, code.co_filename, frame.f_lineno)
        record.frame = frame
        marks = record.calls_for_marks()
        lines: dict[int, Iterator[int]] = {}

        def line_begins(number: int) -> None:
            if number not in lines:
                lines[number] = marks.line(number, ())
                self._last_lines[record] = max(lines)
            next(lines[number])

        self._last_lines[record] = record.first_line
        end = follow(frame, line_begins)
        self._recorder.begin(record, frame)

        def end_both() -> None:
            end()
            self._recorder.end(record, frame)
            record.frame = None  # a frame keeps its variables alive

        return end_both

    def end(self) -> None:
        """End what is still open in this thread, such as a module's last line."""
        self._recorder.end_all()

    def report(self, program: str) -> tables.Report:
        """Return what was found so far."""
        return tables.Report(
            program,
            self._gauge.name,
            tuple(self._table(record) for record in self._recorder.records if record.calls),
            tuple(self._notes()),
        )

    def close(self) -> None:
        """Measure no more, and hold nothing of the system's."""
        self._recorder.close()

    def is_of_this_process(self) -> bool:
        """Say whether this is the process that began to measure, and no fork of it."""
        return os.getpid() == self._process

    def _mark(self, function: FunctionType) -> None:
        code = function.__code__
        if code in self._marked:  # the same `def`, executed once more
            function.__code__ = self._marked[code]
            return
        record = self._recorder.record(code.co_qualname, code.co_filename, code.co_firstlineno)
        try:
            marked = mark_function(function, record.calls_for_marks())
        except CannotMark as reason:
            self._recorder.records.remove(record)
            self._complain(str(reason))
            return
        self._last_lines[record] = max(
            [line for *_, line in code.co_lines() if line] + [code.co_firstlineno]
        )
        self._marked[code] = function.__code__ = marked

    def _table(self, record: Record) -> tables.Table:
        lines = tables.source_lines(record.file, record.first_line, self._last_lines[record])
        found = record.lines()
        return tables.Table(
            record.name,
            record.file.removeprefix(self._folder),
            record.calls,
            tuple(tables.line(number, source, found.get(number)) for number, source in lines),
        )

    def _notes(self) -> list[str]:
        notes = []
        if self._recorder.failure:
            notes.append(
                f"Memory could not be read to the end ({self._recorder.failure}): what came after"
                " that is not in the table."
            )
        if self._recorder.threads:
            notes.append(
                "Other threads ran: what they took meanwhile stands at the line that was under way."
            )
        (faults_before, peak_before), (faults, peak) = self._children_before, _children()
        if faults > faults_before:
            highest = f"had {peak / MIB:,.1f} MiB at its highest"
            if peak == peak_before:
                highest = f"had at most {peak / MIB:,.1f} MiB"
            notes.append(
                "Child processes ran, whose memory is not in the table: the largest that has ended"
                f" {highest}."
            )
        return notes


def _children() -> tuple[int, int]:
    """Return the page faults of the children that have ended, and the highest peak in bytes."""
    if resource is None:
        return 0, 0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_minflt + usage.ru_majflt, usage.ru_maxrss * unit


def _to_standard_error(reason: str) -> None:
    sys.stderr.write(f"measured: {reason}\n")
