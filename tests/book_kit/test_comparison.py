"""Published figures beside those of this machine: what counts as the same, and what explains."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Numbers
from book_kit.evidence.quantity import Measurement

MACHINE = {
    "implementation": "CPython",
    "python": "3.11.7",
    "bits": "64",
    "allocator": "pymalloc",
    "libc": "glibc 2.36",
    "system": "Linux",
    "page size": "4096 bytes",
    "transparent huge pages": "madvise",
    "processor": "one",
    "cores": "2",
}
OTHER = MACHINE | {"python": "3.13.0", "libc": "musl", "processor": "another"}

SIZE = Measurement("list.size", "bytes", (56.0,), "sys.getsizeof")
PEAK = Measurement("list.peak", "MiB", (38.0, 38.4), "the kernel's high-water mark")
TIME = Measurement("list.time", "times", (2.0, 2.1), "time.process_time")


def numbers(*figures: Measurement, machine: dict[str, str] = MACHINE) -> Numbers:
    return Numbers(machine, {one.name: one for one in figures}, {one.name: "a" for one in figures})


def compared(theirs: Measurement, *values: float) -> comparison.Row:
    mine = Measurement(theirs.name, theirs.unit, values, theirs.instrument)
    return comparison.compare(numbers(theirs), numbers(mine, machine=OTHER))[0]


@pytest.mark.parametrize(
    ("theirs", "value", "agrees"),
    [
        (SIZE, 56, True),
        (SIZE, 57, False),
        (PEAK, 39.3, True),
        (PEAK, 36.9, True),
        (PEAK, 40.5, False),
        (PEAK, 30.0, False),
        (TIME, 2.5, True),
        (TIME, 1.6, True),
        (TIME, 3.0, False),
        (TIME, 1.0, False),
    ],
)
def test_sizes_agree_exactly_memory_closely_and_times_roughly(
    theirs: Measurement, value: float, agrees: bool
) -> None:
    assert compared(theirs, value).agrees is agrees


def test_what_agrees_needs_no_explanation() -> None:
    assert compared(SIZE, 56).why == ""


def test_a_size_is_explained_by_the_interpreter_alone() -> None:
    assert compared(SIZE, 48).why == "python 3.11.7 → 3.13.0"


def test_memory_is_explained_by_interpreter_and_system_and_not_by_the_processor() -> None:
    why = compared(PEAK, 60).why
    assert "libc glibc 2.36 → musl" in why
    assert "python" in why
    assert "processor" not in why


def test_a_time_is_explained_by_the_processor_and_not_by_the_c_library() -> None:
    why = compared(TIME, 9).why
    assert "processor one → another" in why
    assert "libc" not in why


def test_without_a_difference_between_the_machines_the_runs_differ() -> None:
    mine = Measurement(PEAK.name, PEAK.unit, (60.0,), PEAK.instrument)
    (row,) = comparison.compare(numbers(PEAK), numbers(mine))
    assert row.agrees is False
    assert "nothing that we record" in row.why


def test_what_is_not_measured_here_is_said_to_be_missing() -> None:
    (row,) = comparison.compare(numbers(SIZE), numbers())
    assert (row.agrees, row.here, row.why) == (None, None, "not measured here")


def test_another_unit_is_another_figure() -> None:
    mine = Measurement(SIZE.name, "KiB", (56.0,), SIZE.instrument)
    (row,) = comparison.compare(numbers(SIZE), numbers(mine))
    assert row.agrees is None


def test_a_file_of_numbers_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "numbers.json"
    written = numbers(SIZE, PEAK, TIME)
    path.write_text(json.dumps(written.as_json()), encoding="utf-8")
    assert comparison.read(path) == written


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"environment": {}, "figures": [1]}'])
def test_a_broken_file_is_refused_in_a_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "numbers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenNumbers, match=r"numbers\.json is broken"):
        comparison.read(path)


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BrokenNumbers, match="run `make book` first"):
        comparison.read(tmp_path / "numbers.json")
