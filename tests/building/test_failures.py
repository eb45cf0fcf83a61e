"""A cell that fails fails the build, as often as it is built, until it is mended."""

from __future__ import annotations

from small_book import Build, SmallBook


def failed_because_of_arithmetic(build: Build) -> None:
    assert build.code == 1
    assert "arithmetic: FAILED after" in build.said
    assert "cells failed on 1 pages: arithmetic" in build.said
    assert build.pages == ["arithmetic"]


def test_a_cell_that_fails_fails_the_build_every_time_until_it_is_mended(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(6 / 0)")
    failed_because_of_arithmetic(small_book.build())
    failed_because_of_arithmetic(small_book.build())
    small_book.edit("book/arithmetic.md", "print(6 / 0)", "print(6 * 7)")
    mended = small_book.build()
    assert mended.code == 0, mended.said
    assert ">42\n" in mended.html["arithmetic"]


def test_a_failing_page_does_not_keep_the_other_pages_from_their_turn(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/pears.md", "pears = run(", "1 / 0; pears = run(")
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(7 * 9)")
    build = small_book.build()
    assert build.code == 1
    assert "cells failed on 1 pages: pears" in build.said
    assert build.pages == ["arithmetic", "pears"]
    assert ">63\n" in build.html["arithmetic"]


def test_a_script_that_fails_fails_its_page_with_the_script_s_own_reason(
    small_book: SmallBook,
) -> None:
    small_book.edit("scripts/fruit/apples.py", "experiment.record(", "raise OSError('worms'); print(")
    build = small_book.build()
    assert build.code == 1
    assert "cells failed on 1 pages: basket" in build.said
    assert "apples failed with exit code 1: apples.py: worms" in build.said


def test_a_cell_that_writes_to_standard_error_is_a_failure(small_book: SmallBook) -> None:
    small_book.edit(
        "book/arithmetic.md", "print(6 * 7)", "import sys; print(6 * 7, file=sys.stderr)"
    )
    build = small_book.build("--strict")
    assert build.code == 1
    assert "arithmetic" in build.said


def test_a_warning_fails_a_strict_build_every_time_and_without_running_anything_again(
    small_book: SmallBook,
) -> None:
    small_book.append("book/pears.md", "\n{nosuchrole}`x`\n")
    assert small_book.build().code == 0
    for _ in range(2):
        strict = small_book.build("--strict")
        assert strict.code == 1
        assert "nosuchrole" in strict.said
        assert strict.started == []
