"""What went wrong in a build: pages whose cells failed, and claims that do not hold."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from book_kit.evidence.claims import Claim
from book_kit.sphinx import kept, notebooks

STRICT = "MEASURED_STRICT"


@dataclass(frozen=True)
class Failures:
    """What went wrong.

    Attributes
    ----------
    pages
        For each page whose cells failed, the reason in a line.
    claims
        The page and each claim that does not hold.
    """

    pages: dict[str, str]
    claims: list[tuple[str, Claim]]

    def in_words(self) -> list[str]:
        """Return a line for each."""
        return [f"page {page} failed: {reason}" for page, reason in self.pages.items()] + [
            f"claim {claim.id} on {page} does not hold: {claim.statement} "
            f"({_values(claim)}, claimed {claim.bound})"
            for page, claim in self.claims
        ]


def _values(claim: Claim) -> str:
    if claim.measured is None:
        return "not measured"
    return f"measured {list(claim.measured.values)} {claim.measured.unit}"


def of(env: BuildEnvironment) -> Failures:
    """Gather what went wrong, page by page in the order of the book."""
    pages = {}
    for page in kept.pages_in_order(env):
        done = notebooks.execution(env, page)
        if done.get("succeeded") is False:
            pages[page] = str(done.get("error") or "it gave no reason")
    broken = [(page, claim) for page, claim in kept.claims(env) if claim.holds is False]
    return Failures(pages, broken)


def complaint(found: Failures) -> str:
    """Return what ends the build; empty where nothing does.

    Claims that do not hold end it in a strict build alone; elsewhere they are told.
    """
    from book_kit.running import progress

    for line in found.in_words():
        progress.say(line)
    parts = []
    if found.pages:
        parts.append(f"cells failed on {len(found.pages)} pages: {', '.join(found.pages)}")
    if found.claims and os.environ.get(STRICT) == "1":
        names = ", ".join(claim.id for _, claim in found.claims)
        parts.append(f"{len(found.claims)} claims do not hold: {names}")
    return "; ".join(parts)
