"""Nobody types a measured number into prose: it is quoted from the build that measured it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml
from handwritten import prose, quantities, uses
from processes import ROOT

BOOK = ROOT / "book"
PAGES = sorted(path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.md"))
GROUPS = yaml.safe_load((Path(__file__).parent / "definitions.yml").read_text(encoding="utf-8"))
DEFINITIONS = [phrase for group in GROUPS for phrase in group["phrases"]]


def verdicts() -> dict[str, str]:
    """Return the reasons for each verdict on the classic tutorial: prose, in a data file."""
    data = yaml.safe_load((BOOK / "recorded" / "original.yml").read_text(encoding="utf-8"))
    return {name: statement["why"] for name, statement in data["statements"].items()}


def source(page: str) -> str:
    return (BOOK / page).read_text(encoding="utf-8")


def test_no_page_has_a_measured_quantity_typed_into_it() -> None:
    found = [
        f"book/{page}, {quantity}"
        for page in PAGES
        for quantity in quantities(source(page), DEFINITIONS)
    ]
    assert not found, (
        "quote a figure that was measured; add what is a definition to "
        "tests/book/definitions.yml, with its reason\n" + "\n".join(found)
    )


def test_no_verdict_has_a_measured_quantity_typed_into_it() -> None:
    found = [
        f"book/recorded/original.yml, {name}: {quantity}"
        for name, why in verdicts().items()
        for quantity in quantities(why, DEFINITIONS)
    ]
    assert not found, "\n".join(found)


def test_every_allowed_phrase_has_a_reason_and_is_a_quantity() -> None:
    assert [group for group in GROUPS if set(group) != {"reason", "phrases"}] == []
    assert [group["reason"] for group in GROUPS if not group["reason"].endswith(".")] == []
    needless = [it for it in DEFINITIONS if not quantities(f"It is {it} the thing.")]
    assert not needless, f"these need not be allowed: {needless}"


def test_every_allowed_phrase_is_allowed_once_and_still_used() -> None:
    assert [it for it, times in Counter(DEFINITIONS).items() if times > 1] == []
    words = [it for text in (*map(source, PAGES), *verdicts().values()) for it in prose(text)]
    unused = [phrase for phrase in DEFINITIONS if not uses(words, phrase)]
    assert not unused, f"no page says these, take them away: {unused}"


# The checker itself: what it must find, and what it must leave alone.

TYPED = [
    "The list takes 38.3 MiB.",
    "The list takes 38 MB.",
    "The list takes about 38\nMiB.",
    "The list takes 38\N{NO-BREAK SPACE}MiB.",
    "The list takes `38.3 MiB`.",
    "The list takes **38.3 MiB**.",
    "The list takes 38.3MiB.",
    "An integer takes 28 bytes.",
    "An integer takes twenty-eight bytes.",
    "A 28-byte integer.",
    "It takes 1,024 KiB.",
    "It takes 2 GB.",
    "It takes 4 gigabytes.",
    "It ran for 614 s.",
    "It ran for 614 seconds.",
    "It ran for 0.5 ms.",
    "Each line took 12 µs.",
    "It took five minutes.",
    "Reading is 30 times slower.",
    "Reading is thirty times slower.",
    "Reading is 30\N{MULTIPLICATION SIGN} slower.",
    "Reading is 30x slower.",
    "Reading is 1.5\N{MULTIPLICATION SIGN} as slow.",
    "It takes 2.5 copies.",
    "All but 12 % comes back.",
    "All but 12% comes back.",
    "Ninety percent comes back.",
    "It takes twice the memory.",
    "It takes twice as much.",
    "It takes three times as much.",
    "It takes four times the memory.",
    "It is ten times larger.",
    "It is dozens of times smaller.",
    "It is an order of magnitude faster, or two orders of magnitude.",
    "A tenfold increase.",
    "A 10-fold increase.",
    "It takes half the memory.",
    "Half of it comes back.",
    "It shrinks by half.",
    "It takes a third of the memory.",
    "It falls by two thirds.",
    "A quarter more than before.",
    "Pickling doubles the memory.",
    "- In a list: 38.3 MiB.",
    "| a cell | 38.3 MiB |",
    ":::{note}\nIt takes 38.3 MiB.\n:::",
    "::::{grid} 2\n:::{grid-item-card} Title\nIt takes 38.3 MiB.\n:::\n::::",
    "```{tip}\nIt takes 38.3 MiB.\n```",
    ":::{dropdown} It takes 38.3 MiB\nNothing.\n:::",
    "```python\nx = 1\n```\nIt takes 38.3 MiB.",
    "```{code-cell}\nx = 1\n```\n\nIt takes 38.3 MiB.",
    "# A heading\nIt takes 38.3 MiB.",
    "Does it surprise you that it takes 38.3 MiB?",
    "It takes {measured}`list.retained`, that is 38.3 MiB.",
    "---\nfile_format: mystnb\n---\nIt takes 38.3 MiB.",
]

NOT_TYPED = [
    "The list takes {measured}`list.retained`.",
    "It takes {measured}`+list.retained`, then {classic}`T19.list`.",
    "{measured}`a.rows` rows take {measured}`a.peak`.",
    "On a 64-bit system, since Python 3.12.",
    "A million rows, and 1,000,000 more.",
    "Half a million small objects.",
    "A million byte strings, and two bytes objects.",
    "Protocol 5 is the default since 3.14.",
    "An integer below `2**30`, such as `1_000_000`.",
    "Give `--records 1000` less.",
    "It happens at times, and sometimes two times in a row.",
    "Read it a second time, or the 3rd time.",
    "Every experiment runs three times.",
    "The reference is counted twice.",
    "The first half of the sentence.",
    "Is it half the size, or twice as much?",
    "Unfold it, and see the manifold reasons.",
    "PEP 393 and bpo-37448; T19 says so.",
    "It was true in 2013, and on page 12.",
    "Two copying loops, three bytecodes.",
    "**Time** 15 minutes",
    "## It takes 38.3 MiB",
    "```{code-cell}\nprint('38.3 MiB')\n```",
    "```{code-cell}\n:tags: [remove-input]\nclaim('T1', 'At most 60 % of it.', x)\n```",
    "````{code-cell}\n```\n38.3 MiB\n```\n````",
    "```python\n# takes 38.3 MiB\n```",
    "```\n38.3 MiB\n```",
    "```{literalinclude} x.py\n:lines: 1-38\n```",
    ":::{dropdown} The script\n```{literalinclude} x.py\n38.3 MiB\n```\n:::",
    "% It takes 38.3 MiB.",
    "---\ntitle: 38.3 MiB\n---\n",
    "See [the page](https://example.org/38 MiB).",
]


def test_the_checker_finds_every_quantity_that_is_typed() -> None:
    assert [text for text in TYPED if not quantities(text)] == []


def test_the_checker_leaves_everything_else_alone() -> None:
    assert [str(it) for text in NOT_TYPED for it in quantities(text)] == []


def test_the_checker_names_the_line_and_the_words() -> None:
    (found,) = quantities(
        "---\na: b\n---\n\n# Title\n\nOne line.\nAnother: it takes 38.3 MiB\nnow.\n"
    )
    assert found.line == 8
    assert found.words == "38.3 MiB"
    assert found.sentence == "it takes 38.3 MiB now."


def test_a_definition_allows_its_own_phrase_and_no_other() -> None:
    text = "A page has 4 KiB. The list takes 14 KiB, and 4 KiB."
    assert [found.words for found in quantities(text, ["page has 4 KiB"])] == ["14 KiB", "4 KiB"]
    assert [found.words for found in quantities(text, ["4 KiB"])] == ["14 KiB"]
    assert quantities("A PAGE\nhas  4 KiB.", ["page has 4 KiB"]) == []


def test_a_definition_does_not_hide_a_larger_quantity_around_it() -> None:
    assert [found.words for found in quantities("It takes 64 KiB.", ["4 KiB"])] == ["64 KiB"]
