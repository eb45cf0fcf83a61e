"""What the cells of a page keep: runs, figures and claims, as they travel to the build.

A cell sends them in the metadata of one output; the build reads them back.  Both sides use these
types and nothing else, so the form is written down once, and with its version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from book_kit.evidence.claims import Claim
from book_kit.evidence.quantity import Measurement

#: The key under which an output's metadata carry what its cell kept.
METADATA = "measured"
VERSION = 4
#: How an address in a cell's HTML begins that leads to a file beside the pages.
BESIDE = "beside:"


class UnknownForm(ValueError):
    """What a page kept was written by another version of the kit."""


@dataclass(frozen=True)
class Run:
    """An experiment that a page ran, with all its figures.

    Attributes
    ----------
    key
        What the names of its figures begin with.
    command
        What a reader types to run it.
    script
        Its path from the project's root.
    seconds
        Time on the clock for all repeats, when they ran.
    waited
        The part of it that this execution of the page spent.
    peak_mib
        The highest resident memory of any repeat, in MiB; None where nobody knows.
    environment
        Where it was measured, as `measured.environment` describes it, and when.
    """

    key: str
    command: str
    script: str
    figures: tuple[Measurement, ...]
    repeats: int
    seconds: float
    waited: float
    peak_mib: float | None
    environment: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**vars(self), "figures": [one.as_json() for one in self.figures]}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Run:
        """Make it from what `as_json` returned."""
        figures = tuple(Measurement.from_json(one) for one in content["figures"])
        return cls(**{**content, "figures": figures})


@dataclass(frozen=True)
class Beside:
    """What a page shows when its reader asks for it: a file beside the pages, and not on them.

    Attributes
    ----------
    name
        What it is, in a word that a file name may have; unique in the book.
    ending
        `html`, `json` or `svg`.
    text
        The whole content.
    """

    name: str
    ending: str
    text: str

    @property
    def file(self) -> str:
        """Its path in the site.

        A digest is in it: no page shows what a browser has kept of an older one.
        """
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:10]
        return f"on-demand/{self.name}-{digest}.{self.ending}"

    @property
    def address(self) -> str:
        """Its address for a whole attribute of a cell's HTML, such as `data-source` or `src`.

        `book_kit.sphinx.on_demand` makes it relative to the page.
        """
        return f"{BESIDE}{self.file}"

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return dict(vars(self))


@dataclass(frozen=True)
class Kept:
    """What the cells of one page kept.

    Attributes
    ----------
    runs
        Its experiments.
    figures
        Figures with names of their own, made of others.
    claims
        What it claims.
    beside
        What stands in files beside the pages.
    """

    runs: tuple[Run, ...] = ()
    figures: tuple[Measurement, ...] = ()
    claims: tuple[Claim, ...] = ()
    beside: tuple[Beside, ...] = ()
    version: int = field(default=VERSION, init=False)

    def all_figures(self) -> Iterator[Measurement]:
        """Yield every figure that prose may quote, with the runs that it comes from where known."""
        for run in self.runs:
            for figure in run.figures:
                yield replace(figure, runs=(run.key,))
        yield from self.figures

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "version": self.version,
            "runs": [one.as_json() for one in self.runs],
            "figures": [one.as_json() for one in self.figures],
            "claims": [one.as_json() for one in self.claims],
            "beside": [one.as_json() for one in self.beside],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Kept:
        """Make it from what `as_json` returned.

        Raises
        ------
        UnknownForm
            If another version wrote it.
        """
        if content.get("version") != VERSION:
            raise UnknownForm(f"version {content.get('version')}, and this is {VERSION}")
        return cls(
            tuple(Run.from_json(one) for one in content["runs"]),
            tuple(Measurement.from_json(one) for one in content["figures"]),
            tuple(Claim.from_json(one) for one in content["claims"]),
            tuple(Beside(**one) for one in content["beside"]),
        )

    @classmethod
    def together(cls, several: Iterable[Kept]) -> Kept:
        """Put what several cells kept into one."""
        kept = list(several)
        return cls(
            tuple(run for one in kept for run in one.runs),
            tuple(figure for one in kept for figure in one.figures),
            tuple(claim for one in kept for claim in one.claims),
            tuple(file for one in kept for file in one.beside),
        )
