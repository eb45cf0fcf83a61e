"""The instruments read what is there: memory of a known size, taken in a fresh process.

A bytes object made by repetition is one block of exactly its size, and every page of it is
written.  From 64 MiB on, what the interpreter does beside it is far below 2 % of it.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import psutil
import pytest
from processes import run_code

from measured import memory
from measured.command import Experiment, Failure, need_memory
from measured.units import GIB, KIB, MIB

on_linux = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's smaps_rollup"
)
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


STEPS_WITHIN_STEPS = """
with memory.watch() as step:
    block = b"x" * size
    del block
    time.sleep({pause})
    with memory.watch() as inner:
        kept = b"x" * (5 * 2**20)
        time.sleep({pause})
step.cpu = inner.peak
"""
OVERLAPPING = """
from contextlib import ExitStack
first, second = ExitStack(), ExitStack()
step = first.enter_context(memory.watch())
block = b"x" * size
del block
other = second.enter_context(memory.watch())
kept = b"x" * (5 * 2**20)
first.close()
block = b"x" * (2 * size)
del block
second.close()
step.cpu = other.peak
"""
IN_TWO_THREADS = """
import threading
started, may_end = threading.Event(), threading.Event()
def work():
    global step
    with memory.watch() as step:
        block = b"x" * size
        del block
        started.set()
        may_end.wait()
thread = threading.Thread(target=work)
thread.start()
started.wait()
with memory.watch() as other:
    kept = b"x" * (5 * 2**20)
may_end.set()
thread.join()
step.cpu = other.peak
"""
OF_ANOTHER_THREAD = """
import threading
def hold():
    block = b"x" * size
with memory.watch() as step:
    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    with memory.watch() as inner:
        kept = b"x" * (5 * 2**20)
step.cpu = inner.peak
"""


@on_linux
@pytest.mark.parametrize("code", [STEPS_WITHIN_STEPS, IN_TWO_THREADS, OF_ANOTHER_THREAD])
def test_a_step_within_a_step_takes_nothing_from_the_outer_one(code: str) -> None:
    step = step_of(200, code.replace("{pause}", "0"))
    assert agrees(step["peak"], 200)
    assert agrees(step["cpu"], 5, within=0.2)  # the peak of the inner one


@on_linux
def test_steps_that_overlap_have_each_the_peak_of_its_own_time() -> None:
    step = step_of(100, OVERLAPPING)
    assert agrees(step["peak"], 100)
    assert agrees(step["cpu"], 205)


def test_the_fallback_measures_a_step_within_a_step_too() -> None:
    step = step_of(1024, STEPS_WITHIN_STEPS.replace("{pause}", "0.1"), before=FALLBACK)
    assert agrees(step["peak"], 1024, within=0.05)
    assert agrees(step["cpu"], 5, within=0.2)


@on_linux
def test_an_experiment_may_take_a_step_within_a_step() -> None:
    code = """
from measured.command import Experiment
experiment = Experiment("test", {})
with experiment.step("outer"):
    block = b"x" * size
    del block
    with experiment.step("inner"):
        kept = b"x" * (5 * 2**20)
step = memory.Step(peak=experiment.measurements["outer.peak"]["value"],
                   cpu=experiment.measurements["inner.peak"]["value"])
"""
    finished = run_code(BEGINNING.format(size=200) + code + ENDING)
    step = json.loads(finished.stdout.splitlines()[-1])
    assert agrees(step["peak"], 200)
    assert agrees(step["cpu"], 5, within=0.2)


@on_linux
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_that_is_forked_within_a_step_measures_its_own() -> None:
    code = """
import os
with memory.watch() as step:
    block = b"x" * size
    reading_end, writing_end = os.pipe()
    memory.KernelHighWaterMark._one_at_a_time.acquire()  # as another thread may hold it
    if os.fork() == 0:
        with memory.watch() as own:
            kept = b"x" * (5 * 2**20)
        os.write(writing_end, json.dumps(own.peak).encode())
        os._exit(0)
    memory.KernelHighWaterMark._one_at_a_time.release()
    os.wait()
step.cpu = json.loads(os.read(reading_end, 1000))
"""
    assert agrees(step_of(64, code)["cpu"], 5, within=0.2)


ROLLUP = """\
5612d6bc6000-7ffd03df0000 ---p 00000000 00:00 0                          [rollup]
Rss:                6788 kB
Private_Clean:      1000 kB
Private_Dirty:      2000 kB
Anonymous:          1500 kB
"""


def test_what_the_kernel_says_of_a_process_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "rollup").write_text(ROLLUP)
    monkeypatch.setattr(memory, "_SMAPS_ROLLUP", tmp_path / "rollup")
    found = memory.read()
    assert (found.resident, found.unique) == (6788 * KIB, 3000 * KIB)
    assert (found.anonymous, found.file_backed) == (1500 * KIB, 5288 * KIB)
    assert "rollup" in found.instrument


@pytest.mark.parametrize(
    "said",
    [
        "",
        "\n",
        ROLLUP.replace("Anonymous", "Synonymous"),
        ROLLUP.replace("Rss:                6788 kB\n", ""),
        ROLLUP.replace("6788 kB", "6788 pages"),
        ROLLUP.replace("6788 kB", "many"),
        ROLLUP.replace(":", " ="),
    ],
)
def test_what_the_kernel_says_in_another_form_is_not_taken_for_a_figure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    (tmp_path / "rollup").write_text(said)
    monkeypatch.setattr(memory, "_SMAPS_ROLLUP", tmp_path / "rollup")
    found = memory.read()
    assert found.instrument == "psutil"
    assert found.resident > 1 * MIB
    assert found.anonymous is None


def test_a_mark_that_the_kernel_does_not_tell_is_sampled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "status").write_text("VmHWM: soon\nVmRSS: 1 kB\n")
    monkeypatch.setattr(memory, "_STATUS", tmp_path / "status")
    assert isinstance(memory.peak_meter(), memory.SampledPeak)
    assert memory.lifetime_peak() > 1 * MIB


def deny_unique_memory(_process: object) -> NoReturn:
    raise psutil.AccessDenied


def test_unique_memory_that_is_denied_is_not_handed_out_as_resident(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(psutil.Process, "memory_full_info", deny_unique_memory)
    monkeypatch.setattr(memory, "read", memory.read_with_psutil)
    found = memory.read()
    assert found.resident > 1 * MIB
    assert found.unique is None
    with memory.watch() as step:
        kept = b"x" * (8 * MIB)
    del kept
    assert step.unique is None
    assert step.private == step.retained
    assert step.private_instrument == "psutil, resident"


def test_an_experiment_says_that_unique_memory_is_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil.Process, "memory_full_info", deny_unique_memory)
    monkeypatch.setattr(memory, "read", memory.read_with_psutil)
    experiment = Experiment("test", {})
    with experiment.step("made"):
        pass
    assert "made.unique" not in experiment.measurements
    assert "unique pages" in experiment.unavailable["made.unique"]
    assert "made.retained" in experiment.measurements


def reading(unique: int | None, anonymous: int | None, instrument: str) -> memory.Reading:
    return memory.Reading(100, unique, anonymous, None, instrument)


def test_private_memory_is_of_one_kind_at_both_ends() -> None:
    of_both, of_one = reading(10, 20, "kernel"), reading(13, None, "psutil")
    assert memory.private_growth(of_both, reading(17, 25, "kernel")) == (5, "kernel, anonymous")
    assert memory.private_growth(of_both, of_one) == (3, "psutil, unique")
    assert memory.private_growth(reading(None, None, "a"), of_one) == (0, "psutil, resident")
