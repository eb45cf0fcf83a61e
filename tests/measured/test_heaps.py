"""What a step hides in memory that was free already is told, and told only where it matters."""

from __future__ import annotations

import pytest
from processes import run_code, script

from measured import c_library, heaps, pymalloc
from measured.memory import Step

needs_both = pytest.mark.skipif(
    c_library.needs_glibc() is not None or pymalloc.absent() is not None,
    reason="needs glibc and pymalloc",
)
NOTHING = ""


def test_a_step_that_filled_free_memory_shows_less_than_it_took() -> None:
    said = heaps.note(Step(peak=1.0, retained=1.0), before=3.5, after=0.1)
    assert "up to 3.4" in said
    assert "free already" in said


def test_a_step_that_gave_back_what_it_had_filled_may_have_had_a_higher_peak() -> None:
    assert "peak" in heaps.note(Step(peak=0.2), before=3.5, after=3.5)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (Step(peak=38.0, retained=38.0), 0.9, 0.9),  # too much to fit into what was free
        (Step(peak=38.0, retained=38.0), 0.9, 0.1),  # what fitted is little beside it
        (Step(retained=-7.6), 0.9, 0.9),  # memory went back
        (Step(), 0.9, 9.0),  # memory was freed, and stays
        (Step(peak=0.02, retained=0.02), 0.05, 0.0),  # there is nothing to hide in
        (Step(peak=1.0), None, 1.0),
        (Step(peak=1.0), 1.0, None),
    ],
)
def test_nothing_is_said_where_there_is_nothing_to_say(
    step: Step, before: float | None, after: float | None
) -> None:
    assert heaps.note(step, before, after) == NOTHING


@needs_both
@pytest.mark.parametrize("size", [100, 1_000])  # in pymalloc's arenas, on glibc's heap
def test_what_was_freed_and_is_held_counts_as_free(size: int) -> None:
    code = f"""
from measured import heaps
heaps.free()
number = 20 * 2**20 // {size}
blocks = [bytes({size}) for _ in range(number)]
kept = blocks[::100]
before = heaps.free()
del blocks
print(heaps.free() - before)
"""
    finished = run_code(code)
    assert float(finished.stdout) > 15, finished.stderr


@needs_both
def test_where_tracemalloc_stands_before_the_allocator_nothing_is_guessed() -> None:
    code = "from measured import heaps; import tracemalloc; a = heaps.free(); tracemalloc.start(); "
    finished = run_code(code + "print(a is None, heaps.free() is None)")
    assert finished.stdout.split() == ["False", "True"], finished.stderr


@needs_both
def test_a_pickle_that_is_loaded_where_its_rows_were_says_so() -> None:
    told = script("test-pickle", "--records", 20_000).stdout.splitlines()
    after_load = told[next(n for n, line in enumerate(told) if line.startswith("load")) + 1]
    assert "free already" in after_load


@needs_both
def test_asking_what_is_free_takes_nothing() -> None:
    code = """
from measured import heaps, memory
heaps.free()
before = memory.read().anonymous
for _ in range(1_000):
    heaps.free()
print(memory.read().anonymous - before)
"""
    finished = run_code(code)
    assert abs(int(finished.stdout)) <= 64 * 1024, finished.stderr
