"""The instruments read what is there: memory of a known size, taken in a fresh process.

A bytes object made by repetition is one block of exactly its size, and every page of it is
written.  From 64 MiB on, what the interpreter does beside it is far below 2 % of it.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from processes import run_code

from measured import memory
from measured.command import Failure, need_memory
from measured.units import GIB, MIB

on_linux = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's smaps_rollup"
)
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a POSIX system")
each_size = pytest.mark.parametrize("size", [64, 128, 256])

BEGINNING = "import json, sys, time; from measured import memory; size = {size} * 2**20\n"
FALLBACK = "memory.peak_meter = memory.SampledPeak; memory.read = memory.read_with_psutil\n"
HOLD = """
with memory.watch() as step:
    block = b"x" * size
"""
HOLD_AND_FREE = """
with memory.watch() as step:
    block = b"x" * size
    del block
"""
HOLD_A_WHILE_AND_FREE = """
with memory.watch() as step:
    block = b"x" * size
    time.sleep(0.1)
    del block
"""
ENDING = "\nprint(json.dumps(vars(step)))"


@cache
def step_of(size: int, code: str, before: str = "") -> dict[str, Any]:
    """Run a step in a fresh process; return its figures, in MiB."""
    finished = run_code(BEGINNING.format(size=size) + before + code + ENDING)
    assert finished.returncode == 0, finished.stderr
    figures: dict[str, Any] = json.loads(finished.stdout)
    return figures


def agrees(figure: float, size: float, within: float = 0.02) -> bool:
    return abs(figure - size) <= within * size


@each_size
def test_held_memory_is_retained(size: int) -> None:
    assert agrees(step_of(size, HOLD)["retained"], size)


@each_size
def test_held_memory_is_unique_to_the_process(size: int) -> None:
    assert agrees(step_of(size, HOLD)["unique"], size)


@on_linux
@each_size
def test_held_memory_is_anonymous_and_has_no_file_behind_it(size: int) -> None:
    step = step_of(size, HOLD)
    assert agrees(step["anonymous"], size)
    assert abs(step["file_backed"]) <= 0.02 * size


@each_size
def test_the_peak_of_held_memory_is_its_size(size: int) -> None:
    assert agrees(step_of(size, HOLD)["peak"], size)


@on_linux
@each_size
def test_memory_freed_within_a_step_is_in_the_peak_and_not_in_what_is_retained(size: int) -> None:
    step = step_of(size, HOLD_AND_FREE)
    assert agrees(step["peak"], size)
    assert abs(step["retained"]) <= 0.02 * size


@on_linux
def test_the_peak_of_a_step_forgets_the_step_before() -> None:
    larger_before = "block = b'x' * (4 * size); del block\n"
    assert agrees(step_of(64, HOLD, before=larger_before)["peak"], 64)


@on_linux
def test_pages_of_a_mapped_file_are_file_backed_and_not_anonymous(tmp_path: Path) -> None:
    path = tmp_path / "mapped"
    path.write_bytes(b"x" * (64 * MIB))
    code = f"""
import mmap
file = open({str(path)!r}, "rb")
with memory.watch() as step:
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    total = sum(mapped[place] for place in range(0, size, mmap.PAGESIZE))
"""
    step = step_of(64, code)
    assert agrees(step["file_backed"], 64)
    assert abs(step["anonymous"]) <= 0.02 * 64


@on_linux
def test_memory_shared_with_a_child_is_resident_in_it_but_not_unique_to_it() -> None:
    code = """
import os
block = b"x" * size
reading_end, writing_end = os.pipe()
if os.fork() == 0:
    here = memory.read()
    os.write(writing_end, json.dumps([here.resident, here.unique]).encode())
    os._exit(0)
os.wait()
resident, unique = json.loads(os.read(reading_end, 1000))
step = memory.Step(retained=resident / 2**20, unique=unique / 2**20)
"""
    step = step_of(128, code)
    assert step["retained"] >= 128
    assert step["unique"] <= 0.1 * 128


@each_size
def test_the_fallback_agrees_on_held_memory(size: int) -> None:
    step = step_of(size, HOLD, before=FALLBACK)
    assert step["instrument"] == "psutil"
    assert agrees(step["retained"], size)
    assert agrees(step["unique"], size)


@each_size
def test_the_fallback_agrees_on_a_peak_that_lasts_longer_than_its_sampling(size: int) -> None:
    # Looser: the sampling thread and its stack come and go within the step.
    step = step_of(size, HOLD_A_WHILE_AND_FREE, before=FALLBACK)
    assert step["peak_instrument"] == memory.SampledPeak.name
    assert agrees(step["peak"], size, within=0.05)
    assert abs(step["retained"]) <= 0.05 * size


def test_the_fallback_sees_a_peak_between_two_samples_where_it_is_the_highest_so_far() -> None:
    # Larger and looser: a process starts with the lifetime peak of the one that made it.
    step = step_of(1024, HOLD_AND_FREE, before=FALLBACK)
    assert agrees(step["peak"], 1024, within=0.05)


@on_linux
def test_two_instruments_agree_on_the_same_moment() -> None:
    code = """
block = b"x" * size
one, other = memory.read(), memory.read_with_psutil()
step = memory.Step(retained=(one.resident - other.resident) / 2**20,
                   unique=(one.unique - other.unique) / 2**20)
"""
    step = step_of(128, code)
    assert abs(step["retained"]) <= 0.02 * 128
    assert abs(step["unique"]) <= 0.02 * 128


@on_linux
def test_the_allocations_that_tracemalloc_counts_are_those_that_the_system_sees() -> None:
    code = """
import tracemalloc
tracemalloc.start()
with memory.watch() as step:
    block = b"x" * size
counted, _peak = tracemalloc.get_traced_memory()
step.cpu = counted / 2**20
"""
    step = step_of(128, code)
    assert agrees(step["retained"], step["cpu"])


@on_linux
def test_the_peak_of_a_process_outlives_the_reset_of_the_mark() -> None:
    code = """
block = b"x" * size
del block
with memory.watch() as step:
    pass
step.retained = memory.lifetime_peak() / 2**20
"""
    step = step_of(256, code)
    assert step["peak"] <= 0.02 * 256
    assert step["retained"] >= 256


def test_a_step_that_fails_is_measured_all_the_same() -> None:
    code = """
try:
    with memory.watch() as step:
        block = b"x" * size
        raise LookupError
except LookupError:
    pass
"""
    assert agrees(step_of(64, code)["retained"], 64)


def test_a_step_counts_processor_time_and_not_time_on_the_clock() -> None:
    asleep = step_of(1, "\nwith memory.watch() as step:\n    time.sleep(0.3)\n")
    assert asleep["cpu"] < 0.15
    code = """
with memory.watch() as step:
    start = time.process_time()
    while time.process_time() < start + 0.3:
        pass
"""
    assert 0.3 <= step_of(1, code)["cpu"] < 0.45


def test_what_the_machine_cannot_hold_is_refused_with_a_remedy() -> None:
    with pytest.raises(Failure, match=r"memory: a very long list .* give --length less"):
        need_memory(2**60, "a very long list", "give --length less")


def test_what_the_machine_can_hold_is_not_refused() -> None:
    need_memory(MIB, "a short list", "give --length less")


def test_memory_is_refused_at_the_edge_of_what_is_available(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "available", lambda: GIB)
    need_memory(GIB, "a list", "less")
    with pytest.raises(Failure, match=r"about 1\.0 GiB and 1\.0 GiB are available"):
        need_memory(GIB + 1, "a list", "less")


@on_linux
def test_a_limit_on_the_address_space_counts_as_memory_that_is_not_available() -> None:
    import resource

    code = "from measured import memory; print(memory.available())"
    finished = run_code(code, limits={resource.RLIMIT_AS: 2 * GIB})
    assert 0 < int(finished.stdout) < 2 * GIB


@on_posix
@pytest.mark.parametrize(
    ("maximum", "current", "left"),
    [("1073741824", "73741824", 1_000_000_000), ("10", "20", 0), ("max", "20", sys.maxsize)],
)
def test_a_container_leaves_what_its_control_group_allows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, maximum: str, current: str, left: int
) -> None:
    (tmp_path / "memory.max").write_text(maximum + "\n")
    (tmp_path / "memory.current").write_text(current + "\n")
    monkeypatch.setattr(memory, "Path", lambda _group: tmp_path)
    assert memory._control_group_available() == left
    assert memory.available() <= left
