"""A budget: a step that takes more memory than it may is an AssertionError."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator

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


def over_its_budget() -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(measured.budget(8))
        for _ in range(3):
            block = bytearray(16 * MIB)
            del block


def figures(text: str, source: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.endswith(source)]
    return line.split()[2:5]


def test_a_block_over_its_budget_is_told_with_the_table_of_its_lines() -> None:
    with pytest.raises(AssertionError) as caught, measured.budget(8):
        small = bytearray(40 * MIB)  # from 32 MiB on, no block is of memory that was freed before
        large = bytearray(64 * MIB)
        del small, large
    assert figures(str(caught.value), "no block is of memory that was freed before")[0] == "+40.0"
    assert figures(str(caught.value), "large = bytearray(64 * MIB)") == ["+64.0", "+64.0", "1"]


def test_a_block_that_another_object_enters_is_that_of_its_caller() -> None:
    with pytest.raises(AssertionError) as caught:
        over_its_budget()
    assert figures(str(caught.value), "block = bytearray(16 * MIB)")[1:] == ["+16.0", "3"]
    assert "over_its_budget, called once" in str(caught.value)


def test_where_another_tool_follows_the_lines_there_is_no_table() -> None:
    with pytest.raises(AssertionError) as caught, another_tool(), measured.budget(8):
        bytearray(32 * MIB)
    assert "memory rose by 32.0 MiB" in str(caught.value)
    assert "no table of lines: " in str(caught.value)


@contextlib.contextmanager
def another_tool() -> Iterator[None]:
    """Be in the way, as a debugger or a profiler is."""
    if sys.version_info < (3, 12):
        before = sys.gettrace()
        sys.settrace(lambda *_event: None)
        try:
            yield
        finally:
            sys.settrace(before)
    else:
        events = sys.monitoring
        taken = [number for number in range(6) if events.get_tool(number) is None]
        for number in taken:
            events.use_tool_id(number, "another")
        try:
            yield
        finally:
            for number in taken:
                events.free_tool_id(number)


def test_afterwards_nothing_follows_any_line() -> None:
    with measured.budget(8):
        pass
    assert sys.gettrace() is None
    assert sys._getframe().f_trace is None
    if sys.version_info >= (3, 12):
        assert "measured" not in map(sys.monitoring.get_tool, range(6))


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
