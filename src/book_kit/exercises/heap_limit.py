"""The limit that memray holds a test's heap to: what a reader would write in a test of their own.

pytest runs a generated test, with `@pytest.mark.limit_memory` on it, in a temporary folder.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from book_kit.exercises import apart

LACKING = "pytest-memray is not installed: make installed-for-tests (there is none for Windows)"
_TEST = """\
import json
import sys
import types
from pathlib import Path

import pytest

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
MARKED = [
    pytest.param(case, marks=pytest.mark.limit_memory(f"{case['budget_mib']} MB")) for case in CASES
]


def module(name, source):
    made = sys.modules[name] = types.ModuleType(name)
    exec(compile(source, name + ".py", "exec"), made.__dict__)
    return made


@pytest.fixture
def prepared(request):
    case = request.node.callspec.params["case"]
    checks = module("tests", case["tests"])
    return checks, module("answer", case["answer"]), checks.prepare()


@pytest.mark.parametrize("case", MARKED)
def test_work(case, prepared):
    checks, answer, keywords = prepared
    checks.work(answer, **keywords)
"""
_REPORTER = """\
import json
from pathlib import Path


def pytest_runtest_logreport(report):
    if report.when == "call" or report.failed:
        with Path(__file__).with_name("ended.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps([report.passed, str(report.longrepr or "")]) + "\\n")
"""
_TOOK = re.compile(r"limited to \S+ but allocated ([\d.]+)([KMG]i)?B")
_IN_MIB = {None: 1 / 2**20, "Ki": 1 / 2**10, "Mi": 1.0, "Gi": 2.0**10}


class Case(NamedTuple):
    """The work of an answer, and what its heap may take."""

    answer: str
    tests: str
    budget_mib: float


class Held(NamedTuple):
    """Whether an answer's work stayed within the limit, and else what memray says that it took.

    Without either, `cannot` says why.
    """

    within: bool
    peak_mib: float | None = None
    cannot: str = ""


def lacking() -> str:
    """Return why there is no such limit here, or nothing."""
    return "" if find_spec("pytest_memray") and find_spec("memray") else LACKING


def hold(cases: Sequence[Case], *, limit: float = apart.LONGEST) -> list[Held]:
    """Have pytest hold the work of answers to their limits: `limit` seconds for each of them."""
    reason = lacking()
    if reason:
        return [Held(False, cannot=reason)] * len(cases)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "test_work.py").write_text(_TEST, encoding="utf-8")
        (folder / "reporter.py").write_text(_REPORTER, encoding="utf-8")
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        content = json.dumps([case._asdict() for case in cases])
        (folder / "cases.json").write_text(content, encoding="utf-8")
        # What pytest itself looks up in the folder is there; answers write where `tempfile` says.
        words = [sys.executable, "-m", "pytest", "-q", "-p", "reporter", "-p", "no:cacheprovider"]
        words += ["-p", "no:xdist", f"--basetemp={folder / 'temporary'}", "test_work.py"]
        ended = folder / "ended.jsonl"
        ended.touch()
        # Python's own allocator would hand out what is left of arenas that an earlier answer has
        # filled, and memray, one floor below, would see nothing of that.
        reason = apart.run(words, folder, limit, apart.MOST_MEMORY, progress=ended, malloc="malloc")
        lines = ended.read_text(encoding="utf-8").splitlines()
    found = [_held(*json.loads(line)) for line in lines]
    missing = Held(False, cannot=reason or "pytest did not come so far")
    return found + [missing] * (len(cases) - len(found))


def _held(passed: bool, said: str) -> Held:
    if passed:
        return Held(True)
    took = _TOOK.search(said)
    if took is None:
        last = said.strip().splitlines()[-1:] or ["the work failed"]
        return Held(False, cannot=last[0])
    return Held(False, float(took[1]) * _IN_MIB[took[2]])
