"""`show-sizeof` says of a literal what the same text takes in a program, and runs nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from processes import complaint, names_in, run, script

#: Texts in which compiled code shares constants, or makes containers in its own way.
TEXTS = [
    "[1000, 1000]",
    "(1000, 1000)",
    "[1000, (1000, 2000), {'k': 1000}]",
    "[1.5, 1.5, -1.5, -1.5]",
    "[0.0, -0.0]",
    "[1, 1.0, True, 1j]",
    "[-1000, -1000, 1000]",
    "[-5, -6, -5]",
    "[+1000, 1000]",
    "[1+2j, 1+2j, -2j]",
    "['a b', 'a b']",
    "['name', 'name']",
    "['é€🐍', 'é€🐍', 'é']",
    "['a' 'b', 'ab']",
    "[b'bytes', b'bytes', 'bytes']",
    "[(1000, 2.5), (1000, 2.5), 2.5]",
    "[(), ()]",
    "[[], []]",
    "((1, (2, 3000)), (2, 3000))",
    "{'k': 1000, 'k': 2000}",
    "{1000: 1000, 1000.0: 2000}",
    "{'a': 213, 'b': 2131}",
    "{(1, 2): [1000], (1, 2): 1000}",
    "{1000, 1000, 2000}",
    "{1, 2, 3, 4, 5}",
    "{'x', 2}",
    "set()",
    "[set(), {'a': set()}]",
    "[1, 2]",
    "[1, 2, 3]",
    "[4, 'toaster', 230.1]",
    "[1, 2, [3]]",
    "[None, ..., True, None]",
    "[1000, 0x3e8, 1_000]",
    str([*range(300, 329)]),
    str([*range(300, 331)]),
    str([*range(300, 400)]),
    str([[n] for n in range(29)]),
    str([[n] for n in range(31)]),
    str({n: str(n) for n in range(300, 320)}),
    str({n: [n] for n in range(300, 320)}),
    str(2**63),
]

#: Adds up a value in a program that was compiled with it, by other code than the script's.
PROGRAM = """
import json, sys
def reach(x, found):
    if id(x) not in found:
        found[id(x)] = x
        if isinstance(x, dict):
            x = [*x, *x.values()]
        if isinstance(x, (list, tuple, set)):
            for part in x:
                reach(part, found)
    return found
def total(x):
    return sum(map(sys.getsizeof, reach(x, {}).values()))
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Return what each text takes in a module of its own, compiled to a file and imported."""
    folder = tmp_path_factory.mktemp("compiled")
    for number, text in enumerate(TEXTS):
        (folder / f"text_{number}.py").write_text(f"X = {text}\n", encoding="utf-8")
    program = folder / "program.py"
    program.write_text(
        PROGRAM
        + f"found = [__import__(f'text_{{n}}').X for n in range({len(TEXTS)})]\n"
        + "print(json.dumps([total(x) for x in found]))\n",
        encoding="utf-8",
    )
    finished = run(program)
    assert finished.returncode == 0, finished.stderr
    return dict(zip(TEXTS, json.loads(finished.stdout), strict=True))


@pytest.fixture(scope="module")
def shown() -> dict[str, int]:
    finished = script("show-sizeof", "--json", "--", *TEXTS)
    assert finished.returncode == 0, finished.stderr
    figures = json.loads(finished.stdout)["measurements"]
    return {text: figures[f"{text} total"]["value"] for text in TEXTS}


def test_a_literal_takes_what_the_same_text_takes_in_a_program(
    compiled: dict[str, int], shown: dict[str, int]
) -> None:
    assert shown == compiled


def test_equal_constants_are_one_object(shown: dict[str, int]) -> None:
    assert shown["[1000, 1000]"] == sys.getsizeof([None, None]) + sys.getsizeof(1000)
    assert shown["[[], []]"] == sys.getsizeof([None, None]) + 2 * sys.getsizeof([])


NO_LITERALS = {
    "a name": "x",
    "a call": "open('pwned', 'w')",
    "a call of set": "set([1])",
    "a sum": "1 + 1",
    "a power": "9**9**9",
    "a repetition": "'a' * 10**12",
    "a starred list": "[*[1]]",
    "an unpacked dictionary": "{**{}}",
    "a formatted string": "f'{1}'",
    "a comprehension": "[open('pwned', 'w') for _ in (1,)]",
    "an attribute": "().__class__",
    "an index": "[1][0]",
    "a comparison": "1 < 2",
    "a lambda": "lambda: 1",
    "a walrus": "(x := 1)",
    "two lines": "1\n2",
    "a statement": "import os",
    "an unhashable key": "{[]: 1}",
    "nothing": "",
    "brackets": "[" * 300 + "]" * 300,
    "signs": "-" * 3000 + "1",
    "a null byte": "'\\0' x",
}


@pytest.mark.parametrize("text", NO_LITERALS.values(), ids=NO_LITERALS.keys())
def test_what_is_no_literal_is_refused_and_never_run(text: str, tmp_path: Path) -> None:
    line = complaint(script("show-sizeof", "--", text, cwd=tmp_path), code=2)
    assert "is not a Python literal" in line
    assert names_in(tmp_path) == set()
