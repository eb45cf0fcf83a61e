"""The classic tutorial: what it said, figure by figure, quoted from one data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from book_kit import project
from book_kit.evidence.quoted import Figure

FILE = "original.yml"


@dataclass(frozen=True)
class Statement:
    """A claim of the classic tutorial: its words, and the verdict of this book on them."""

    id: str
    quote: str
    verdict: str
    why: str
    where: str


@cache
def _data() -> dict[str, Any]:
    with project.recorded(FILE).open(encoding="utf-8") as file:
        loaded: dict[str, Any] = yaml.safe_load(file)
    return loaded


def sources() -> dict[str, str]:
    """Return the documents that are quoted, by their short names."""
    return dict(_data()["sources"])


def statements() -> dict[str, Statement]:
    """Return every claim of the classic tutorial by its id, in the order of the original."""
    return {
        name: Statement(
            name, entry["quote"], entry["verdict"], entry["why"], sources()[entry["source"]]
        )
        for name, entry in _data()["statements"].items()
    }


def figure(name: str) -> Figure:
    """Return one figure of the classic tutorial by its name, such as `T19.list`.

    Raises
    ------
    LookupError
        If the data file has no such figure.
    """
    entry = _data()["figures"].get(name)
    if entry is None:
        raise LookupError(f"{FILE} has no figure {name!r}")
    return Figure(float(entry["value"]), entry["unit"], sources()[entry["source"]])
