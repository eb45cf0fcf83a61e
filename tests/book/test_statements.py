"""A claim says what its check tests: no more versions than the one that was measured."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from processes import ROOT

from book_kit.evidence.claims import for_this_version

BOOK = ROOT / "book"
CELL = re.compile(r"^```\{code-cell\}.*?\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"^:[\w-]+:.*\n", re.MULTILINE)
#: A version that a build may or may not have: one statement cannot be about two of them.
VERSION = re.compile(
    r"\b(?:Python|CPython|NumPy) (?:version )?[1-9]\.\d+|\bversion 3\.\d+"
    r"|\bPython 2\b|\b2\.7's\b|\bevery recorded\b"  # what others did is no part of a claim
)
#: Claims about the layout of an old version, which is computed and not run.
COMPUTED = {"T11"}

#: What a statement says of the allocators that its claim needs.
NAMED = {
    "pymalloc": ("Python's default allocator", "with its own allocator"),
    "glibc": ("On Linux with glibc",),
}
#: What figures are called whose script says itself that they cannot be had with another one.
ASKED = {"pymalloc": (), "glibc": ("['glibc.", "['trim.", "in_turn['each']")}


@cache
def claims() -> dict[str, ast.Call]:
    """Return the calls of `claim` in all cells of the book, by the claim's name."""
    found = {}
    for page in sorted(BOOK.rglob("*.md")):
        for call in calls(page):
            name = call.args[0]
            assert isinstance(name, ast.Constant), f"{page.name}: {ast.unparse(name)}"
            found[str(name.value)] = call
    return found


def calls(page: Path) -> Iterator[ast.Call]:
    for cell in CELL.finditer(page.read_text(encoding="utf-8")):
        for node in ast.walk(ast.parse(OPTION.sub("", cell["code"]))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "claim":
                yield node


def bounds(call: ast.Call) -> dict[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def keys(mapping: ast.Dict) -> list[object]:
    return [ast.literal_eval(key) for key in mapping.keys if key is not None]


def test_the_book_has_claims() -> None:
    assert len(claims()) > 200


def test_where_a_value_changed_the_statement_changes_with_it() -> None:
    differing = [
        name
        for name, call in claims().items()
        if isinstance(exactly := bounds(call).get("exactly"), ast.Dict)
        and not (isinstance(call.args[1], ast.Dict) and keys(call.args[1]) == keys(exactly))
    ]
    assert differing == []


def test_a_statement_for_all_versions_names_none() -> None:
    naming = [
        name
        for name, call in claims().items()
        if not isinstance(call.args[1], ast.Dict)
        and VERSION.search(ast.unparse(call.args[1]))
        and name not in COMPUTED
    ]
    assert naming == []


def test_a_statement_for_some_versions_says_which() -> None:
    silent = [
        f"{name}: {statement}"
        for name, call in claims().items()
        if isinstance(call.args[1], ast.Dict)
        for statement in map(ast.literal_eval, call.args[1].values)
        if not re.search(r"\b3\.\d+", statement)
    ]
    assert silent == []


def needs(call: ast.Call) -> list[str]:
    return list(ast.literal_eval(bounds(call).get("needs", ast.List([]))))


def statements(call: ast.Call) -> list[str]:
    said = ast.literal_eval(call.args[1])
    return list(said.values()) if isinstance(said, dict) else [said]


def test_what_a_claim_needs_is_an_allocator() -> None:
    assert {one for call in claims().values() for one in needs(call)} == set(NAMED)


def test_a_claim_of_an_allocator_says_so_and_what_says_so_needs_it() -> None:
    wrong = [
        f"{name}: {statement}"
        for name, call in claims().items()
        for statement in statements(call)
        for allocator, words in NAMED.items()
        if (allocator in needs(call)) != any(word in statement for word in words)
        and not any(asked in ast.unparse(call.args[2]) for asked in ASKED[allocator])
    ]
    assert wrong == []


def test_a_statement_is_picked_by_the_version_down_to_its_patch_level() -> None:
    statements = {"3.11": "dies", "3.12": "stays", "3.12.7": "dies again"}
    assert for_this_version(statements, (3, 11, 7)) == "dies"
    assert for_this_version(statements, (3, 12, 0)) == "stays"
    assert for_this_version(statements, (3, 12, 6)) == "stays"
    assert for_this_version(statements, (3, 12, 7)) == "dies again"
    assert for_this_version(statements, (3, 13, 0)) == "dies again"
