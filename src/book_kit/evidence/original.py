"""The classic tutorial: what it said, figure by figure, quoted from one data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from book_kit import project
from book_kit.evidence.quantity import is_number
from book_kit.evidence.quoted import BrokenFile, Figure

FILE = "original.yml"
#: The parts of the file, and what each of their entries has.
_PARTS = {
    "sources": (),
    "statements": ("quote", "verdict", "why", "source"),
    "figures": ("value", "unit", "source"),
}


#: Of which kind each verdict is.
_KINDS = {
    "still true": "true",
    "true but incomplete": "partly",
    "true for another reason": "partly",
    "changed": "changed",
    "false": "false",
    "false then too": "false",
}
#: The kinds of verdicts, and what to call them.
KINDS = {
    "true": "still true",
    "partly": "true in part",
    "changed": "changed since",
    "false": "false",
}


@dataclass(frozen=True)
class Statement:
    """A claim of the classic tutorial: its words, and the verdict of this book on them."""

    id: str
    quote: str
    verdict: str
    why: str
    source: str
    where: str

    @property
    def kind(self) -> str:
        """Of which kind the verdict is, one of `KINDS`."""
        return _KINDS[self.verdict]


@cache
def _data() -> dict[str, Any]:
    path = project.recorded(FILE)
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenFile(path, f"cannot be read ({error.strerror})") from None
    except (yaml.YAMLError, ValueError) as error:
        raise BrokenFile(path, f"is broken: no complete YAML ({error})") from None
    wrong = _problem(loaded)
    if wrong:
        raise BrokenFile(path, f"is broken: {wrong}")
    return dict(loaded)


def _problem(loaded: object) -> str:
    if not isinstance(loaded, dict):
        return "no object"
    for part, needed in _PARTS.items():
        entries = loaded.get(part)
        if not isinstance(entries, dict):
            return f"{part} are missing"
        for name, entry in entries.items():
            lacks = [key for key in needed if not isinstance(entry, dict) or key not in entry]
            if lacks:
                return f"{name} of {part} has no {lacks[0]}"
            if needed and entry["source"] not in loaded["sources"]:
                return f"{name} of {part} has a source that is not there"
    wrong = (name for name, entry in loaded["figures"].items() if not is_number(entry["value"]))
    return next((f"the value of {name} is no number" for name in wrong), "")


def sources() -> dict[str, str]:
    """Return the documents that are quoted, by their short names."""
    return dict(_data()["sources"])


def statements() -> dict[str, Statement]:
    """Return every claim of the classic tutorial by its id, in the order of the original."""
    return {
        name: Statement(
            name,
            entry["quote"],
            entry["verdict"],
            entry["why"],
            entry["source"],
            sources()[entry["source"]],
        )
        for name, entry in _data()["statements"].items()
    }


def counts() -> dict[str, int]:
    """Return how many statements there are of each kind, and how many in `all`."""
    kinds = [statement.kind for statement in statements().values()]
    return {**{kind: kinds.count(kind) for kind in KINDS}, "all": len(kinds)}


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
