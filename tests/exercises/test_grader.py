"""No answer breaks the grader, hangs it, hides its peak from it, or leaves anything behind."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from book_kit.exercises import apart, grader, heap_limit, kernel

TESTS = """\
def prepare():
    return {"count": 400_000}


def work(answer, count):
    assert answer.double(count) == 2 * count


def test_two(answer):
    assert answer.double(1) == 2, "Twice one is two."


def test_large(answer):
    assert answer.double(10**9) == 2 * 10**9, "Large numbers too."


def advise(answer):
    if answer.calls("bytes", "bytearray"):
        return "You fill memory that nobody reads."
    return None
"""
GOOD = "def double(n):\n    return 2 * n\n"
FULL = "def double(n):\n    full = bytes(3 * 2**20)\n    return 2 * n\n"
BUDGET = 1.0
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such call")

#: What an answer does before it doubles, and words of what it is told; none where it passes.
ODD = {
    "passes": ("", ""),
    "ends the program": ("import sys; sys.exit(0)", "ends itself"),
    "ends the process": ("import os; os._exit(0)", "ended its own process"),
    "crashes": ("import ctypes; ctypes.string_at(0)", "ended its own process"),
    "prints megabytes": (
        "import sys\n    for _ in range(10_000): print('word ' * 100, file=sys.stderr)",
        "",
    ),
    "prints past the streams": ("import os; os.write(1, b'x' * 10**5)", ""),
    "closes its output": ("import sys; sys.stdout.close()", ""),
    "goes elsewhere": ("import os; os.chdir('/')", ""),
    "removes its folder": (
        "import os, shutil; shutil.rmtree(os.getcwd(), ignore_errors=True)",
        "",
    ),
    "traces nothing": ("import tracemalloc; tracemalloc.stop(); tracemalloc.clear_traces()", ""),
    "leaves a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()",
        "",
    ),
    "asks": ("input('how much? ')", "EOFError"),
    "fails": ("1 / 0", "ZeroDivisionError: division by zero (line 2 of your file)"),
    "cannot say what failed": (
        "\n    class Odd(Exception):\n        def __str__(self): return 1 / 0\n    raise Odd",
        "Odd (line 5 of your file)",
    ),
    "never ends a call": ("return double(n)", "RecursionError"),
    "fails in a test": ("assert n < 5, 'my own check'", "my own check (line 2 of your file)"),
    "says what is wrong": ("n += 1", "Twice one is two."),
    "leaves memory to find": ("full = bytes(3 * 2**20)", "nobody reads"),
}


def answer(before: str) -> str:
    return f"def double(n):\n    {before or 'pass'}\n    return 2 * n\n"


@posix
def test_each_odd_answer_gets_its_grade_and_the_next_one_too() -> None:
    graded = apart.grade([answer(before) for before, _ in ODD.values()], TESTS, BUDGET, limit=10)
    for (name, (_, words)), (grade,) in zip(ODD.items(), graded, strict=True):
        assert grade["passed"] == (not words), f"{name}: {grade}"
        assert words in grade["advice"], f"{name}: {grade['advice']}"
        assert "\n" not in grade["advice"]


@pytest.mark.parametrize(
    "trick",
    [
        "import tracemalloc\ntracemalloc.get_traced_memory = lambda: (0, 0)\n",
        "import tracemalloc\ntracemalloc.reset_peak = tracemalloc.start = print\n",
    ],
)
def test_whoever_changes_tracemalloc_is_measured_all_the_same(trick: str) -> None:
    hidden = FULL.replace("return", "import tracemalloc; tracemalloc.reset_peak(); return")
    grade = grader.grade(trick + hidden, TESTS, BUDGET)
    assert grade["peak_mib"] == pytest.approx(3, abs=0.2)
    assert not grade["passed"]
    again = grader.grade(GOOD, TESTS, BUDGET)
    assert again["passed"] and again["peak_mib"] < 0.5


def test_an_answer_may_measure_itself() -> None:
    source = """\
import tracemalloc
def double(n):
    full = bytes(2 * 2**20)
    tracemalloc.start()
    part = bytes(2**20 // 2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0.4 < peak / 2**20 < 0.6, peak
    assert tracemalloc.get_traced_memory() == (0, 0)
    return 2 * n
"""
    work_alone = TESTS[: TESTS.index("def test_two")]
    grade = grader.grade(source, work_alone, 9.0)
    assert grade["passed"], grade["advice"]
    assert grade["peak_mib"] == pytest.approx(2.5, abs=0.2)


def test_the_work_begins_with_a_module_that_has_done_nothing() -> None:
    source = "from functools import cache\n@cache\ndef double(n):\n" + FULL[FULL.index("    ") :]
    tests = TESTS.replace("answer.double(10**9) == 2 * 10**9", "answer.double(400_000)")
    assert grader.grade(source, tests, BUDGET)["peak_mib"] > 2.5


def test_what_an_answer_lacks_is_named() -> None:
    assert "has no double" in grader.grade("triple = 3\n", TESTS, BUDGET)["advice"]
    wrong = grader.grade("def double(n):\n    return (\n", TESTS, BUDGET)["advice"]
    assert wrong.startswith("SyntaxError") and "(line 2 of your file)" in wrong


def test_the_beginning_of_what_was_printed_stays() -> None:
    printed = grader.grade(answer("print('so far', n)"), TESTS, BUDGET)["printed"]
    assert printed.startswith("so far 1\n") and len(printed) <= 2_000


def processes_of(mark: str) -> list[int]:
    found = []
    for one in psutil.process_iter():
        try:
            if mark in " ".join(one.cmdline()):
                found.append(one.pid)
        except psutil.Error:
            continue
    return found


@posix
def test_what_never_ends_is_ended_with_all_that_it_started() -> None:
    mark = f"mark_of_{time.monotonic_ns()}"
    endless = f"""\
def double(n):
    import subprocess, sys
    for apart in (False, True):
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600) # {mark}"],
                         start_new_session=apart)
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
    begun = time.monotonic()
    (slow,), (good,) = apart.grade([endless, GOOD], TESTS, BUDGET, limit=1.5)
    assert "had not finished after 1.5 seconds" in slow["advice"]
    assert good["passed"]
    assert time.monotonic() - begun < 10
    assert processes_of(mark) == []


@posix
@pytest.mark.parametrize(
    "eats",
    ["    full = []\n    while True: full.append(bytearray(2**20))\n", "    return [n] * 10**12\n"],
)
def test_what_eats_memory_without_end_is_told_so(eats: str) -> None:
    ((grade,),) = apart.grade([f"def double(n):\n{eats}"], TESTS, BUDGET, memory=400 * 2**20)
    assert "no bound" in grade["advice"]


@posix
def test_processes_of_an_answer_count_together() -> None:
    forks = """\
def double(n):
    import os, time
    for _ in range(4):
        if os.fork() == 0:
            full = bytearray(b"x") * (100 * 2**20)
            time.sleep(600)
    time.sleep(600)
"""
    ((grade,),) = apart.grade([forks], TESTS, BUDGET, memory=300 * 2**20)
    assert "took more than 300 MiB" in grade["advice"]


def test_nothing_stays_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    leaves = answer("import tempfile; tempfile.mkdtemp(); open('mine.txt', 'w').close()")
    apart.grade([leaves], TESTS, BUDGET)
    apart.measure([leaves], TESTS)
    if not heap_limit.lacking():
        heap_limit.hold([heap_limit.Case(leaves, TESTS, BUDGET)])
    assert list(tmp_path.iterdir()) == []


def test_the_kernel_s_counter_sees_the_same_work() -> None:
    touched = FULL.replace("bytes(", "bytearray(b'x') * (")
    (full,), (good,), (broken,) = apart.measure([touched, GOOD, answer("1 / 0")], TESTS)
    if full.get("cannot") == kernel.LACKING:
        pytest.skip(kernel.LACKING)
    assert full["peak_mib"] == pytest.approx(3, abs=0.5)
    assert good["peak_mib"] < 0.5
    assert "ZeroDivisionError" in broken["cannot"]


def test_memray_s_limit_sees_the_same_work() -> None:
    reason = heap_limit.lacking()
    if reason:
        pytest.skip(reason)
    cases = [heap_limit.Case(it, TESTS, BUDGET) for it in (FULL, GOOD, answer("1 / 0"))]
    full, good, broken = heap_limit.hold(cases)
    assert not full.within and full.peak_mib == pytest.approx(3, abs=0.5)
    assert good.within
    assert not broken.within and "ZeroDivisionError" in broken.cannot
