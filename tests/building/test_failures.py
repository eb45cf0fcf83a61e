"""A cell that fails fails the build, as often as it is built, until it is mended."""

from __future__ import annotations

import re

from small_book import Build, SmallBook

#: A claim that the page makes already.
SAME_CLAIM = 'claim("pears.enough", "Pears.", pears["number"], at_least=1, script="pears")'


def failed_because_of_arithmetic(build: Build) -> None:
    assert build.code == 1
    assert "arithmetic: FAILED after" in build.said
    reason = build.said.splitlines()[-1]  # last, and without colors where there is no terminal
    assert re.match(r"build failed after .* s: cells failed on 1 pages: arithmetic", reason)
    assert "\x1b" not in build.said
    assert "raceback has been saved" not in build.said
    assert build.pages == ["arithmetic"]


def test_a_cell_that_fails_fails_the_build_every_time_until_it_is_mended(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/arithmetic.md", "print(6 * 7)", "print(6 / 0)")
    failed_because_of_arithmetic(small_book.build())
    failed_because_of_arithmetic(small_book.build())
    assert list(small_book.temporary.iterdir()) == []
    small_book.edit("book/arithmetic.md", "print(6 / 0)", "print(6 * 7)")
    mended = small_book.build()
    assert mended.code == 0, mended.said
    assert ">42\n" in mended.html["arithmetic"]


def test_an_error_that_ends_no_cell_fails_the_build_too(small_book: SmallBook) -> None:
    callback = 'get_ipython().events.register("post_execute", lambda: 6 / 0)'
    small_book.edit("book/arithmetic.md", "print(6 * 7)", callback)
    build = small_book.build()
    failed_because_of_arithmetic(build)
    assert "ZeroDivisionError" in build.said


def test_pages_that_fail_each_say_why_and_keep_no_other_page_from_its_turn(
    small_book: SmallBook,
) -> None:
    small_book.edit(
        "scripts/fruit/apples.py", "experiment.record(", "raise OSError('worms'); print("
    )
    small_book.append("book/pears.md", f"\n```{{code-cell}}\n{SAME_CLAIM}\n```\n")
    small_book.edit("data/cell.py", 'print("loaded")', "1 / 0")
    small_book.edit("scripts/fruit/plums.py", "7 plums", "8 plums")
    build = small_book.build()
    assert build.code == 1
    reason = build.said.splitlines()[-1]
    assert reason.endswith("cells failed on 3 pages: pears, basket, loaded")
    why = dict(re.findall(r"^page (\w+) failed: (.*)$", build.said, re.MULTILINE))
    assert "this page keeps 'claim pears.enough' twice" in why["pears"]
    assert "apples failed with exit code 1: apples.py: worms" in why["basket"]
    assert "ZeroDivisionError" in why["loaded"]
    assert build.pages == ["basket", "loaded", "pears", "started"]
    assert "8 plums" in build.html["started"]
