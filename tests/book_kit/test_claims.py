"""A claim can fail: its bound has an end, and a figure beyond an end is refused."""

from __future__ import annotations

import math
import platform
import random

import pytest

from book_kit.evidence.claims import Bound, Claim, for_this_version, other_allocator
from book_kit.evidence.quantity import Measurement

TIMES = "\N{MULTIPLICATION SIGN}"


def many_bounds() -> list[Bound]:
    draw = random.Random(25)
    bounds = [
        Bound(0, None),
        Bound(None, 0),
        Bound(0, 0),
        Bound(-1, 1),
        Bound(1e-9, None),
        Bound(49, 49),
        Bound(2**30, 2**30),
        Bound(1_234_567, 7_654_321),
        Bound(0.1 + 0.2, None),
        Bound(None, 1 / 3),
        Bound(1_000_000, 1_000_000),
        Bound(-7.6, -7.5),
    ]
    for _ in range(200):
        low, high = sorted(draw.choice([-1, 1]) * 10 ** draw.uniform(-6, 12) for _ in range(2))
        bounds += [Bound(low, high), Bound(low, None), Bound(None, high), Bound(low, low)]
    return bounds


def test_a_bound_without_an_end_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="cannot fail"):
        Bound()


def test_a_bound_that_no_figure_can_meet_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no figure"):
        Bound(2, 1)


@pytest.mark.parametrize("bound", [Bound(0.5, 2.0), Bound(0.5, None), Bound(-3.0, -1.0)])
def test_a_low_end_admits_itself_and_nothing_below(bound: Bound) -> None:
    assert bound.low is not None
    assert bound.admits(bound.low)
    assert not bound.admits(math.nextafter(bound.low, -math.inf))


@pytest.mark.parametrize("bound", [Bound(0.5, 2.0), Bound(None, 2.0), Bound(-3.0, -1.0)])
def test_a_high_end_admits_itself_and_nothing_above(bound: Bound) -> None:
    assert bound.high is not None
    assert bound.admits(bound.high)
    assert not bound.admits(math.nextafter(bound.high, math.inf))


def test_an_exact_bound_admits_one_figure() -> None:
    assert Bound(49, 49).admits(49)
    assert not Bound(49, 49).admits(48)
    assert not Bound(49, 49).admits(50)


@pytest.mark.parametrize("bound", [Bound(0, None), Bound(None, 0), Bound(-1, 1), Bound(0, 0)])
def test_no_bound_admits_what_is_not_a_number(bound: Bound) -> None:
    assert not bound.admits(math.nan)


def test_a_bound_reads_back_as_it_was_written() -> None:
    for bound in many_bounds():
        assert Bound.parse(str(bound)) == bound, str(bound)


@pytest.mark.parametrize("text", ["", "0.5", "> 1", ">=", ">= much", "about 5", "1 .. ", "2 .. 1"])
def test_what_is_not_a_bound_does_not_parse(text: str) -> None:
    with pytest.raises(ValueError):
        Bound.parse(text)


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (Bound(0.5, None), f"at least 0.50{TIMES}"),
        (Bound(None, 2), f"at most 2.00{TIMES}"),
        (Bound(2, 2), f"exactly 2.00{TIMES}"),
        (Bound(1, 2), f"from 1.00 to 2.00{TIMES}"),
    ],
)
def test_a_reader_is_told_the_bound_in_words(bound: Bound, words: str) -> None:
    assert bound.in_words("times") == words


def claim(*values: float, bound: Bound) -> Claim:
    measured = Measurement("x", "times", values, "scale") if values else None
    why_not = "" if values else "needs Linux"
    return Claim("T99", "It holds.", bound, measured, "script", why_not)


def test_a_claim_holds_when_every_repeat_lies_within() -> None:
    assert claim(0.5, 0.6, 0.7, bound=Bound(0.5, None)).holds is True


@pytest.mark.parametrize("position", range(3))
def test_one_repeat_beyond_the_bound_breaks_a_claim(position: int) -> None:
    values = [0.6, 0.6, 0.6]
    values[position] = 0.4
    assert claim(*values, bound=Bound(0.5, None)).holds is False


def test_a_claim_that_was_not_measured_neither_holds_nor_fails() -> None:
    unmeasured = claim(bound=Bound(0.5, None))
    assert unmeasured.holds is None
    assert unmeasured.as_json()["holds"] is None
    assert unmeasured.as_json()["why_not"] == "needs Linux"


def test_a_claim_in_the_ledger_carries_its_evidence() -> None:
    entry = claim(0.5, 0.9, 0.7, bound=Bound(0.5, None)).as_json()
    assert entry["id"] == "T99"
    assert entry["measured"] == 0.7
    assert entry["values"] == [0.5, 0.9, 0.7]
    assert entry["unit"] == "times"
    assert entry["script"] == "script"
    assert entry["holds"] is True
    assert Bound.parse(str(entry["bound"])) == Bound(0.5, None)
    python = platform.python_version()
    assert python.startswith(str(entry["python"]))


PLAIN = {"allocator": "pymalloc", "malloc": "glibc 2.36"}
WITHOUT_PYMALLOC = PLAIN | {"allocator": "malloc"}
WITH_JEMALLOC = PLAIN | {"malloc": "jemalloc 5.3.0"}


@pytest.mark.parametrize("needs", [[], ["pymalloc"], ["glibc"], ["pymalloc", "glibc"]])
def test_what_has_the_allocators_that_it_is_about_is_claimed(needs: list[str]) -> None:
    assert other_allocator(needs, [PLAIN, PLAIN]) == ""


@pytest.mark.parametrize(
    ("needs", "environment", "reason"),
    [
        (["pymalloc"], WITHOUT_PYMALLOC, "needs pymalloc, and this Python uses malloc"),
        (
            ["pymalloc"],
            PLAIN | {"allocator": "pymalloc_debug"},
            "needs pymalloc, and this Python uses pymalloc_debug",
        ),
        (["glibc"], WITH_JEMALLOC, "needs glibc, and malloc here is jemalloc 5.3.0"),
        (["pymalloc", "glibc"], WITH_JEMALLOC, "needs glibc, and malloc here is jemalloc 5.3.0"),
        (["glibc"], PLAIN | {"malloc": "macOS libmalloc"}, "malloc here is macOS libmalloc"),
        (["glibc"], {}, "needs glibc, and malloc here is unknown"),
    ],
)
def test_another_allocator_is_the_reason_why_nothing_is_claimed(
    needs: list[str], environment: dict[str, str], reason: str
) -> None:
    assert reason in other_allocator(needs, [environment])
    assert reason in other_allocator(needs, [PLAIN, environment])


@pytest.mark.parametrize("needs", [[], ["glibc"]])
def test_an_allocator_that_a_claim_is_not_about_may_be_another(needs: list[str]) -> None:
    assert other_allocator(needs, [WITHOUT_PYMALLOC]) == ""


def test_only_an_allocator_that_an_environment_names_can_be_needed() -> None:
    with pytest.raises(KeyError):
        other_allocator(["tcmalloc"], [PLAIN])


def test_a_version_has_the_value_of_the_last_change_before_it() -> None:
    by_version = {"3.9": 120.0, "3.10": 88.0, "3.12": 41.0}
    assert for_this_version(by_version, (3, 9)) == 120
    assert for_this_version(by_version, (3, 10)) == 88
    assert for_this_version(by_version, (3, 11)) == 88
    assert for_this_version(by_version, (3, 12)) == 41
    assert for_this_version(by_version, (3, 15)) == 41


def test_a_version_before_every_value_has_none() -> None:
    with pytest.raises(LookupError, match=r"3\.8"):
        for_this_version({"3.9": 120.0}, (3, 8))
