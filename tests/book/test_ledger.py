"""The ledger of the built book: each claim is there once, holds, and can fail.

What the ledger says is computed again here, by a few lines that share nothing with those that
wrote it.  `wrong_worlds.yml` has, for each claim, a figure that its bound must refuse.
"""

from __future__ import annotations

import json
import math
import platform
import posixpath
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from built_site import SITE, need_site, read
from processes import ROOT, SCRIPTS

from measured import units

Claim = dict[str, Any]
Figure = float | Mapping[str, float]
#: The id of a claim, the figure that its bound must refuse, and what is wrong there.
World = tuple[str, Figure, str]

CLASSIC = [f"T{number}" for number in range(1, 26)]
#: What is promised of every entry, and what is text in it.
CONTRACT = ("id", "page", "statement", "measured", "unit", "bound", "holds", "script", "python")
TEXTS = ("id", "page", "statement", "bound", "script", "python")
NEVER_NEGATIVE = ("count", "bytes", "times", "copies", "s", "ms", "µs", "µs each")
WORLDS = Path(__file__).with_name("wrong_worlds.yml")

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    """Return the entries; skip aloud where the book is not built; fail where it must be."""
    need_site()
    entries: list[Claim] = json.loads((SITE / "claims.json").read_text(encoding="utf-8"))
    assert entries
    return entries


@pytest.fixture(scope="module")
def measured(claims: list[Claim]) -> list[Claim]:
    """Return the entries that this machine could measure."""
    return [claim for claim in claims if claim["holds"] is not None]


def ends(bound: str) -> tuple[float, float]:
    """Return the lowest and the highest figure that a bound as written admits."""
    if match := re.fullmatch(r"(\S+) \.\. (\S+)", bound):
        return float(match[1]), float(match[2])
    match = re.fullmatch(r"(==|>=|<=) (\S+)", bound)
    assert match, f"{bound!r} is no bound"
    end = float(match[2])
    return (-math.inf if match[1] == "<=" else end), (math.inf if match[1] == ">=" else end)


def within(bound: str, value: float) -> bool:
    low, high = ends(bound)
    return low <= value <= high


def at_version(figure: Figure, python: str) -> float:
    """Return the figure for a Python; a map from first versions has one for each stretch."""
    if not isinstance(figure, Mapping):
        return figure

    def parts(version: str) -> tuple[int, ...]:
        return tuple(map(int, version.split(".")))

    return figure[max((it for it in figure if parts(it) <= parts(python)), key=parts)]


def wrong_worlds() -> Iterator[World]:
    """Yield what the file says, for one claim after the other."""
    for world in yaml.safe_load(WORLDS.read_text(encoding="utf-8")):
        figures = (
            world["values"] if "values" in world else dict.fromkeys(world["claims"], world["value"])
        )
        for name, figure in figures.items():
            yield name, figure, world["world"]


def faults_of_bounds(claims: list[Claim], worlds: list[World]) -> list[str]:
    """Return each bound that has an end which refuses no wrong world, and each bad world."""
    of = {claim["id"]: claim for claim in claims}
    refused: dict[str, set[str]] = {name: set() for name in of}
    faults = []
    for name, figure, world in worlds:
        if name not in of:
            faults.append(f"{name}: no such claim; take it out of {WORLDS.name}: {world}")
            continue
        value = at_version(figure, of[name]["python"])
        low, high = ends(of[name]["bound"])
        if value < 0 and of[name]["unit"] in NEVER_NEGATIVE:
            faults.append(f"{name}: {value} {of[name]['unit']} cannot be: {world}")
        elif low <= value <= high:
            faults.append(f"{name}: {of[name]['bound']} admits {value}: {world}")
        else:
            refused[name].add("low" if value < low else "high")
    for name, sides in refused.items():
        low, high = ends(of[name]["bound"])
        wanted = {"low": math.isfinite(low), "high": math.isfinite(high)}
        if low == high and sides:
            continue
        faults += [
            f"{name}: {of[name]['bound']} refuses nothing at its {side} end; "
            f"say in {WORLDS.name} in which world this claim is false"
            for side, has_end in wanted.items()
            if has_end and side not in sides
        ]
    return faults


def faults_of_an_entry(claim: Claim) -> Iterator[str]:
    """Yield what an entry lacks of what is promised of it."""
    yield from (f"has no {key}" for key in CONTRACT if key not in claim)
    for key in TEXTS:
        if not isinstance(claim.get(key), str) or not claim[key].strip():
            yield f"{key} is no text"
    if not isinstance(claim.get("measured"), float | int | None):
        yield "measured is no number"
    if not isinstance(claim.get("unit"), str | None):
        yield "unit is no text"
    if claim.get("holds") not in (True, False, None):
        yield "holds is neither yes nor no nor unknown"
    if not re.fullmatch(r"\d+\.\d+\.\d+", claim.get("python", "")):
        yield "python is no version"
    if not re.fullmatch(r"[\w.-]+", claim.get("id", "")):
        yield "the id cannot be an anchor"


def faults_of_a_verdict(claim: Claim) -> Iterator[str]:
    """Yield what is wrong with what an entry says of itself, computed anew."""
    if claim["holds"] is None:
        if not claim["why_not"].strip():
            yield "is not measured, and does not say why"
        if claim["measured"] is not None or claim["values"]:
            yield "is not measured, and has a figure"
        return
    if not claim["values"] or not all(map(math.isfinite, claim["values"])):
        yield f"measured {claim['values']}"
        return
    if claim["holds"] != all(within(claim["bound"], value) for value in claim["values"]):
        yield f"says {claim['holds']} of {claim['values']}, claimed {claim['bound']}"
    if not math.isclose(claim["measured"], statistics.median_low(claim["values"])):
        yield f"says {claim['measured']}, which is not the middle of {claim['values']}"
    if not units.known(claim["unit"] or ""):
        yield f"has the unit {claim['unit']!r}, which the book does not use"
    if not (claim["instrument"] or "").strip():
        yield "names no instrument"


def test_every_claim_of_the_classic_tutorial_is_there_once(claims: list[Claim]) -> None:
    times = Counter(claim["id"] for claim in claims)
    assert [name for name in CLASSIC if not times[name]] == []
    assert [name for name, often in times.items() if often > 1] == []


def test_every_claim_was_checked_by_one_and_the_same_python(claims: list[Claim]) -> None:
    assert len({claim["python"] for claim in claims}) == 1


def test_an_entry_has_what_is_promised_of_it(claims: list[Claim]) -> None:
    faults = [
        f"{claim.get('id')} {fault}" for claim in claims for fault in faults_of_an_entry(claim)
    ]
    assert not faults, "\n".join(faults)


def test_every_claim_that_was_measured_holds(measured: list[Claim]) -> None:
    broken = [
        f"{claim['id']}: measured {claim['values']}, claimed {claim['bound']}"
        for claim in measured
        if not claim["holds"]
    ]
    assert not broken, "\n".join(broken)


def test_values_bound_and_verdict_of_an_entry_agree(claims: list[Claim]) -> None:
    faults = [f"{claim['id']} {fault}" for claim in claims for fault in faults_of_a_verdict(claim)]
    assert not faults, "\n".join(faults)


@pytest.mark.skipif(platform.system() != "Linux", reason="says what is measured on Linux")
def test_what_needs_linux_is_measured_on_linux(claims: list[Claim]) -> None:
    missing = [
        f"{claim['id']}: {claim['why_not']}"
        for claim in claims
        if claim["holds"] is None and "Linux" in claim["why_not"]
    ]
    assert not missing, "\n".join(missing)


def test_each_end_of_a_bound_refuses_a_wrong_world(claims: list[Claim]) -> None:
    faults = faults_of_bounds(claims, list(wrong_worlds()))
    assert not faults, "\n".join(faults)


def test_a_claim_holds_with_a_margin_that_comes_from_its_spread(measured: list[Claim]) -> None:
    # A run a little worse than the worst of these must not turn the verdict.
    narrow = []
    for claim in measured:
        lowest, highest = min(claim["values"]), max(claim["values"])
        room = (highest - lowest) / 2
        if not (within(claim["bound"], lowest - room) and within(claim["bound"], highest + room)):
            narrow.append(f"{claim['id']}: measured {claim['values']}, claimed {claim['bound']}")
    assert not narrow, "\n".join(narrow)


def test_the_script_that_measured_a_claim_is_there(claims: list[Claim]) -> None:
    there = {
        path.relative_to(ROOT / "scripts").with_suffix("").as_posix() for path in SCRIPTS.values()
    }
    assert [f"{it['id']}: {it['script']}" for it in claims if it["script"] not in there] == []


def test_a_claim_stands_once_on_its_page_and_the_ledger_leads_there(claims: list[Claim]) -> None:
    links = {link.attributes.get("href") for link in read("reference/claims.html").tagged("a")}
    lost = []
    for claim in claims:
        anchor, page = f"claim-{claim['id']}", f"{claim['page']}.html"
        if read(page).ids.count(anchor) != 1:
            lost.append(f"{page} has no one place {anchor}")
        if f"{posixpath.relpath(page, 'reference')}#{anchor}" not in links:
            lost.append(f"the ledger has no link to {page}#{anchor}")
    assert not lost, "\n".join(lost)


def test_a_statement_is_a_whole_sentence(claims: list[Claim]) -> None:
    torn = [
        f"{claim['id']}: {claim['statement']}"
        for claim in claims
        if not claim["statement"].endswith(".") or len(claim["statement"].split()) < 4
    ]
    assert not torn, "\n".join(torn)


def test_the_words_of_the_classic_tutorial_stand_on_the_page_that_checks_them(
    claims: list[Claim],
) -> None:
    page_of = {claim["id"]: f"{claim['page']}.html" for claim in claims}
    lost = [
        name
        for name in CLASSIC
        if name in page_of and f"classic-{name}" not in read(page_of[name]).ids
    ]
    assert not lost


# The rules themselves: what they must find.

ENTRY: Claim = {
    "id": "T0",
    "page": "a/b",
    "statement": "One is as large as one.",
    "python": "3.11.7",
    "bound": "0.9 .. 1.1",
    "script": "one",
    "holds": True,
    "why_not": "",
    "measured": 1.0,
    "values": [0.95, 1.0, 1.05],
    "unit": "times",
    "instrument": "a rule",
}
SPOILED = {
    "a claim without a unit": {"unit": None},
    "a unit of another book": {"unit": "megs"},
    "a figure without an instrument": {"instrument": " "},
    "a figure that no run had": {"measured": 0.9},
    "no runs": {"values": []},
    "a figure that is no number": {"values": [math.nan]},
    "a verdict that one run does not bear out": {"values": [0.95, 1.0, 1.2]},
    "a verdict that hides what holds": {"holds": False},
    "silence about what was not measured": {"holds": None, "measured": None, "values": []},
    "a figure of what was not measured": {"holds": None, "why_not": "needs Linux"},
}


def test_a_whole_entry_has_no_fault() -> None:
    assert [*faults_of_an_entry(ENTRY), *faults_of_a_verdict(ENTRY)] == []


@pytest.mark.parametrize("change", SPOILED.values(), ids=SPOILED)
def test_an_entry_is_refused_for(change: Mapping[str, object]) -> None:
    assert list(faults_of_a_verdict({**ENTRY, **change}))


@pytest.mark.parametrize("key", CONTRACT)
def test_an_entry_is_refused_where_something_is_missing(key: str) -> None:
    assert list(faults_of_an_entry({name: it for name, it in ENTRY.items() if name != key}))


def test_a_bound_is_read_as_it_is_written() -> None:
    assert ends("== 4") == (4, 4)
    assert ends(">= 0.75") == (0.75, math.inf)
    assert ends("<= 1e+06") == (-math.inf, 1_000_000)
    assert ends("-4 .. 4") == (-4, 4)


def test_a_figure_by_version_is_the_one_of_the_last_change() -> None:
    by_version = {"3.9": 1, "3.12": 2}
    assert at_version(by_version, "3.11.7") == 1
    assert at_version(by_version, "3.12.0") == 2
    assert at_version(7, "3.12.0") == 7


def test_a_bound_has_to_refuse_a_wrong_world_at_each_end() -> None:
    none, twice = ("T0", 0, "Nothing."), ("T0", 2, "Twice.")
    assert faults_of_bounds([ENTRY], [none, twice]) == []
    assert len(faults_of_bounds([ENTRY], [])) == 2
    assert len(faults_of_bounds([ENTRY], [none])) == 1
    assert faults_of_bounds([{**ENTRY, "bound": "0 .. 2"}], [none, twice])
    assert faults_of_bounds([{**ENTRY, "bound": ">= 0"}], [("T0", -1, "It cannot be.")])
    assert faults_of_bounds([{**ENTRY, "bound": "== 1"}], [none]) == []
    assert faults_of_bounds([ENTRY], [none, twice, ("T99", 0, "Nobody claims this.")])
