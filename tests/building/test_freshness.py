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
#: As many as are left where a change concerns whatever runs: each costs a kernel.
TWO_PAGES = ["basket", "data"]
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
    then: Callable[[SmallBook, Build], None] | None = None  # what else is to be seen


def a_changed_figure_is_wherever_it_is_quoted(_book: SmallBook, build: Build) -> None:
    assert ">24</button> pears" in build.html["index"]
    assert ">23</button>" not in build.html["index"] + build.html["pears"] + build.html["ledger"]
    assert build.claims["pears.enough"]["values"] == [24]
    assert ">24</button>" in build.html["ledger"]
    assert "arithmetic" not in build.written


def every_page_is_written_again(book: SmallBook, build: Build) -> None:
    assert build.written >= PAGES_WITH_CELLS
    for name in ("book.css", "logo.svg"):
        copy = book.folder / "_build" / "html" / "_static" / name
        assert copy.read_bytes() == (book.folder / "book" / "_static" / name).read_bytes()


def taken_back(path: str, old: str, new: str) -> Callable[[SmallBook, Build], None]:
    """Take an edit back: nothing runs, and the site is as it was."""

    def then(book: SmallBook, _build: Build) -> None:
        book.edit(path, new, old)
        back = book.build()
        assert back.started == []
        assert ">42\n" in back.html["arithmetic"]
        assert ">11</button> apples" in back.html["index"]

    return then


def figures_carry_the_environment_that_measured_them(book: SmallBook, _build: Build) -> None:
    assert allocator(book) == "malloc"
    back = book.build()
    assert back.started == []
    assert allocator(book) == "pymalloc"


def allocator(book: SmallBook) -> str:
    """Return the allocator that the figures of a book name as their own."""
    numbers = book.folder / "_build" / "html" / "numbers.json"
    return str(json.loads(numbers.read_text())["environment"]["allocator"])


def rename_library(name: str) -> Callable[[SmallBook], object]:
    """Make another version of a library take the place of the one that is installed."""

    def make(book: SmallBook) -> None:
        folder = book.folder / LIBRARIES
        old, new = folder / f"{name}-1.0.dist-info", folder / f"{name}-1.1.dist-info"
        text = (old / "METADATA").read_text().replace("Version: 1.0", "Version: 1.1")
        old.rename(new)
        (new / "METADATA").write_text(text)

    return make


def leave_out_most_pages(book: SmallBook) -> None:
    """Leave one page that runs experiments and one that does not, where all depend on a change."""
    book.leave_out(PAGES_WITH_CELLS - set(TWO_PAGES))


def edit(path: str, old: str, new: str) -> Callable[[SmallBook], object]:
    return lambda book: book.edit(path, old, new)


def both(*changes: Callable[[SmallBook], object]) -> Callable[[SmallBook], object]:
    return lambda book: [change(book) for change in changes]


def append(path: str, text: str = "\n# A comment.\n") -> Callable[[SmallBook], object]:
    return lambda book: book.append(path, text)


def write(path: str, text: str) -> Callable[[SmallBook], object]:
    return lambda book: (book.folder / path).write_text(text)


CHANGES = {
    "a mode that would run each cell every time": Change(
        edit(
            "book/loaded.md",
            "kernelspec: {name: python3}",
            "kernelspec: {name: python3}\nmystnb: {execution_mode: force}",
        ),
        [],
        [],
    ),
    "prose": Change(edit("book/pears.md", "runs one script", "runs a single script"), [], []),
    "a cell": Change(
        edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)"),
        ["arithmetic"],
        [],
        then=taken_back("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)"),
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
        then=a_changed_figure_is_wherever_it_is_quoted,
    ),
    "a script that no page runs": Change(write("scripts/fruit/fig.py", "x = 1\n"), [], []),
    "a package beside the scripts": Change(
        append("scripts/fruit/orchard/__init__.py"), ["basket", *UNKNOWN], ["apples"]
    ),
    "data that an experiment opens": Change(
        edit("data/apples.txt", "11", "12"),
        ["basket"],
        ["apples"],
        then=taken_back("data/apples.txt", "11", "12"),
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
    "the code that draws": Change(append("src/book_kit/show/bars.py"), [*OF_THE_KIT, *UNKNOWN], []),
    "the code that fills pages": Change(
        append("src/book_kit/sphinx/ledger.py"), UNKNOWN, [], then=every_page_is_written_again
    ),
    "the lock": Change(append("requirements.txt"), [], []),
    "a library that an experiment imports": Change(
        rename_library("plumlib"), ["basket"], ["apples"]
    ),
    "a library that nobody imports": Change(rename_library("figlib"), [], []),
    "the interpreter": Change(
        both(leave_out_most_pages, write(f"{LIBRARIES}/sitecustomize.py", ANOTHER_PYTHON)),
        TWO_PAGES,
        BOTH,
    ),
    "the allocator of Python": Change(
        leave_out_most_pages,
        TWO_PAGES,
        BOTH,
        {"PYTHONMALLOC": "malloc"},
        then=figures_carry_the_environment_that_measured_them,
    ),
    "a setting of the C library": Change(
        leave_out_most_pages, TWO_PAGES, BOTH, {"MALLOC_ARENA_MAX": "1"}
    ),
    "a variable that measures nothing": Change(lambda _book: None, [], [], {"EDITOR": "ed"}),
    "a style": Change(  # each page names the style sheet with its checksum
        append("book/_static/book.css", "\n.nowhere { color: red; }\n"),
        [],
        [],
        then=every_page_is_written_again,
    ),
    "a template": Change(
        edit(
            "book/_templates/page.html",
            "{{ super()|mended }}",
            "{{ super()|mended }}<!-- a note -->",
        ),
        [],
        [],
    ),
    "the title of the book": Change(
        edit("_config.yml", "title: Python Memory, Measured", "title: Fruit, Counted"), [], []
    ),
}


RUN_NOTHING = [
    name
    for name, change in CHANGES.items()
    if not change.pages + change.experiments and not change.then
]


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in RUN_NOTHING])
def test_exactly_what_depends_on_a_change_runs_again(small_book: SmallBook, name: str) -> None:
    change = CHANGES[name]
    change.make(small_book)
    build = small_book.build(variables=change.variables)
    assert build.code == 0, build.said
    assert build.pages == sorted(change.pages)
    assert build.scripts == sorted(change.experiments)
    if change.then:
        change.then(small_book, build)


def test_changes_that_nothing_depends_on_run_nothing_and_are_on_the_site(
    small_book: SmallBook,
) -> None:
    # All in one build: what runs nothing together runs nothing alone.
    variables: dict[str, str] = {}
    for name in RUN_NOTHING:
        CHANGES[name].make(small_book)
        variables |= CHANGES[name].variables
    build = small_book.build(variables=variables)
    assert build.code == 0, build.said
    assert build.started == [], f"one of these ran something: {', '.join(RUN_NOTHING)}"
    assert "runs a single script" in build.html["pears"]
    assert "Fruit, Counted" in build.html["index"]
    assert all("<!-- a note -->" in build.html[page] for page in PAGES_WITH_CELLS)


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


def test_a_strict_build_of_a_book_that_was_moved_reads_every_page_anew_and_runs_none(
    moved_book: tuple[SmallBook, Build],
) -> None:
    _book, build = moved_book
    assert build.started == []
    assert build.written >= PAGES_WITH_CELLS
    assert "WARNING" not in build.said
    assert ">23</button> pears" in build.html["index"]


def test_where_nothing_has_changed_nothing_is_written(small_book: SmallBook) -> None:
    build = small_book.build()
    assert build.started == []
    assert build.written == set()
    assert ": ran in" not in build.said


def test_again_asks_nothing_of_what_is_kept(small_book: SmallBook) -> None:
    small_book.leave_out(PAGES_WITH_CELLS - {"basket", "data", "pears"})
    build = small_book.build("--again")
    assert build.code == 0, build.said
    assert build.pages == ["basket", "data", "pears"]
    assert build.scripts == sorted([*BOTH, "pears"])  # two pages ask for it


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
    small_book.leave_out({"basket"})
    build = small_book.build()
    assert build.started == []
    assert set(build.claims) == {"pears.enough"}
    assert "basket.more" not in build.html["ledger"]
    assert "no page measures 'apples.number'" in build.said
