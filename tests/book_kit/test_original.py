"""The classic tutorial is quoted from one data file, every claim of it with a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from book_kit import project
from book_kit.evidence import original
from book_kit.evidence.quoted import BrokenFile, Figure
from measured import units

#: The verdicts that the data file explains.
VERDICTS = {
    "still true",
    "true but incomplete",
    "true for another reason",
    "changed",
    "false",
    "false then too",
}


def test_every_claim_of_the_classic_tutorial_is_there_in_its_order() -> None:
    assert list(original.statements()) == [f"T{number}" for number in range(1, 26)]


@pytest.mark.parametrize("name", [f"T{number}" for number in range(1, 26)])
def test_a_claim_has_its_words_a_verdict_a_reason_and_a_source(name: str) -> None:
    statement = original.statements()[name]
    assert statement.verdict in VERDICTS
    assert statement.quote
    assert statement.why.endswith(".")
    assert statement.where in original.sources().values()


def test_every_figure_is_in_a_unit_of_the_book_and_belongs_to_a_claim() -> None:
    names = list(original._data()["figures"])
    assert names
    for name in names:
        figure = original.figure(name)
        assert units.known(figure.unit), name
        assert figure.source in original.sources().values(), name
        assert name.split(".")[0] in {*original.statements(), "loading"}, name


def test_a_figure_that_the_classic_tutorial_does_not_have_is_refused() -> None:
    with pytest.raises(LookupError, match=r"T99\.list"):
        original.figure("T99.list")


def test_a_quoted_figure_is_written_as_a_measured_one_is() -> None:
    assert str(Figure(38.68, "MiB", "")) == "38.7\N{NO-BREAK SPACE}MiB"
    assert Figure(38.68, "MiB", "").signed() == "+38.7\N{NO-BREAK SPACE}MiB"


BROKEN = {
    "cut": "figures: {T3.none: {value: 16, un",
    "empty": "",
    "a list": "[1]",
    "no statements": "{sources: {}, figures: {}}",
    "no unit": "{sources: {a: A}, statements: {}, figures: {T1: {value: 1, source: a}}}",
    "no number": "{sources: {a: A}, statements: {}, figures: {T1: {value: x, unit: s, source: a}}}",
    "no source": "{sources: {}, statements: {}, figures: {T1: {value: 1, unit: s, source: a}}}",
    "no text": "\x00",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_file_is_named_with_a_remedy_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "_toc.yml").touch()
    file = tmp_path / "book" / "recorded" / "original.yml"
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    monkeypatch.setenv(project.VARIABLE, str(tmp_path))
    original._data.cache_clear()
    try:
        with pytest.raises(BrokenFile) as raised:
            original.figure("T3.none")
    finally:
        original._data.cache_clear()
    (line,) = str(raised.value).splitlines()
    assert line.startswith("original.yml is broken: ")
    assert "git checkout -- book/recorded/original.yml" in line
