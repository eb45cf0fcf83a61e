"""Figures that this build quotes and did not measure, and the files that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from book_kit import project
from measured import units


class BrokenFile(LookupError):
    """A file that comes with the book cannot be read; the message says in a line what to do.

    Parameters
    ----------
    path
        The file.
    problem
        What is wrong with it, as the end of "FILE …".
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name} {' '.join(problem.split())}; {restore(path)}")


def restore(path: Path) -> str:
    """Say how a file of the project is had back as it came."""
    try:
        shown = project.shown(path.resolve())
    except (ValueError, LookupError):  # a file from elsewhere, which nothing here has a copy of
        return "put it right, or name another file"
    return f"`git checkout -- {shown}` brings back the project's own"


@dataclass(frozen=True)
class Figure:
    """A figure that this build did not measure, with where it comes from."""

    value: float
    unit: str
    source: str

    def __str__(self) -> str:
        return units.write(self.value, self.unit)

    def signed(self) -> str:
        """Write it with its sign."""
        return units.write(self.value, self.unit, signed=True)
