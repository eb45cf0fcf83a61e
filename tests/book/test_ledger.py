"""The ledger of the built book: each claim of the book is there once, holds, and can fail."""

from __future__ import annotations

import json
import math
import platform
import posixpath
import re
from collections import Counter
from typing import Any

import pytest
from built_site import SITE, need_site, read
from processes import SCRIPTS

from book_kit.evidence.claims import Bound
from book_kit.evidence.quantity import Measurement
from measured import units

Claim = dict[str, Any]

LEDGER = SITE / "claims.json"
CLAIMS: list[Claim] = json.loads(LEDGER.read_text(encoding="utf-8")) if LEDGER.is_file() else []
EACH_CLAIM = pytest.mark.parametrize("claim", CLAIMS, ids=[claim["id"] for claim in CLAIMS])
#: What is promised of every entry, and what is there besides.
CONTRACT = ("id", "page", "statement", "measured", "unit", "bound", "holds", "script", "python")

pytestmark = pytest.mark.site


@pytest.fixture(scope="module", autouse=True)
def built_book() -> None:
    """Skip aloud where the book is not built; fail where it must be."""
    need_site()


def test_the_ledger_is_there() -> None:
    assert LEDGER.is_file()
    assert CLAIMS


@pytest.mark.parametrize("number", range(1, 26))
def test_every_claim_of_the_classic_tutorial_is_there_once(number: int) -> None:
    assert [claim["id"] for claim in CLAIMS].count(f"T{number}") == 1


def test_every_id_is_there_once() -> None:
    times = Counter(claim["id"] for claim in CLAIMS)
    assert [name for name, often in times.items() if often > 1] == []


def test_every_claim_was_checked_by_one_and_the_same_python() -> None:
    assert len({claim["python"] for claim in CLAIMS}) == 1


@EACH_CLAIM
def test_an_entry_has_what_is_promised_of_it(claim: Claim) -> None:
    assert set(CONTRACT) <= set(claim)
    for key in ("id", "page", "statement", "bound", "script", "python"):
        assert isinstance(claim[key], str), key
        assert claim[key].strip(), key
    assert isinstance(claim["measured"], float | int | None)
    assert isinstance(claim["unit"], str | None)
    assert claim["holds"] in (True, False, None)
    assert re.fullmatch(r"\d+\.\d+\.\d+", claim["python"])
    assert re.fullmatch(r"[\w.-]+", claim["id"])


@EACH_CLAIM
def test_a_claim_holds_or_says_why_it_was_not_measured(claim: Claim) -> None:
    assert claim["holds"] is not False, f"measured {claim['values']}, claimed {claim['bound']}"
    if claim["holds"] is None:
        assert claim["why_not"].strip()
        assert claim["measured"] is None
        assert claim["values"] == []


@EACH_CLAIM
def test_what_needs_linux_is_measured_on_linux(claim: Claim) -> None:
    if platform.system() == "Linux":
        assert claim["holds"] is not None or "Linux" not in claim["why_not"]


@EACH_CLAIM
def test_the_values_and_the_bound_decide_whether_a_claim_holds(claim: Claim) -> None:
    bound = Bound.parse(claim["bound"])
    if claim["holds"] is not None:
        assert claim["values"]
        assert claim["holds"] == all(bound.admits(value) for value in claim["values"])


@EACH_CLAIM
def test_the_figure_is_the_median_of_its_values_in_a_unit_of_the_book(claim: Claim) -> None:
    if claim["measured"] is None:
        pytest.skip(f"not measured here: {claim['why_not']}")
    assert all(math.isfinite(value) for value in claim["values"])
    figure = Measurement(claim["id"], claim["unit"], tuple(claim["values"]), claim["instrument"])
    assert claim["measured"] == figure.median
    assert units.known(claim["unit"])
    assert claim["instrument"].strip()


@EACH_CLAIM
def test_a_claim_can_fail(claim: Claim) -> None:
    bound = Bound.parse(claim["bound"])
    assert bound.low is not None or bound.high is not None
    if bound.low is not None:
        assert math.isfinite(bound.low)
        assert not bound.admits(math.nextafter(bound.low, -math.inf))
    if bound.high is not None:
        assert math.isfinite(bound.high)
        assert not bound.admits(math.nextafter(bound.high, math.inf))


@EACH_CLAIM
def test_a_claim_does_not_hold_of_every_figure_that_its_unit_can_have(claim: Claim) -> None:
    # A count, a size or a time below zero cannot be: a bound that only refuses those never fails.
    bound = Bound.parse(claim["bound"])
    never_negative = claim["unit"] in ("count", "bytes", "bytes each", "s", "ms", "µs", "µs each")
    if never_negative:
        assert bound.high is not None or (bound.low is not None and bound.low > 0)
    if claim["unit"] == "fraction":
        possible = [value / 1000 for value in range(1001)]
        assert not all(bound.admits(value) for value in possible)


@EACH_CLAIM
def test_a_claim_holds_with_a_margin_that_comes_from_its_spread(claim: Claim) -> None:
    # A run a little worse than the worst of these must not turn the verdict.
    bound = Bound.parse(claim["bound"])
    if claim["holds"] is not None:
        lowest, highest = min(claim["values"]), max(claim["values"])
        room = (highest - lowest) / 2
        assert bound.admits(lowest - room)
        assert bound.admits(highest + room)


@EACH_CLAIM
def test_the_script_that_measured_it_is_there(claim: Claim) -> None:
    assert claim["script"] in SCRIPTS


@EACH_CLAIM
def test_the_claim_stands_on_its_page_with_an_anchor(claim: Claim) -> None:
    page = read(f"{claim['page']}.html")
    assert page.ids.count(f"claim-{claim['id']}") == 1


@EACH_CLAIM
def test_the_ledger_of_the_site_leads_to_the_claim(claim: Claim) -> None:
    links = [link.attributes.get("href", "") for link in read("reference/claims.html").tagged("a")]
    page = posixpath.relpath(f"{claim['page']}.html", "reference")
    assert f"{page}#claim-{claim['id']}" in links


@EACH_CLAIM
def test_a_statement_is_a_whole_sentence(claim: Claim) -> None:
    assert claim["statement"].endswith(".")
    assert len(claim["statement"].split()) >= 4


@pytest.mark.parametrize("number", range(1, 26))
def test_the_words_of_the_classic_tutorial_stand_on_the_page_that_checks_them(number: int) -> None:
    pages = [claim["page"] for claim in CLAIMS if claim["id"] == f"T{number}"]
    if not pages:
        pytest.fail(f"no page claims T{number}")
    assert f"classic-T{number}" in read(f"{pages[0]}.html").ids
