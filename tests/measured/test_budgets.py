"""A budget: a step that takes more memory than it may is an AssertionError."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import measured
from measured import memory

MIB = 2**20
FILES = Path("/proc/self/fd")


def test_what_stays_within_its_budget_passes() -> None:
    with measured.budget(64) as step:
        block = bytearray(40 * MIB)
    assert 40 <= step.peak < 64
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
            block = bytearray(40 * MIB)  # no memory that was freed before
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
    assert figures(str(caught.value), "no memory that was freed before")[1:] == ["+40.0", "3"]
    assert "over_its_budget, called once" in str(caught.value)


def test_where_another_tool_follows_the_lines_there_is_no_table() -> None:
    with pytest.raises(AssertionError) as caught, another_tool(), measured.budget(8):
        bytearray(32 * MIB)
    assert re.search(r"memory rose by 3[12]\.\d MiB", str(caught.value))
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

    # By hand: in this thread the loop of a browser's test may be running.
    steps = load().__await__()
    with pytest.raises(AssertionError, match="may rise by 8 MiB"):
        for _ in steps:
            pass


def test_what_the_step_raises_passes_and_hides_no_figure_behind_it() -> None:
    with pytest.raises(LookupError, match="mine"), measured.budget(1):
        bytearray(32 * MIB)
        raise LookupError("mine")


def test_budgets_may_lie_within_each_other() -> None:
    with measured.budget(64) as outer, measured.budget(40) as inner:
        bytearray(32 * MIB)
    assert inner.peak == pytest.approx(32, abs=1)
    assert outer.peak == pytest.approx(32, abs=1)


def test_each_thread_has_blocks_of_its_own() -> None:
    shared, entered, left = measured.budget(100), threading.Event(), threading.Event()
    peaks = []

    def first() -> None:
        with shared as step:
            entered.set()
            left.wait(10)
        peaks.append(step.peak)

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait(10)
    with shared as step:
        pass
    block = bytearray(64 * MIB)
    left.set()
    thread.join()
    assert step.peak < 1
    assert peaks[0] == pytest.approx(64, abs=2)
    del block


@pytest.mark.skipif(not FILES.is_dir(), reason="counts open files as Linux does")
def test_a_block_leaves_nothing_behind() -> None:
    def held() -> tuple[int, int]:
        return len(list(FILES.iterdir())), len(memory.KernelHighWaterMark._watching)

    with measured.budget(64):
        pass
    before = held()
    for _ in range(20):
        with measured.budget(64):
            pass
    assert held() == before


def generator() -> Iterator[int]:
    yield 1


@pytest.mark.parametrize("what", [generator, staticmethod(over_its_budget), len, property()])
def test_what_has_no_work_of_its_own_has_no_budget(what: object) -> None:
    with pytest.raises(TypeError, match="a budget is for a function, a coroutine function"):
        measured.budget(8)(what)  # type: ignore[type-var]


def test_a_function_that_a_tool_has_rewritten_keeps_its_own_code() -> None:
    def load() -> int:
        block = bytearray(40 * MIB)
        assert len(block) == 40 * MIB  # pytest has put code of its own here
        return len(block)

    code = load.__code__
    limited = measured.budget(8)(load)
    assert load.__code__ is code
    with pytest.raises(AssertionError, match=r"no table of lines: .* its code is not what"):
        limited()


@pytest.mark.parametrize("mib", [0, -1, float("nan"), float("inf"), True, "40", None])
def test_what_is_no_budget_is_refused(mib: object) -> None:
    with pytest.raises(ValueError, match="a budget is a number of MiB above zero"):
        measured.budget(mib)  # type: ignore[arg-type]
