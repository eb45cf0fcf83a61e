"""What proves an exercise: each of its answers fares as its folder says, by every instrument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from book_kit.exercises import apart, heap_limit, kernel
from book_kit.exercises.heap_limit import Case
from book_kit.exercises.source import Exercise

RUNS = 5
#: A budget is this many times the solution's peak, and the start's peak times that, at the most.
ABOVE_SOLUTION, OF_START = 1.25, 0.75
#: Seconds for an answer that never returns.
LIMIT = 8.0

Grades = Sequence[dict[str, Any]]


def complaints(exercise: Exercise) -> list[str]:
    """Grade every answer of an exercise; return what is not as its folder says."""
    first, others = [exercise.start, exercise.solution], list(exercise.right.values())
    others += [wrong.source for wrong in exercise.wrong.values()]
    start, solution = _grade(exercise, first, RUNS)
    rest = [runs[0] for runs in _grade(exercise, others, 1)]
    found = list(_start_and_solution(exercise, start, solution))
    for name, grade in zip(exercise.right, rest, strict=False):
        if not grade["passed"]:
            found.append(f"right/{name}.py does not pass: {grade['advice']}")
    for (name, wrong), grade in zip(
        exercise.wrong.items(), rest[len(exercise.right) :], strict=True
    ):
        if grade["passed"]:
            found.append(f"wrong/{name}.py passes, with {_peak(grade)} MiB")
        elif wrong.advice not in grade["advice"]:
            found.append(f"wrong/{name}.py gets the advice {grade['advice']!r}")
    if exercise.budget_mib is not None and not found:
        found += _by_the_kernel(exercise)
    return found


def over_limits(exercises: Sequence[Exercise]) -> list[str]:
    """Hold starts and solutions to memray's limits; return what is not as it should be."""
    cases, solutions = [], []
    for it in exercises:
        if it.budget_mib is not None:
            cases += [Case(it.start, it.tests, it.budget_mib)]
            cases += [Case(it.solution, it.tests, it.budget_mib)]
            solutions += [(it.name, False), (it.name, True)]
    found = []
    for (name, is_solution), held in zip(solutions, heap_limit.hold(cases), strict=True):
        if held.cannot:
            found.append(f"{name}: {held.cannot}")
        elif held.within != is_solution:
            which = f"the solution takes {held.peak_mib} MiB" if is_solution else "the start passes"
            found.append(f"{name}: {which} by memray's limit")
    return found


def _grade(exercise: Exercise, answers: list[str], repeats: int) -> list[list[dict[str, Any]]]:
    return apart.grade(answers, exercise.tests, exercise.budget_mib, repeats=repeats, limit=LIMIT)


def _start_and_solution(exercise: Exercise, start: Grades, solution: Grades) -> Iterator[str]:
    for grade in solution:
        if not grade["passed"]:
            yield f"solution.py does not pass: {grade['advice']}"
            return
    if exercise.budget_mib is None:
        if start[0]["passed"]:
            yield "start.py passes, and there is nothing to change"
        return
    failed = [test for test in start[0]["tests"] if not test["passed"]]
    if failed or start[0]["peak_mib"] is None:
        yield f"start.py fails a test: {start[0]['advice']}"
        return
    if start[0]["passed"]:
        yield f"start.py stays within its budget, with {_peak(start[0])} MiB"
    peaks = [it["peak_mib"] for it in start], [it["peak_mib"] for it in solution]
    yield from _gap(exercise.budget_mib, *peaks, by="tracemalloc")


def _by_the_kernel(exercise: Exercise) -> Iterator[str]:
    assert exercise.budget_mib is not None
    answers = [exercise.start, exercise.solution]
    start, solution = apart.measure(answers, exercise.tests, repeats=RUNS, limit=LIMIT)
    reasons = [it["cannot"] for it in (*start, *solution) if "cannot" in it]
    if reasons:
        if reasons[0] != kernel.LACKING:
            yield f"by the kernel's counter: {reasons[0]}"
        return
    peaks = [it["peak_mib"] for it in start], [it["peak_mib"] for it in solution]
    yield from _gap(exercise.budget_mib, *peaks, by="the kernel's counter")


def _gap(budget: float, start: list[float], solution: list[float], *, by: str) -> Iterator[str]:
    if ABOVE_SOLUTION * max(solution) > budget:
        yield f"the solution takes up to {max(solution):.2f} MiB of {budget} MiB by {by}"
    if OF_START * min(start) < budget:
        yield f"the start takes only {min(start):.2f} MiB, the budget is {budget} MiB, by {by}"


def _peak(grade: dict[str, Any]) -> str:
    return "no" if grade["peak_mib"] is None else f"{grade['peak_mib']:.2f}"
