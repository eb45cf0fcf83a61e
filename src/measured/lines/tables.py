"""What was found of each line, as a table in text and as JSON."""

from __future__ import annotations

import linecache
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from measured import environment
from measured.lines.recorder import Found
from measured.units import MIB


@dataclass(frozen=True)
class Line:
    """A line of source, and what it did to memory.

    Attributes
    ----------
    line
        Its number in its file.
    source
        Its text.
    resident_mib
        The memory of the process after it, in MiB; None where the line was not executed, or is not
        the first of its statement.
    retained_mib
        What it added to that, all its executions together, in MiB.
    peak_mib
        How far memory rose above where the line began, in the execution where that was most, in
        MiB.
    times
        How often it was executed; the head of a loop once more than its body.
    divided
        Whether what a short loop took in many turns was divided among its lines, by what single
        turns took: exact for the loop, an estimate for the line.
    """

    line: int
    source: str
    resident_mib: float | None = None
    retained_mib: float | None = None
    peak_mib: float | None = None
    times: int = 0
    divided: bool = False


@dataclass(frozen=True)
class Table:
    """The lines of one function, or those of a program that stand in none.

    Attributes
    ----------
    function
        Its qualified name; `<module>` for the lines of a program.
    file
        Where it stands.
    calls
        How often it was called.
    lines
        Every line of it, in order.
    """

    function: str
    file: str
    calls: int
    lines: tuple[Line, ...]

    @property
    def peak_mib(self) -> float:
        """The highest peak of a line, in MiB."""
        return max((line.peak_mib or 0.0 for line in self.lines), default=0.0)


@dataclass(frozen=True, repr=False)
class Report:
    """All tables of a program.

    Attributes
    ----------
    program
        What was run.
    instrument
        What memory was read with.
    tables
        A table for each marked function that was called, in the order of marking.
    notes
        What a reader of the tables has to know: threads, child processes.
    """

    program: str
    instrument: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes, with one on the sign `~` where a line has it."""
        divided = any(line.divided for table in self.tables for line in table.lines)
        return ((_DIVIDED,) if divided else ()) + self.notes

    def as_json(self) -> dict[str, Any]:
        """Return it as an object of JSON: its lines stand in one list, each with its function."""
        return {
            "program": self.program,
            "instrument": self.instrument,
            "environment": environment.describe(),
            "notes": list(self.notes),
            "functions": [
                {"function": table.function, "file": table.file, "calls": table.calls}
                for table in self.tables
            ],
            "lines": [
                {"function": table.function, "file": table.file, **asdict(line)}
                for table in self.tables
                for line in table.lines
            ],
        }

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it."""
        from measured.lines.page import fragment

        return fragment(self)

    def __repr__(self) -> str:
        return "\n".join(self._text()) + "\n"

    def _text(self) -> Iterator[str]:
        yield f"Memory by line, in MiB: {self.instrument}."
        for table in self.tables:
            yield ""
            yield _heading(table)
            yield _ROW.format("line", "resident", "retained", "peak", "times", "source")
            yield from map(_row, table.lines)
        if not self.tables:
            yield "No line was executed."
        if self.all_notes:
            yield ""
            yield from self.all_notes


#: What is said of a table with lines that are `divided`.
_DIVIDED = "~ a share of what a loop took in turns too short to be read: exact for the loop alone."

_ROW = "{:>6} {:>10} {:>10} {:>10} {:>10}  {}"


def _heading(table: Table) -> str:
    if table.function == "<module>":
        return table.file
    times = "once" if table.calls == 1 else f"{table.calls:,} times"
    return f"{table.function}, called {times}  ({table.file})"


def _row(line: Line) -> str:
    figures = ["", "", ""]
    if line.resident_mib is not None:
        changes = (line.retained_mib, line.peak_mib)
        figures = [f"{line.resident_mib:,.1f}", *map(_signed, changes)]
        if line.divided:
            figures[1:] = [one if one == "0.0" else f"~{one}" for one in figures[1:]]
    times = f"{line.times:,}" if line.times else ""
    return _ROW.format(line.line, *figures, times, line.source).rstrip()


def _signed(value: float | None) -> str:
    text = f"{value or 0.0:+,.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text


def source_lines(file: str, first: int, last: int) -> Iterable[tuple[int, str]]:
    """Yield the lines of a file from `first` to `last`, with their numbers."""
    for number in range(first, last + 1):
        yield number, linecache.getline(file, number).rstrip("\n")


def line(number: int, source: str, found: Found | None) -> Line:
    """Return a line from what the recorder found of it; None where that is nothing."""
    if found is None or found.resident is None:
        return Line(number, source, times=found.times if found else 0)
    return Line(
        number,
        source,
        round(found.resident / MIB, 4),
        round(found.retained / MIB, 4),
        round(found.peak / MIB, 4),
        found.times,
        found.divided,
    )
