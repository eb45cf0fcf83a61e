"""The page with the classic tutorial on trial has all of its sentences, in its order."""

from __future__ import annotations

import re

from processes import ROOT

from book_kit.evidence import original, recorded

PAGE = (ROOT / "book" / "tutorial" / "on-trial.md").read_text(encoding="utf-8")
CASES = re.findall(r"^:::\{on-trial\} (T\d+)$\n(.*?)^:::$", PAGE, re.MULTILINE | re.DOTALL)
CLASSIC = re.compile(r"\{classic\}`([^`]+)`")
SIZE_THEN_AND_LATER = re.compile(r"\{classic\}`(T[3-9]\.[^`]+)` \| \{recorded\}`2\.7: ([^`]+)` \|")


def test_every_sentence_is_on_trial_once_and_in_its_order() -> None:
    assert [name for name, _ in CASES] == list(original.statements())
    assert len(CASES) == 25


def test_every_sentence_shows_what_this_build_measured() -> None:
    silent = [name for name, content in CASES if not re.search(r"\{(claimed|measured)\}`", content)]
    assert silent == []


def test_every_sentence_shows_the_figures_that_were_printed_with_it() -> None:
    printed = {name.split(".")[0] for name in original._data()["figures"]} - {"loading"}
    quoting = {name for name, content in CASES if CLASSIC.search(content)}
    assert quoting == printed


def test_the_headings_are_those_of_the_notebook() -> None:
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert headings[:4] == [
        "Python Memory Management",
        "Basic Objects",
        "Internal Memory Management",
        "Pickle",
    ]
    programs = re.findall(r"^### (.*)$", PAGE, re.MULTILINE)
    assert programs == ["memory-profile-me.py", "test-pickle.py", "test-flat.py"]


def test_every_size_that_the_notebook_printed_is_that_of_python_2_7() -> None:
    pairs = SIZE_THEN_AND_LATER.findall(PAGE)
    assert len(pairs) == 12
    wrong = [
        (then, later)
        for then, later in pairs
        if original.figure(then).value != recorded.figure("2.7", later).value
    ]
    assert wrong == []


def test_a_list_and_its_copy_share_their_items_on_every_recorded_cpython() -> None:
    shared = {
        one.label: figure.value
        for one in recorded.latest()
        if one.is_usual_cpython
        and (figure := one.behavior("memory-profile-me", "same_items")) is not None
    }
    assert len(shared) > 8
    assert set(shared.values()) == {1_000_000}


def test_verdicts_are_counted_by_their_kinds() -> None:
    counts = original.counts()
    assert set(counts) == {*original.KINDS, "all"}
    assert sum(counts[kind] for kind in original.KINDS) == counts["all"] == len(CASES)
    assert counts["true"] == sum(
        statement.verdict == "still true" for statement in original.statements().values()
    )
