"""Imports run one way: scripts use the instrument, the kit uses it too, and nothing looks back."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import ROOT, SCRIPTS, SRC

#: The project's own packages.
OWN = {"measured", "book_kit", "tests", "bench"}
#: What the instrument may use besides the standard library.
OF_A_NOTEBOOK = "src/measured/lines/notebook.py"  # which a notebook alone loads
OF_THE_INSTRUMENT = {"measured", "psutil"}
#: Modules that make data for NumPy or with it, and load it when they do.
NUMPY = {"src/measured/number_file.py", "src/measured/known_memory.py"}
#: What belongs to Sphinx and to notebooks, and where it may be known.
OF_PAGES = {
    *("sphinx", "docutils", "myst_nb", "myst_parser", "jupyter_book", "jupyter_client"),
    *("jupyter_cache", "nbclient", "nbformat", "IPython", "ipykernel"),
}
KNOW_PAGES = {
    "src/book_kit/chapter.py": {"IPython"},
    "src/book_kit/running/kernel.py": {"ipykernel"},
    "src/book_kit/sphinx_build.py": {"jupyter_book", "sphinx"},
}
#: MyST-NB from within, and what runs its kernels, are known in one place.
ADAPTER = "src/book_kit/sphinx/notebooks.py"
OF_THE_ADAPTER = {"myst_nb", "nbclient", "nbformat", "jupyter_client", "jupyter_cache"}
#: For each part of the kit, the parts that it may not import.
ABOVE = {
    "evidence": {"running", "show", "recording", "sphinx", "chapter", "protocol"},
    "running": {"show", "recording", "sphinx", "chapter", "protocol"},
    "show": {"recording", "sphinx", "chapter", "protocol"},
    "recording": {"running", "show", "sphinx", "chapter", "protocol"},
}


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of every module that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            # `from book_kit import running` names a module of the package as well.
            if node.module == "book_kit":
                yield from ((node.lineno, f"{node.module}.{a.name}") for a in node.names)


def everything(*folders: str) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and module for every import below some folders of the project."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for line, module in imports_of(path):
                yield path.relative_to(ROOT).as_posix(), line, module


def top(module: str) -> str:
    return module.partition(".")[0]


def test_scripts_use_of_the_project_the_instrument_alone() -> None:
    offenders = [
        f"{file}:{line} imports {module}"
        for file, line, module in everything("scripts")
        if top(module) in OWN - {"measured"} or top(module) in OF_PAGES
    ]
    assert offenders == []


def test_the_instrument_needs_the_standard_library_and_psutil() -> None:
    offenders = [
        f"{file}:{line} imports {module}"
        for file, line, module in everything("src/measured")
        if top(module) not in sys.stdlib_module_names | OF_THE_INSTRUMENT
        and not (top(module) == "numpy" and file in NUMPY)
        and not (top(module) == "IPython" and file == OF_A_NOTEBOOK)
    ]
    assert offenders == []


def test_the_kit_uses_neither_scripts_nor_tests() -> None:
    names = {name.replace("-", "_") for name in SCRIPTS} | {"tests", "bench", "processes"}
    assert [f"{f}:{n} {m}" for f, n, m in everything("src/book_kit") if top(m) in names] == []


def test_what_belongs_to_pages_is_known_below_the_extension_alone() -> None:
    offenders = [
        f"{file}:{line} imports {module}"
        for file, line, module in everything("src/book_kit")
        if top(module) in OF_PAGES
        and not file.startswith("src/book_kit/sphinx/")
        and top(module) not in KNOW_PAGES.get(file, set())
    ]
    assert offenders == []


def test_myst_nb_is_known_from_within_in_one_place() -> None:
    offenders = [
        f"{file}:{line} imports {module}"
        for file, line, module in everything("src/book_kit/sphinx")
        if top(module) in OF_THE_ADAPTER and file != ADAPTER
    ]
    assert offenders == []


@pytest.mark.parametrize("part", ABOVE)
def test_no_part_of_the_kit_knows_those_above_it(part: str) -> None:
    offenders = []
    for file, line, module in everything(f"src/book_kit/{part}"):
        words = module.split(".")
        if words[0] == "book_kit" and len(words) > 1 and words[1] in ABOVE[part]:
            offenders.append(f"{file}:{line} imports {module}")
    assert offenders == []


def test_no_script_has_a_name_that_python_could_import() -> None:
    """Its folder comes first on the path: it would hide a module of that name from all others."""
    assert [name for name in SCRIPTS if name.isidentifier()] == []
    folders = {path.parent.name for path in SCRIPTS.values()} - {"scripts"}
    assert not folders & (sys.stdlib_module_names | OWN)


def test_the_rules_see_an_import_wherever_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text("def f():\n    from book_kit import chapter\n    import sphinx.application\n")
    found = {module for _, module in imports_of(file)}
    assert found == {"book_kit", "book_kit.chapter", "sphinx.application"}
    assert SRC.is_dir()
