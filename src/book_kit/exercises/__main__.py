"""Grade an answer to an exercise on your own machine, by each instrument that it has.

python -m book_kit.exercises                 lists the exercises
python -m book_kit.exercises NAME            grades what you start with
python -m book_kit.exercises NAME FILE       grades your own file, which nothing here changes
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from book_kit import project
from book_kit.exercises import apart, heap_limit, source
from book_kit.exercises.source import BadExercise, Exercise

_BAR = 40  # characters
_LARGEST_FILE = 1_000_000  # bytes


class _WrongUsage(Exception):
    """What was asked for cannot be done; the message is one line."""


def main(arguments: list[str] | None = None) -> int:
    """Grade or list; return the exit code: 0 passed, 1 not, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="exercises",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        book = project.root() / "book"
        if options.name is None:
            _list(book)
            return 0
        exercise = source.read(book, options.name)
        answer = exercise.start if options.file is None else _read(options.file)
        passed = _grade(exercise, answer, options.file)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("exercises: stopped", file=sys.stderr)
        return 130
    except (BadExercise, _WrongUsage, LookupError, OSError) as error:
        print(f"exercises: {error}", file=sys.stderr)
        return 2
    return 0 if passed else 1


def _list(book: Path) -> None:
    found = [source.read(book, name) for name in source.names(book)]
    width = max((len(it.name) for it in found), default=0)
    for it in sorted(found, key=lambda it: (it.chapter, it.name)):
        print(f"{it.name:<{width}}  {it.kind:<8}  {it.title}")


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise _WrongUsage(f"{file} is too large for an answer")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _WrongUsage(f"{file} is no text in UTF-8") from None
    except OSError as error:
        raise _WrongUsage(f"{file}: {error.strerror}") from None


def _grade(exercise: Exercise, answer: str, file: Path | None) -> bool:
    """Grade, and say on the terminal what came of it; return whether it passed."""
    budget = exercise.budget_mib
    own = apart.grade([answer], exercise.tests, budget)[0][0]
    was_measured = own["peak_mib"] is not None
    lines: list[str] = []
    advice = [own["advice"]] if own["advice"] else []
    if was_measured:
        solution = apart.grade([exercise.solution], exercise.tests, budget)[0][0]
        lines += _bars(
            "tracemalloc: what Python allocated", own["peak_mib"], budget, solution["peak_mib"]
        )
        for title, lacking, peaks in _other_instruments(exercise, answer):
            if lacking:
                lines += [title, f"  {lacking}"]
                continue
            lines += _bars(title, peaks[0], budget, peaks[1])
            if budget is not None and peaks[0] is not None and peaks[0] > budget and not advice:
                advice.append(f"It breaks the budget by {title.partition(':')[0]} alone.")
    print("Passed:" if not advice else "Not yet:", exercise.title)
    if file is None:
        print(
            f"This is what you start with, {project.shown(exercise.folder / 'start.py')}: copy it"
        )
    for test in own["tests"]:
        print(f"  {'passed' if test['passed'] else 'FAILED'}  {_words(test['name'])}")
        if not test["passed"] and [test["advice"]] != advice[:1]:
            print(f"          {test['advice']}")
    for line in lines:
        print(line)
    if own["printed"]:
        print("It printed:", *own["printed"].splitlines()[:5], sep="\n  ")
    if advice:
        print(f"Advice: {advice[0]}")
    return not advice


_Found = tuple[str, str, tuple[float | None, float | None]]


def _other_instruments(exercise: Exercise, answer: str) -> Iterator[_Found]:
    """Yield title, why it cannot measure, and the peaks of the answer and of the solution."""
    both = [answer, exercise.solution]
    measured = [runs[0] for runs in apart.measure(both, exercise.tests)]
    cannot = next((it["cannot"] for it in measured if "cannot" in it), "")
    peaks = measured[0].get("peak_mib"), measured[1].get("peak_mib")
    yield "the kernel's counter: what the process took", cannot, peaks
    if exercise.budget_mib is None:
        return
    title = "memray: the limit of a test"
    case = heap_limit.Case(answer, exercise.tests, exercise.budget_mib)
    held = heap_limit.hold([case])[0]
    if held.within:
        yield title, "within the budget", (None, None)
    else:
        yield title, held.cannot, (held.peak_mib, None)


def _bars(
    title: str, own: float | None, budget: float | None, solution: float | None
) -> Iterator[str]:
    """Yield a title and a bar for each of the figures there are, in MiB."""
    yield title
    figures = {"yours": own, "budget": budget, "solution": solution}
    there = {name: figure for name, figure in figures.items() if figure is not None}
    most = max(there.values())
    full = "█" if _can_be_printed("█") else "#"
    for name, figure in there.items():
        bar = full * max(1, round(_BAR * figure / most)) if figure > 0 else ""
        yield f"  {name:<8}  {bar:<{_BAR}}  {figure:8,.2f} MiB"


def _can_be_printed(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True


def _words(name: str) -> str:
    return name.removeprefix("test_").replace("_", " ")


if __name__ == "__main__":
    raise SystemExit(main())
