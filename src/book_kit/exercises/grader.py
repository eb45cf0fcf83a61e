"""Grade an answer: whether it passes the tests of its exercise, and the peak of its work.

This file needs the standard library alone and runs in a page as it runs here.  `tests` is the text
of an exercise's `tests.py`:

prepare()
    returns the keyword arguments of `work`; nothing of it is counted.
work(answer, **prepared)
    the call whose peak has to stay within the budget; `answer` is the answer's module.
test_*(answer)
    what the answer has to do; the message of an assertion is the advice for who fails it.
advise(answer)
    one line for who breaks the budget; `answer` is an `Answer`, the text and what it took.
"""

from __future__ import annotations

import ast
import gc
import io
import json
import os
import sys
import tempfile
import tracemalloc
import types
from _tracemalloc import get_traced_memory, is_tracing, reset_peak, start, stop
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

# `_tracemalloc` has the functions themselves, out of reach of an answer that changes the module.

MIB = 2**20
ANSWER, TESTS = "answer.py", "tests.py"
_LONGEST_PRINTED = 2_000  # bytes of what an answer printed
_LONGEST_LINE = 300
_NO_ADVICE = "Find the line that holds everything at once, and hold less there."


class Answer:
    """An answer that broke its budget, for the `advise` of its exercise.

    Attributes
    ----------
    source, tree
        Its text, and that as a tree of `ast`.
    peak_mib, budget_mib
        What its work took, and what it may take.
    """

    def __init__(self, source: str, peak_mib: float, budget_mib: float) -> None:
        self.source = source
        self.tree = ast.parse(source)
        self.peak_mib = peak_mib
        self.budget_mib = budget_mib

    def calls(self, *names: str) -> bool:
        """Return whether it calls anything of these names: `list`, `readlines` or `json.load`."""
        called = [ast.unparse(it.func) for it in ast.walk(self.tree) if isinstance(it, ast.Call)]
        return any(it == name or it.endswith(f".{name}") for it in called for name in names)

    def has(self, *kinds: type[ast.AST]) -> bool:
        """Return whether there is a node of one of these kinds in it, such as `ast.ListComp`."""
        return any(isinstance(node, kinds) for node in ast.walk(self.tree))


def grade(source: str, tests: str, budget_mib: float | None) -> dict[str, Any]:
    """Grade an answer.

    Parameters
    ----------
    source, tests
        The texts of the answer and of the tests of its exercise.
    budget_mib
        What its work may take at its peak; None where it may take anything.

    Returns
    -------
    dict
        `passed`; `tests`, of each its `name`, whether it `passed`, and its `advice`; `peak_mib`,
        None where the work was not done; `budget_mib`; `advice`, one line, empty for an answer
        that passed; and the beginning of what it `printed`.
    """
    ended: list[dict[str, Any]] = []
    peak, advice = None, ""
    with _surroundings() as (paper, folder):
        try:
            _stand_in(folder)
            checks = load(TESTS, tests)
            answer = load(ANSWER, source)
        except BaseException as error:
            advice = told(error)
        else:
            for name, check in _tests_of(checks):
                _stand_in(folder)
                ended.append(_test(name, check, answer))
            advice = next((test["advice"] for test in ended if not test["passed"]), "")
            if not advice and hasattr(checks, "work"):
                del answer  # with whatever it kept
                _stand_in(folder)
                try:
                    peak = _peak_of_work(source, checks) / MIB
                except BaseException as error:
                    advice = told(error)
        if peak is not None and budget_mib is not None and peak > budget_mib:
            advice = _advice(checks, Answer(source, peak, budget_mib))
        printed = paper.text()
    return {
        "passed": not advice,
        "tests": ended,
        "peak_mib": peak,
        "budget_mib": budget_mib,
        "advice": advice,
        "printed": printed,
    }


def as_json(source: str, tests: str, budget_mib: float | None) -> str:
    """Grade an answer, and return what `grade` does as one line of JSON."""
    return json.dumps(grade(source, tests, budget_mib))


def load(name: str, source: str) -> types.ModuleType:
    """Run a text as a module, one that `pickle` and `dataclasses` find by its name."""
    module = types.ModuleType(name.removesuffix(".py"))
    module.__file__ = name
    sys.modules[module.__name__] = module
    exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)
    return module


def _tests_of(checks: types.ModuleType) -> list[tuple[str, Callable[[Any], object]]]:
    return [(name, it) for name, it in vars(checks).items() if name.startswith("test_")]


def _test(name: str, check: Callable[[Any], object], answer: types.ModuleType) -> dict[str, Any]:
    try:
        check(answer)
    except BaseException as error:
        advice = told(error)
        if not isinstance(error, AssertionError):
            advice += f"; the test: {name.removeprefix('test_').replace('_', ' ')}"
        return {"name": name, "passed": False, "advice": advice}
    return {"name": name, "passed": True, "advice": ""}


def _peak_of_work(source: str, checks: types.ModuleType) -> int:
    """Return the peak of the work of a module that has done nothing before, in bytes."""
    prepared = checks.prepare()
    within = _WithinOurs()
    with within.installed():
        answer = load(ANSWER, source)
        if is_tracing():
            stop()
        gc.enable()
        gc.collect()
        start()
        try:
            before, _ = get_traced_memory()
            reset_peak()
            checks.work(answer, **prepared)
            if not is_tracing():
                raise RuntimeError("the answer has stopped what measures it")
            return within.highest() - before
        finally:
            stop()


def _advice(checks: types.ModuleType, answer: Answer) -> str:
    advice: object = None
    with suppress(Exception):
        advice = checks.advise(answer)
    return advice if isinstance(advice, str) and advice else _NO_ADVICE


def told(error: BaseException) -> str:
    """Say in one line what went wrong, and in which line of the answer."""
    line = _line_in_the_answer(error)
    place = f" (line {line} of your file)" if line else ""
    with suppress(Exception):
        return (_told(error, bool(line)) + place)[:_LONGEST_LINE]
    return f"{type(error).__name__}{place}"  # an exception that cannot even say what it is


def _told(error: BaseException, is_of_the_answer: bool) -> str:
    if isinstance(error, SystemExit):
        return "Your program ends itself (sys.exit): let the function return instead"
    if isinstance(error, MemoryError):
        return "Out of memory: what is held at once has no bound"
    if isinstance(error, AttributeError) and getattr(error.obj, "__file__", "") == ANSWER:
        return f"Your file has no {error.name}: keep that name"
    said = " ".join((error.msg if isinstance(error, SyntaxError) else str(error)).split())
    if isinstance(error, AssertionError) and not is_of_the_answer and said:
        return said
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _line_in_the_answer(error: BaseException) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == ANSWER:
        return error.lineno
    line, entry = None, error.__traceback__
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == ANSWER:
            line = entry.tb_lineno
        entry = entry.tb_next
    return line


class _Paper(io.BufferedIOBase):
    """What an answer prints goes here; its beginning stays."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, printed: Any) -> int:
        size = len(printed)
        self._kept += bytes(printed[: max(0, _LONGEST_PRINTED - len(self._kept))])
        return size

    def text(self) -> str:
        return self._kept.decode("utf-8", "replace")


def _stand_in(folder: Path) -> None:
    """Be in a folder, which an answer may have left or taken away."""
    folder.mkdir(exist_ok=True)
    os.chdir(folder)


@contextmanager
def _surroundings() -> Iterator[tuple[_Paper, Path]]:
    """Give an answer a folder, a place to print to, and our modules; take all of it back after."""
    paper = _Paper()
    printed: Any = paper  # which has what the stream asks of it, and no more
    stream = io.TextIOWrapper(
        printed, encoding="utf-8", errors="backslashreplace", write_through=True
    )
    kept = sys.stdout, sys.stderr, sys.argv, tempfile.tempdir, sys.getrecursionlimit()
    modules = {name: sys.modules.get(name) for name in ("answer", "tests")}
    tracing = dict(vars(tracemalloc))
    folder_before = Path.cwd()
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    try:
        sys.stdout = sys.stderr = stream
        sys.argv = [ANSWER]
        tempfile.tempdir = folder.name
        yield paper, Path(folder.name)
    finally:
        sys.stdout, sys.stderr, sys.argv, tempfile.tempdir, limit = kept
        sys.setrecursionlimit(limit)
        sys.settrace(None)
        vars(tracemalloc).update(tracing)
        os.chdir(folder_before)
        for name, module in modules.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
        with suppress(OSError):  # an answer may have taken the folder away
            folder.cleanup()


class _WithinOurs:
    """`tracemalloc` as an answer sees it while it is measured itself: its own, within ours.

    What the answer starts, stops and puts back counts for the answer, and the peak from outside
    stays whole.
    """

    _NAMES = ("start", "stop", "is_tracing", "get_traced_memory", "reset_peak", "clear_traces")

    def __init__(self) -> None:
        self._is_on = False
        self._base = self._highest = 0

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Have the module's functions be these; whatever an answer sets there ends with them."""
        before = dict(vars(tracemalloc))
        for name in self._NAMES:
            setattr(tracemalloc, name, getattr(self, name))
        try:
            yield
        finally:
            vars(tracemalloc).update(before)

    def highest(self) -> int:
        """Return the highest that was traced, in bytes, whatever was put back meanwhile."""
        self._highest = max(self._highest, get_traced_memory()[1])
        return self._highest

    def start(self, _frames: int = 1) -> None:
        """As `tracemalloc.start`."""
        if not self._is_on:
            self._is_on = True
            self.clear_traces()

    def stop(self) -> None:
        """As `tracemalloc.stop`."""
        self._is_on = False

    def is_tracing(self) -> bool:
        """As `tracemalloc.is_tracing`."""
        return self._is_on

    def get_traced_memory(self) -> tuple[int, int]:
        """As `tracemalloc.get_traced_memory`."""
        if not self._is_on:
            return 0, 0
        current, peak = get_traced_memory()
        return max(current - self._base, 0), max(peak - self._base, 0)

    def reset_peak(self) -> None:
        """As `tracemalloc.reset_peak`."""
        self.highest()
        reset_peak()

    def clear_traces(self) -> None:
        """As `tracemalloc.clear_traces`."""
        self.reset_peak()
        self._base, _ = get_traced_memory()
