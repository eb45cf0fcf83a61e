"""A page runs again when what it runs has changed, and only then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_book import PAGES_WITH_CELLS, Build, SmallBook

Change = Callable[[SmallBook], None]


def test_the_first_build_runs_every_page_once_and_each_script_as_often_as_pages_run_it(
    first_build: tuple[SmallBook, Build],
) -> None:
    _book, build = first_build
    assert build.pages == sorted(PAGES_WITH_CELLS)
    assert build.scripts == ["apples", "pears", "pears"]
    assert build.kernels == len(PAGES_WITH_CELLS)


def test_a_build_says_on_the_terminal_what_it_is_running(
    first_build: tuple[SmallBook, Build],
) -> None:
    _book, build = first_build
    for page in PAGES_WITH_CELLS:
        assert f"{page}: ran in " in build.said
    assert "python scripts/fruit/apples.py  [1/1, " in build.said


def test_where_nothing_has_changed_nothing_runs_and_no_kernel_starts(small_book: SmallBook) -> None:
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.started == []
    assert build.written == set()
    assert ": ran in" not in build.said


def test_a_script_that_changed_runs_again_on_exactly_the_pages_that_run_it(
    small_book: SmallBook,
) -> None:
    small_book.edit("scripts/fruit/pears.py", "PEARS = 23", "PEARS = 24")
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.pages == ["basket", "pears"]
    assert build.scripts == ["apples", "pears", "pears"]
    # The pages that quote it, and the ledger, follow without a run.
    assert ">24</span> pears" in build.html["index"]
    assert ">23</span>" not in build.html["index"] + build.html["pears"] + build.html["ledger"]
    assert build.claims["pears.enough"]["values"] == [24]
    assert ">24</span>" in build.html["ledger"]
    assert "arithmetic" not in build.written


def test_prose_changes_without_a_run(small_book: SmallBook) -> None:
    small_book.edit("book/pears.md", "runs one script", "runs a single script")
    (small_book.folder / "scripts" / "plums.py").write_text('"""No page runs this one."""\n')
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.started == []
    assert "runs a single script" in build.html["pears"]


def test_a_style_sheet_that_changed_is_on_the_site_without_a_run(small_book: SmallBook) -> None:
    small_book.append("book/_static/book.css", "\n.nowhere { color: red; }\n")
    build = small_book.build()
    assert build.started == []
    assert build.written >= PAGES_WITH_CELLS  # each page names the style sheet with its checksum
    site = small_book.folder / "_build" / "html" / "_static"
    assert ".nowhere" in (site / "book.css").read_text(encoding="utf-8")


def test_a_cell_that_changed_runs_its_page_and_taken_back_it_runs_none(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)")
    build = small_book.build()
    assert build.pages == ["arithmetic"]
    assert build.kernels == 1
    assert ">63\n" in build.html["arithmetic"]
    small_book.edit("book/arithmetic.md", "print(7 * 9)", "print(6 * 7)")
    build = small_book.build()
    assert build.started == []
    assert ">42\n" in build.html["arithmetic"]


@pytest.mark.parametrize("path", ["src/measured/rows.py", "requirements.txt"])
def test_the_package_and_the_lock_are_inputs_of_every_page(
    small_book: SmallBook, path: str
) -> None:
    small_book.append(path, "\n# A comment.\n")
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.pages == sorted(PAGES_WITH_CELLS)
    assert build.scripts == ["apples", "pears", "pears"]


def test_a_package_beside_the_scripts_is_an_input_of_the_pages_whose_scripts_import_it(
    small_book: SmallBook,
) -> None:
    small_book.append("scripts/fruit/orchard/__init__.py", "\n# A comment.\n")
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.pages == ["basket"]


def test_recorded_data_is_an_input_of_the_pages_that_read_it(small_book: SmallBook) -> None:
    small_book.append("book/recorded/original.yml", "\n# A comment.\n")
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.pages == ["arithmetic"]


def test_a_script_that_is_not_named_in_plain_sight_is_refused(small_book: SmallBook) -> None:
    small_book.edit("book/pears.md", 'run("pears", repeats=1)', 'run("pea" + "rs", repeats=1)')
    build = small_book.build()
    assert build.code != 0
    assert "a cell runs a script that it does not name" in build.said
    assert build.scripts == []


def test_a_page_that_goes_takes_its_figures_and_claims_along(small_book: SmallBook) -> None:
    (small_book.folder / "book" / "basket.md").unlink()
    small_book.edit("_toc.yml", "  - file: basket\n", "")
    build = small_book.build()
    assert build.started == []
    assert set(build.claims) == {"pears.enough"}
    assert "basket.more" not in build.html["ledger"]
    assert "no page measures 'apples.number'" in build.said
