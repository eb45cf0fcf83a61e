"""A claim that does not hold is told, and a strict build fails; so does a figure of nobody."""

from __future__ import annotations

import re

from elements import Elements
from small_book import Build, SmallBook


def test_every_claim_is_in_the_ledger_with_its_page_and_its_verdict(
    first_build: tuple[SmallBook, Build],
) -> None:
    _book, build = first_build
    assert {name: claim["page"] for name, claim in build.claims.items()} == {
        "pears.enough": "pears",
        "basket.more": "basket",
    }
    assert all(claim["holds"] is True for claim in build.claims.values())
    for name, claim in build.claims.items():
        assert f"claim-{name}" in Elements(build.html[claim["page"]]).ids
        assert f'href="{claim["page"]}.html#claim-{name}"' in build.html["ledger"]


def test_a_claim_that_does_not_hold_is_told_everywhere_and_fails_a_strict_build(
    small_book: SmallBook,
) -> None:
    small_book.edit("book/pears.md", "at_least=20", "at_least=30")
    build = small_book.build()
    assert build.code == 0, build.said
    assert build.claims["pears.enough"]["holds"] is False
    assert build.claims["basket.more"]["holds"] is True
    assert "claim pears.enough on pears does not hold" in build.said
    assert "basket.more" not in build.said
    assert "does not hold" in build.html["pears"]
    assert "does not hold" in build.html["ledger"]
    assert "does not hold" not in build.html["basket"]

    strict = small_book.build(strict_claims=True)
    assert strict.code == 1
    assert "1 claims do not hold: pears.enough" in strict.said
    assert strict.started == []  # and yet it fails: what was found before is found again


def test_what_is_wrong_on_a_page_is_told_and_fails_a_strict_build_that_runs_nothing(
    small_book: SmallBook,
) -> None:
    small_book.append("book/pears.md", "\nAnd {measured}`plums.number` plums.\n")
    rows = "fruit | how many\npears | pears.number\nfigs | figs.number"
    small_book.append("book/pears.md", f"\n```{{figure-table}} Fruit\n{rows}\n```\n")
    small_book.append("book/pears.md", "\nThat is {claimed}`plums.enough`.\n")
    small_book.append("book/pears.md", "\n{nosuchrole}`x`\n")
    small_book.edit("book/basket.md", ', key="basket.pears"', "")  # so that two pages keep it
    small_book.edit(
        "book/data.md", "print(open", "import sys; print(1, file=sys.stderr); print(open"
    )
    complaints = (
        r"data.*stderr was found in the cell outputs",
        r"WARNING: .*no page measures 'plums\.number'",
        r"WARNING: .*no page measures 'figs\.number'",
        r"WARNING: .*no page claims 'plums\.enough'",
        r"WARNING: .*nosuchrole",
        r"WARNING: .*pears\.number is kept by (pears and by basket|basket and by pears)",
    )
    lenient = small_book.build()
    assert lenient.code == 0, lenient.said
    assert "plums.number" in lenient.html["pears"]
    assert "figs.number" in lenient.html["pears"]
    for complaint in complaints:
        assert re.search(complaint, lenient.said), lenient.said
    strict = small_book.build("--strict")
    assert strict.code == 1
    assert strict.said.splitlines()[-1].endswith("it is strict, and there were warnings, above")
    assert strict.started == []
    for complaint in complaints:
        assert re.search(complaint, strict.said), strict.said
