"""A budget: a step that takes more memory than it may is an AssertionError."""

from __future__ import annotations

import asyncio

import pytest

import measured

MIB = 2**20


def test_what_stays_within_its_budget_passes() -> None:
    with measured.budget(8) as step:
        block = bytearray(MIB)
    assert 1 <= step.peak < 8
    del block


def test_what_goes_over_is_told_with_its_peak_and_what_stayed() -> None:
    with (
        pytest.raises(
            AssertionError,
            match=r"memory rose by 3[12]\.\d MiB, and may rise by 8 MiB; 0\.\d MiB stayed",
        ),
        measured.budget(8),
    ):
        bytearray(32 * MIB)


def test_a_function_over_its_budget_is_told_with_the_table_of_its_lines() -> None:
    @measured.budget(8)
    def load(size: int) -> int:
        block = bytearray(size)
        return len(block)

    assert load(MIB) == MIB
    with pytest.raises(AssertionError) as caught:
        load(32 * MIB)
    (line,) = [line for line in str(caught.value).splitlines() if "block = bytearray" in line]
    assert line.split()[3] == "+32.0"


def test_a_coroutine_has_a_budget_too() -> None:
    @measured.budget(8)
    async def load() -> None:
        bytearray(32 * MIB)
        await asyncio.sleep(0)

    with pytest.raises(AssertionError, match="may rise by 8 MiB"):
        asyncio.run(load())


def test_what_the_step_raises_passes_and_hides_no_figure_behind_it() -> None:
    with pytest.raises(LookupError, match="mine"), measured.budget(1):
        bytearray(32 * MIB)
        raise LookupError("mine")


def test_budgets_may_lie_within_each_other() -> None:
    with measured.budget(64) as outer, measured.budget(40) as inner:
        bytearray(32 * MIB)
    assert inner.peak == pytest.approx(32, abs=1)
    assert outer.peak == pytest.approx(32, abs=1)


@pytest.mark.parametrize("mib", [0, -1, float("nan"), True, "40", None])
def test_what_is_no_budget_is_refused(mib: object) -> None:
    with pytest.raises(ValueError, match="a budget is a number of MiB above zero"):
        measured.budget(mib)  # type: ignore[arg-type]
