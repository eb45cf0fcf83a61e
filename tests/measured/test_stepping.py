"""A program is stopped at each line, and what is seen is what it has when nobody watches."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from processes import ROOT, SRC, Finished

from book_kit.recording import find

PROGRAMS = sorted((ROOT / "book" / "steps").glob("*.py"))
#: What counts the references to what each name refers to, and takes its size, in the plain program.
_COUNTING = """
import sys as _sys
_probe = {"x": object()}
_of_one = _sys.getrefcount(_probe["x"])
_counted = []
_own = set(globals()) | {"_own", "_count"}
def _count(line):
    names = [name for name in globals() if name not in _own]
    _counted.append([line, {
        name: [_sys.getrefcount(globals()[name]) - _of_one + 1, _sys.getsizeof(globals()[name])]
        for name in names
    }])
"""


def run(program: Path, way: str, python: str = sys.executable) -> Finished:
    return subprocess.run(
        [python, "-m", "measured.stepping", str(program), "--show", way],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONHASHSEED": "0"},
        timeout=60,
    )


@cache
def seen(program: Path, way: str, python: str = sys.executable) -> Any:
    finished = run(program, way, python)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)["seen"]


def written(folder: Path, source: str) -> Path:
    path = folder / "program.py"
    path.write_text(dedent(source), encoding="utf-8")
    return path


def counted(program: Path) -> list[tuple[int, dict[str, list[int]]]]:
    """Run a program that nobody watches; return the counts and sizes after each plain line."""
    tree = ast.parse(program.read_text(encoding="utf-8"))
    body: list[ast.stmt] = []
    for statement in tree.body:
        body.append(statement)
        if not isinstance(statement, ast.For):
            body += ast.parse(f"_count({statement.lineno})").body
    tree.body = ast.parse(_COUNTING).body + body
    source = ast.unparse(tree) + "\nimport json\nprint(json.dumps(_counted))"
    finished = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=60
    )
    assert finished.returncode == 0, finished.stderr
    return [(line, names) for line, names in json.loads(finished.stdout)]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_counts_and_sizes_are_those_of_the_plain_program(program: Path) -> None:
    states = [one for one in seen(program, "objects") if one["ran"] and not one["function"]]
    compared = 0
    for line, names in counted(program):
        # Of a line that runs more than once, the plain program was asked after the last time.
        state = [one for one in states if one["ran"] == line][-1]
        objects = {one["number"]: one for one in state["objects"]}
        for name, reference in state["scopes"][0]["names"].items():
            one = objects.get(reference["to"])
            if one is not None and one["count"] is not None:
                assert [one["count"], one["size"]] == names[name], (line, name)
                compared += 1
    assert compared >= 3


def others() -> list[str]:
    """Return every other Python of this machine that the book supports."""
    known = []
    for python, *more in find.find():
        if more:
            continue
        asked = subprocess.run(
            [python, "-c", "import sys; print(sys.implementation.name, *sys.version_info[:2])"],
            capture_output=True,
            text=True,
        )
        name, *version = asked.stdout.split() or [""]
        if name == "cpython" and tuple(map(int, version)) >= (3, 11):
            known.append(python)
    return known


#: Types whose objects have other sizes in other versions.
_OTHER_SIZES = ("str", "function", "generator")
#: A file and a pickler tell the collector more in some versions than in others.
_OF_ITS_VERSION = "pickle-memo"


def _steps(states: Any) -> list[Any]:
    """Return what every version has to agree on: all but some sizes."""
    return [
        {
            **state,
            "objects": [
                {**one, "size": None if one["type"] in _OTHER_SIZES else one["size"]}
                | {"summed": [part[:2] for part in one["summed"]]}
                for one in state["objects"]
            ],
        }
        for state in states
    ]


def _places(states: Any) -> list[Any]:
    """Return where each version has to stop, and what it has to say of lists."""
    return [
        [state["kind"], state["ran"], state["following"]]
        + [one["count"] for one in state["objects"] if one["type"] == "list"]
        for state in states
    ]


@pytest.mark.interpreters
def test_all_versions_stop_at_the_same_places_and_see_the_same() -> None:
    pythons = others()
    if len(pythons) < 2:
        pytest.skip("this machine has one Python alone")
    for program in PROGRAMS:
        look = _places if program.stem == _OF_ITS_VERSION else _steps
        expected = look(seen(program, "objects"))
        for python in pythons:
            try:
                found = look(seen(program, "objects", python))
            except AssertionError as error:
                if "No module named 'psutil'" in str(error):
                    continue
                raise
            assert found == expected, (program.stem, python)


def test_the_heap_is_what_the_program_asks_for_and_no_more(tmp_path: Path) -> None:
    program = written(
        tmp_path,
        """
        a = None
        b = a
        c = "x" * 100_000
        d = [1, 2]
        b = c
        del c
        b = None
        e = {}
        e["key"] = a
        """,
    )
    block, pair = sys.getsizeof("x" * 100_000), sys.getsizeof([1, 2])
    full = {"key": None}
    assert seen(program, "heap") == [
        *(0, 0, 0, block, block + pair, block + pair, block + pair, pair),
        pair + sys.getsizeof({}),
        pair + sys.getsizeof(full),
    ]


def test_resident_memory_follows_a_block_that_comes_and_goes(tmp_path: Path) -> None:
    program = written(
        tmp_path,
        """
        n = 8 * 2**20
        block = b"x" * n
        del block
        """,
    )
    before, first, there, gone = (it / 2**20 for it in seen(program, "memory")["resident"])
    assert abs(first - before) < 0.5
    assert 7.5 < there - first < 8.5
    assert abs(gone - before) < 0.5


def test_an_object_that_only_its_circle_holds_stays_in_sight_until_it_is_collected() -> None:
    states = seen(ROOT / "book" / "steps" / "cycle.py", "objects")
    dicts = [
        {one["number"]: one["count"] for one in state["objects"] if one["type"] == "dict"}
        for state in states
    ]
    without_names = [
        found
        for found, state in zip(dicts, states, strict=True)
        if found and not {"ham", "eggs"} & {*state["scopes"][0]["names"]}
    ]
    assert [set(found.values()) for found in without_names] == [{1}]
    assert dicts[-1] == {}
    assert states[-1]["scopes"][0]["names"]["found"]["value"] == "2"


def test_nothing_in_the_place_of_a_dead_object_passes_for_it(tmp_path: Path) -> None:
    program = written(
        tmp_path,
        """
        a = [[], [1], {2: 3}]
        a = 1
        a = 2
        a = 3
        """,
    )
    states = seen(program, "objects")
    assert len(states[1]["objects"]) == 4
    assert [state["objects"] for state in states[2:]] == [[], [], []]


def test_calls_have_names_and_results_of_their_own() -> None:
    states = seen(ROOT / "book" / "steps" / "default-that-keeps.py", "objects")
    kinds = [state["kind"] for state in states]
    assert kinds[0] == "begin"
    assert kinds[-1] == "end"
    assert kinds.count("call") == kinds.count("return") == 3
    for state in states:
        if state["kind"] == "return":
            basket = state["scopes"][1]["names"]["basket"]
            assert state["result"] == basket


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a = 1\nb = a / 0\n", "program.py, line 2: ZeroDivisionError: division by zero"),
        ("def f(n):\n    return f(n + 1)\nf(0)\n", "program.py stops more than 60 times"),
        ("n = 0\nwhile True:\n    n += 1\n", "program.py stops more than 60 times"),
        ("try:\n    while True:\n        pass\nexcept Exception:\n    pass\n", "more than 60"),
        ("a = [[n] for n in range(16)]\nb = [[n] for n in range(16)]\n", "more than 24 objects"),
        ("a = (\n", "program.py, line 1:"),
        ("import sys\nsys.exit(3)\n", "program.py, line 2: SystemExit"),
    ],
)
def test_what_cannot_be_stepped_through_is_refused_in_a_line(
    source: str, reason: str, tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(source)
    finished = run(program, "objects")
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert reason in finished.stderr
    assert finished.stderr.count("\n") == 1


def test_a_program_that_is_missing_is_refused_in_a_line(tmp_path: Path) -> None:
    finished = run(tmp_path / "nothing.py", "heap")
    assert finished.returncode == 1
    assert "nothing.py" in finished.stderr
    assert finished.stderr.count("\n") == 1


def test_what_a_program_prints_does_not_disturb_the_report(tmp_path: Path) -> None:
    program = written(tmp_path, 'print("ham")\na = ["eggs"]\n')
    finished = run(program, "objects")
    assert len(json.loads(finished.stdout)["seen"]) == 3
    assert "ham" in finished.stderr


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_the_programs_of_the_book_are_short(program: Path) -> None:
    lines = program.read_text(encoding="utf-8").splitlines()
    assert 6 <= len(lines) <= 16
    assert max(map(len, lines)) <= 44  # beside a picture
