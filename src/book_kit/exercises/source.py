"""The folder of an exercise: what is in it, and whether it is as it should be.

book/exercises/NAME/
  exercise.toml   title, kind, chapter, budget_mib, needs
  task.md         what the reader is to do
  start.py        what the reader begins with: works, and breaks the budget
  tests.py        see `grader`
  hints.md        two to four, between lines of ---
  solution.py
  right/*.py      answers that are right in another way
  wrong/*.py      answers that are wrong; the first line is `# advice: words of what is said`
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "exercises"
KINDS = ("build", "change", "capstone")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = {"title", "kind", "chapter", "budget_mib", "needs"}
_BETWEEN_HINTS = re.compile(r"^---[ \t]*$", re.M)
_FEWEST_HINTS, _MOST_HINTS = 2, 4
#: By kind, how many other right answers and how many wrong ones an exercise has at the least.
_FEWEST = {"build": (1, 3), "capstone": (1, 3), "change": (0, 1)}
_ADVICE = "# advice:"
FILES = ("task.md", "start.py", "tests.py", "hints.md", "solution.py")


class BadExercise(ValueError):
    """An exercise is not as it should be; one line names the file and what is wrong with it."""


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that is wrong, and words that the advice for it has."""

    source: str
    advice: str


@dataclass(frozen=True)
class Exercise:
    """An exercise, read and checked.

    Attributes
    ----------
    name, folder
        Its folder's name, and the folder.
    title, kind, chapter, budget_mib, needs
        As in `exercise.toml`; no budget is None.
    task, start, tests, solution
        The texts of the files of these names.
    hints
        From nudge to nearly the answer, in Markdown.
    right, wrong
        Other answers, by their file's name without its ending.
    """

    name: str
    folder: Path
    title: str
    kind: str
    chapter: str
    budget_mib: float | None
    needs: tuple[str, ...]
    task: str
    start: str
    tests: str
    hints: tuple[str, ...]
    solution: str
    right: dict[str, str]
    wrong: dict[str, WrongAnswer]

    def files(self) -> tuple[Path, ...]:
        """Return every file that it was read from."""
        return tuple(sorted(path for path in self.folder.rglob("*") if path.suffix in _READ))


_READ = {".toml", ".md", ".py"}


def names(book: Path) -> list[str]:
    """Return the names of all exercises of a book: the folder `book/` of the project."""
    return sorted(path.parent.name for path in (book / FOLDER).glob("*/exercise.toml"))


def read(book: Path, name: str) -> Exercise:
    """Read an exercise of a book and check it.

    Raises
    ------
    BadExercise
        If a file is missing, or is not what it should be.
    """
    if not _NAME.fullmatch(name):
        raise BadExercise(f"{name!r} is no name of an exercise: small letters, digits and hyphens")
    folder = book / FOLDER / name
    if not folder.is_dir():
        known = ", ".join(names(book)) or "none"
        raise BadExercise(f"there is no exercise {name!r}; there are: {known}")
    head = _head(folder, book)
    texts = {file: _text(folder / file, folder) for file in FILES}
    exercise = Exercise(
        name=name,
        folder=folder,
        title=head["title"],
        kind=head["kind"],
        chapter=head["chapter"],
        budget_mib=None if head.get("budget_mib") is None else float(head["budget_mib"]),
        needs=tuple(head.get("needs", ())),
        task=texts["task.md"].strip(),
        start=texts["start.py"],
        tests=texts["tests.py"],
        hints=tuple(hint.strip() for hint in _BETWEEN_HINTS.split(texts["hints.md"])),
        solution=texts["solution.py"],
        right={path.stem: _text(path, folder) for path in _answers(folder / "right")},
        wrong={path.stem: _wrong(path, folder) for path in _answers(folder / "wrong")},
    )
    for path, complaint in _complaints(exercise):
        raise BadExercise(f"{FOLDER}/{name}/{path}: {complaint}")
    return exercise


def _head(folder: Path, book: Path) -> dict[str, Any]:
    text = _text(folder / "exercise.toml", folder)
    try:
        head = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(folder, "exercise.toml", f"is no TOML: {error}") from None
    for complaint in _complaints_of_head(head, book):
        raise _bad(folder, "exercise.toml", complaint)
    return head


def _complaints_of_head(head: dict[str, Any], book: Path) -> Iterator[str]:
    unknown = sorted(set(head) - _KEYS)
    if unknown:
        yield f"{unknown[0]} is not known; there are {', '.join(sorted(_KEYS))}"
    for key in ("title", "kind", "chapter"):
        if not isinstance(head.get(key), str) or not head[key].strip():
            yield f"{key} is missing, or no text"
    if head["kind"] not in KINDS:
        yield f"kind is one of {', '.join(KINDS)}, not {head['kind']!r}"
    if not (book / f"{head['chapter']}.md").is_file():
        yield f"chapter {head['chapter']!r} is no page of the book"
    budget = head.get("budget_mib")
    if budget is None:
        if head["kind"] != "change":
            yield f"budget_mib is missing, and a {head['kind']} has a budget"
    elif isinstance(budget, bool) or not isinstance(budget, int | float) or not budget > 0:
        yield f"budget_mib is a number above zero, not {budget!r}"
    needs = head.get("needs", [])
    if not isinstance(needs, list) or not all(isinstance(it, str) for it in needs):
        yield "needs is a list of names of packages"


def _complaints(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield file and complaint."""
    if not exercise.task:
        yield "task.md", "is empty"
    count = len(exercise.hints)
    if not _FEWEST_HINTS <= count <= _MOST_HINTS or not all(exercise.hints):
        yield "hints.md", f"has {_FEWEST_HINTS} to {_MOST_HINTS} hints between lines of ---"
    fewest_right, fewest_wrong = _FEWEST[exercise.kind]
    if len(exercise.right) < fewest_right:
        yield "right/", f"a {exercise.kind} has {fewest_right} more right answer at the least"
    if len(exercise.wrong) < fewest_wrong:
        yield "wrong/", f"a {exercise.kind} has {fewest_wrong} wrong answers at the least"
    codes = {"start.py": exercise.start, "tests.py": exercise.tests}
    codes["solution.py"] = exercise.solution
    codes |= {f"right/{stem}.py": text for stem, text in exercise.right.items()}
    codes |= {f"wrong/{stem}.py": wrong.source for stem, wrong in exercise.wrong.items()}
    trees = {}
    for path, text in codes.items():
        try:
            trees[path] = ast.parse(text)
        except SyntaxError as error:
            yield path, f"line {error.lineno}: {error.msg}"
            return
        for module in _imported(trees[path]):
            if module not in sys.stdlib_module_names and module not in exercise.needs:
                yield path, f"imports {module}, which `needs` does not name"
    yield from (("tests.py", it) for it in _complaints_of_tests(trees["tests.py"], exercise))


def _complaints_of_tests(tree: ast.Module, exercise: Exercise) -> Iterator[str]:
    functions = {it.name: it for it in tree.body if isinstance(it, ast.FunctionDef)}
    if not any(name.startswith("test_") for name in functions):
        yield "has no function test_*"
    wanted = {"work", "prepare", "advise"} if exercise.budget_mib is not None else set()
    if "work" in functions:
        wanted.add("prepare")
    missing = sorted(wanted - set(functions))
    if missing:
        yield f"has no function {missing[0]}"
    for name, function in functions.items():
        first = function.args.args[0].arg if function.args.args else None
        if (name.startswith("test_") or name in ("work", "advise")) and first != "answer":
            yield f"the first argument of {name} is the answer"


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def _answers(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.py"))


def _wrong(path: Path, folder: Path) -> WrongAnswer:
    text = _text(path, folder)
    first = text.partition("\n")[0]
    if not first.startswith(_ADVICE) or not first.removeprefix(_ADVICE).strip():
        raise _bad(folder, f"wrong/{path.name}", f"does not begin with `{_ADVICE} some words`")
    return WrongAnswer(text, first.removeprefix(_ADVICE).strip())


def _text(path: Path, folder: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        complaint = "is missing"
    except UnicodeDecodeError:
        complaint = "is no UTF-8"
    except OSError as error:
        complaint = error.strerror or str(error)
    raise _bad(folder, path.relative_to(folder).as_posix(), complaint)


def _bad(folder: Path, file: str, complaint: str) -> BadExercise:
    return BadExercise(f"{FOLDER}/{folder.name}/{file}: {complaint}")
