"""A page runs again when what it depends on has changed, an experiment when its own inputs have.

Each row of the table is one change to a book that is up to date: which pages run their cells
again, and which experiments run again below them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from processes import ROOT
from small_book import LIBRARIES, PAGES_WITH_CELLS, Build, SmallBook

EVERY_PAGE = sorted(PAGES_WITH_CELLS)
OF_THE_KIT = ["arithmetic", "basket", "pears"]  # the pages whose cells import it
#: The cell of this page starts a script by itself: nobody knows what that loads, so all counts.
UNKNOWN = ["started"]
BOTH = ["apples", "pears"]

#: Stands for another build of Python: experiments, kernels and the build are started with it.
ANOTHER_PYTHON = "import sys\nsys.version = sys.version.replace('main', 'other')\n"


class Change(NamedTuple):
    """A change, and what it has to bring about."""

    make: Callable[[SmallBook], object]
    pages: list[str]
    experiments: list[str]
    variables: Mapping[str, str] = {}


def rename_library(name: str) -> Callable[[SmallBook], object]:
    """Make another version of a library take the place of the one that is installed."""

    def make(book: SmallBook) -> None:
        folder = book.folder / LIBRARIES
        old, new = folder / f"{name}-1.0.dist-info", folder / f"{name}-1.1.dist-info"
        text = (old / "METADATA").read_text().replace("Version: 1.0", "Version: 1.1")
        old.rename(new)
        (new / "METADATA").write_text(text)

    return make


def edit(path: str, old: str, new: str) -> Callable[[SmallBook], object]:
    return lambda book: book.edit(path, old, new)


def append(path: str, text: str = "\n# A comment.\n") -> Callable[[SmallBook], object]:
    return lambda book: book.append(path, text)


def write(path: str, text: str) -> Callable[[SmallBook], object]:
    return lambda book: (book.folder / path).write_text(text)


CHANGES = {
    "nothing": Change(lambda _book: None, [], []),
    "prose": Change(edit("book/pears.md", "runs one script", "runs a single script"), [], []),
    "a cell": Change(
        edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)"), ["arithmetic"], []
    ),
    "a cell that runs a script": Change(
        edit("book/pears.md", 'run("pears", repeats=1)', 'run("pears", repeats=2)'),
        ["pears"],
        ["pears", "pears"],
    ),
    "a script": Change(
        edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24"),
        ["basket", "pears", *UNKNOWN],
        ["pears"],
    ),
    "a script that no page runs": Change(write("scripts/fruit/fig.py", "x = 1\n"), [], []),
    "a package beside the scripts": Change(
        append("scripts/fruit/orchard/__init__.py"), ["basket", *UNKNOWN], ["apples"]
    ),
    "data that an experiment opens": Change(
        write("data/apples.txt", "12\n"), ["basket"], ["apples"]
    ),
    "data that a cell opens": Change(write("data/plums.txt", "6\n"), ["data"], []),
    "code that a cell loads": Change(edit("data/cell.py", "loaded", "loaded anew"), ["loaded"], []),
    "a script that a cell starts by itself": Change(
        edit("scripts/fruit/plums.py", "7 plums", "8 plums"), UNKNOWN, []
    ),
    "recorded data": Change(append("book/recorded/original.yml"), ["arithmetic"], []),
    # The kernel of every page loads this one, too.
    "a module of the instrument that experiments load": Change(
        append("src/measured/units.py"), EVERY_PAGE, BOTH
    ),
    "a module of the instrument that none loads": Change(
        append("src/measured/rows.py"), UNKNOWN, []
    ),
    "the code that draws": Change(
        append("src/book_kit/show/figures.py"), [*OF_THE_KIT, *UNKNOWN], []
    ),
    "the code that fills pages": Change(append("src/book_kit/sphinx/ledger.py"), UNKNOWN, []),
    "the lock": Change(append("requirements.txt"), [], []),
    "a library that an experiment imports": Change(
        rename_library("plumlib"), ["basket"], ["apples"]
    ),
    "a library that nobody imports": Change(rename_library("figlib"), [], []),
    "the interpreter": Change(
        write(f"{LIBRARIES}/sitecustomize.py", ANOTHER_PYTHON), EVERY_PAGE, BOTH
    ),
    "the allocator of Python": Change(
        lambda _book: None, EVERY_PAGE, BOTH, {"PYTHONMALLOC": "malloc"}
    ),
    "a setting of the C library": Change(
        lambda _book: None, EVERY_PAGE, BOTH, {"MALLOC_ARENA_MAX": "1"}
    ),
    "a variable that measures nothing": Change(lambda _book: None, [], [], {"EDITOR": "ed"}),
    "a style": Change(append("book/_static/book.css", "\n.nowhere { color: red; }\n"), [], []),
    "a template": Change(append("book/_templates/layout.html", "\n{# A comment. #}\n"), [], []),
    "the title of the book": Change(
        edit("_config.yml", "title: Python Memory, Measured", "title: Fruit, Counted"), [], []
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_exactly_what_depends_on_a_change_runs_again(small_book: SmallBook, name: str) -> None:
    change = CHANGES[name]
    change.make(small_book)
    build = small_book.build(variables=change.variables)
    assert build.code == 0, build.said
    assert build.pages == sorted(change.pages)
    assert build.scripts == sorted(change.experiments)


def test_the_first_build_runs_every_page_once_and_each_experiment_once(
    first_build: tuple[SmallBook, Build],
) -> None:
    _book, build = first_build
    assert build.pages == EVERY_PAGE
    assert build.scripts == BOTH


def test_a_build_says_on_the_terminal_what_it_is_running(
    first_build: tuple[SmallBook, Build],
) -> None:
    _book, build = first_build
    for page in PAGES_WITH_CELLS:
        assert f"{page}: ran in " in build.said
    assert "python scripts/fruit/apples.py  [1/1, " in build.said


def test_a_strict_build_reads_every_page_anew_and_runs_none(small_book: SmallBook) -> None:
    build = small_book.build("--strict")
    assert build.code == 0, build.said
    assert build.started == []
    assert "WARNING" not in build.said


def test_where_nothing_has_changed_nothing_is_written(small_book: SmallBook) -> None:
    build = small_book.build()
    assert build.started == []
    assert build.written == set()
    assert ": ran in" not in build.said


def test_what_quotes_a_figure_follows_without_a_run(small_book: SmallBook) -> None:
    small_book.edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24")
    build = small_book.build()
    assert ">24</span> pears" in build.html["index"]
    assert ">23</span>" not in build.html["index"] + build.html["pears"] + build.html["ledger"]
    assert build.claims["pears.enough"]["values"] == [24]
    assert ">24</span>" in build.html["ledger"]
    assert "arithmetic" not in build.written


def test_prose_and_styles_that_changed_are_on_the_site(small_book: SmallBook) -> None:
    small_book.edit("book/pears.md", "runs one script", "runs a single script")
    small_book.append("book/_static/book.css", "\n.nowhere { color: red; }\n")
    build = small_book.build()
    assert "runs a single script" in build.html["pears"]
    assert build.written >= PAGES_WITH_CELLS  # each page names the style sheet with its checksum
    site = small_book.folder / "_build" / "html" / "_static"
    assert ".nowhere" in (site / "book.css").read_text(encoding="utf-8")


def test_a_change_that_is_taken_back_runs_nothing(small_book: SmallBook) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)")
    small_book.edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24")
    build = small_book.build()
    assert ">63\n" in build.html["arithmetic"]
    small_book.edit("book/arithmetic.md", "print(7 * 9)", "print(6 * 7)")
    small_book.edit("scripts/fruit/pears.py", "PEARS = 24", "PEARS = 23")
    build = small_book.build()
    assert build.started == []
    assert ">42\n" in build.html["arithmetic"]
    assert ">23</span> pears" in build.html["index"]


def test_again_asks_nothing_of_what_is_kept(small_book: SmallBook) -> None:
    build = small_book.build(variables={"MEASURED_AGAIN": "1"})
    assert build.code == 0, build.said
    assert build.pages == EVERY_PAGE
    assert build.scripts == sorted([*BOTH, "pears"])  # two pages ask for it


def test_figures_carry_the_environment_that_measured_them(small_book: SmallBook) -> None:
    numbers = small_book.folder / "_build" / "html" / "numbers.json"
    assert json.loads(numbers.read_text())["environment"]["allocator"] == "pymalloc"
    small_book.build(variables={"PYTHONMALLOC": "malloc"})
    assert json.loads(numbers.read_text())["environment"]["allocator"] == "malloc"
    small_book.build()
    assert json.loads(numbers.read_text())["environment"]["allocator"] == "pymalloc"


def test_no_kernel_of_somebody_else_runs_a_cell(first_build: tuple[SmallBook, Build]) -> None:
    _book, build = first_build
    assert "kernel of somebody else" not in build.started


def test_a_page_that_asks_for_another_kernel_is_refused(small_book: SmallBook) -> None:
    small_book.edit("book/arithmetic.md", "{name: python3}", "{name: julia}")
    build = small_book.build()
    assert build.code == 1
    assert "asks for the kernel 'julia'" in build.said


def test_a_checkout_that_would_run_another_one_s_code_is_refused(small_book: SmallBook) -> None:
    build = small_book.build(variables={"PYTHONPATH": str(ROOT / "src")})
    assert build.code == 1
    assert "this environment belongs to" in build.said
    assert build.started == []


def test_a_page_that_goes_takes_its_figures_and_claims_along(small_book: SmallBook) -> None:
    (small_book.folder / "book" / "basket.md").unlink()
    small_book.edit("_toc.yml", "  - file: basket\n", "")
    build = small_book.build()
    assert build.started == []
    assert set(build.claims) == {"pears.enough"}
    assert "basket.more" not in build.html["ledger"]
    assert "no page measures 'apples.number'" in build.said
