"""Published figures beside those of this machine: what counts as the same, and what explains."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from processes import ROOT, SRC

from book_kit import project
from book_kit.compare import main
from book_kit.evidence import comparison
from book_kit.evidence.comparison import BrokenNumbers, Numbers
from book_kit.evidence.quantity import Measurement
from measured.memory import SampledPeak

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


#: Where no kernel keeps a high-water mark that can be reset, as on macOS and Windows.
ELSEWHERE = SampledPeak.name


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


@pytest.mark.parametrize(
    ("unit", "instrument", "kind"),
    [
        ("MiB", ELSEWHERE, "memory"),
        ("times", "the system's own lifetime peak, and psutil", "memory"),
        ("fraction", "time.perf_counter", "time"),
        ("times", "time.process_time, and time.process_time", "time"),
        ("times", "sys.getsizeof, and tracemalloc", "memory"),
        ("µs each", "a clock", "time"),
        ("s", "/proc/self/stat", "time"),
        ("bytes", "sys.getsizeof", "object"),
        ("fraction", "lines of time.py", "object"),
    ],
)
def test_what_a_figure_is_follows_from_its_unit_and_its_whole_instrument(
    unit: str, instrument: str, kind: str
) -> None:
    assert comparison.kind(Measurement("figure", unit, (1.0,), instrument)) == kind


def test_sampled_memory_agrees_as_closely_as_any_memory() -> None:
    sampled = Measurement(PEAK.name, PEAK.unit, PEAK.values, ELSEWHERE)
    assert compared(sampled, 40.5).agrees is False


JEMALLOC = {"malloc": "jemalloc 5.3.0", "variables": "LD_PRELOAD=libjemalloc.so.2"}


def test_memory_is_explained_by_the_allocator_that_the_process_really_has() -> None:
    mine = Measurement(PEAK.name, PEAK.unit, (60.0,), PEAK.instrument)
    for published in (MACHINE, MACHINE | {"malloc": "glibc 2.36"}):
        here = numbers(mine, machine=MACHINE | JEMALLOC)
        (row,) = comparison.compare(numbers(PEAK, machine=published), here)
        assert row.why == (
            "malloc glibc 2.36 → jemalloc 5.3.0; variables none → LD_PRELOAD=libjemalloc.so.2"
        )


def test_figures_from_before_an_allocator_was_named_had_that_of_their_c_library() -> None:
    assert comparison.differing(MACHINE, MACHINE | {"malloc": "glibc 2.36"}) == {}


def test_a_figure_is_explained_by_its_own_environment() -> None:
    mine = Measurement(PEAK.name, PEAK.unit, (60.0,), PEAK.instrument)
    other = Measurement("dict.peak", "MiB", (60.0,), PEAK.instrument)
    theirs = Measurement("dict.peak", "MiB", (30.0,), PEAK.instrument)
    here = replace(numbers(mine, other), where={PEAK.name: {"allocator": "malloc"}})
    first, second = comparison.compare(numbers(PEAK, theirs), here)
    assert first.why == "allocator pymalloc → malloc"
    assert "nothing that we record" in second.why


def test_an_environment_that_both_figures_have_explains_nothing() -> None:
    mine = Measurement(PEAK.name, PEAK.unit, (60.0,), PEAK.instrument)
    where = {PEAK.name: {"allocator": "malloc"}}
    (row,) = comparison.compare(
        replace(numbers(PEAK), where=where), replace(numbers(mine), where=where)
    )
    assert "nothing that we record" in row.why


def test_a_file_of_numbers_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "numbers.json"
    written = replace(
        numbers(SIZE, PEAK, TIME),
        where={PEAK.name: {"allocator": "malloc"}},
        incomplete=("page tutorial/x failed",),
    )
    path.write_text(json.dumps(written.as_json()), encoding="utf-8")
    assert comparison.read(path) == written


def test_a_file_from_before_figures_had_environments_is_read(tmp_path: Path) -> None:
    content = numbers(SIZE).as_json()
    del content["incomplete"]
    path = tmp_path / "numbers.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert comparison.read(path) == numbers(SIZE)


ENTRY = {**SIZE.as_json(), "page": "a"}
NO_NUMBERS: list[object] = ["56", None, True, [56], {}, math.nan, math.inf, -math.inf, 10**400]
BROKEN_ENTRIES: list[object] = [
    1,
    None,
    {},
    *({**ENTRY, "values": [value]} for value in NO_NUMBERS),
    {**ENTRY, "values": []},
    {**ENTRY, "values": 56},
    {**ENTRY, "unit": "furlongs"},
    {**ENTRY, "unit": None},
    {**ENTRY, "page": 1},
    {**ENTRY, "where": {"allocator": 1}},
]


@pytest.mark.parametrize("entry", BROKEN_ENTRIES, ids=repr)
@pytest.mark.parametrize("name", ["numbers.json", "published.json"])
def test_a_figure_that_is_none_is_refused_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, entry: object
) -> None:
    whole = numbers(SIZE).as_json()
    for file in ("numbers.json", "published.json"):
        content = {**whole, "figures": [entry]} if file == name else whole
        (tmp_path / file).write_text(json.dumps(content), encoding="utf-8")
    assert main(["--built", str(tmp_path), "--published", str(tmp_path / "published.json")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"compare: {name} is broken: it has ")


def test_a_figure_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "numbers.json"
    content = {**numbers(SIZE).as_json(), "figures": [ENTRY, ENTRY]}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BrokenNumbers, match=r"list\.size twice"):
        comparison.read(path)


@pytest.mark.parametrize("content", ["", '{"environment": {', None])
def test_published_figures_that_are_lost_are_restored_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    (tmp_path / "_toc.yml").touch()
    path = tmp_path / "book" / "recorded" / "published.json"
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setenv(project.VARIABLE, str(tmp_path))
    with pytest.raises(BrokenNumbers) as raised:
        comparison.read(path)
    assert "git checkout -- book/recorded/published.json" in str(raised.value)
    assert "publish-numbers" not in str(raised.value)


INCOMPLETE = [f"claim T{number} does not hold" for number in range(1, 8)]


@pytest.mark.parametrize("reasons", [["page tutorial/x failed"], INCOMPLETE])
def test_a_build_that_is_not_whole_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reasons: list[str]
) -> None:
    content = replace(numbers(SIZE), incomplete=tuple(reasons)).as_json()
    (tmp_path / "numbers.json").write_text(json.dumps(content), encoding="utf-8")
    published = tmp_path / "published.json"
    published.write_text("as it was", encoding="utf-8")
    options = ["--built", str(tmp_path), "--published", str(published), "--publish"]
    assert main(options) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert reasons[0] in line
    assert published.read_text(encoding="utf-8") == "as it was"


def test_a_build_without_a_figure_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "numbers.json").write_text(json.dumps(numbers().as_json()), encoding="utf-8")
    published = tmp_path / "published.json"
    assert main(["--built", str(tmp_path), "--published", str(published), "--publish"]) == 1
    assert not published.exists()


@pytest.fixture
def two_builds(tmp_path: Path) -> list[str]:
    """The options that hold two builds against each other, whose figures all differ."""
    names = [f"figure-{number}" for number in range(2000)]
    for file, machine, value in (("numbers", OTHER, 9.0), ("published", MACHINE, 2.0)):
        figures = (Measurement(name, "times", (value,), "time.process_time") for name in names)
        content = json.dumps(numbers(*figures, machine=machine).as_json())
        (tmp_path / f"{file}.json").write_text(content, encoding="utf-8")
    return ["--built", str(tmp_path), "--published", str(tmp_path / "published.json")]


@pytest.mark.parametrize(
    "console",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "utf-8"},
    ],
    ids=lambda console: " ".join(console.values()),
)
def test_a_console_need_not_know_every_letter(
    two_builds: list[str], console: dict[str, str]
) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "book_kit.compare", *two_builds],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SRC), **console},
        capture_output=True,
        check=True,
    )
    encoding = console.get("PYTHONIOENCODING", "ascii")
    arrow = "→" if encoding == "utf-8" else "->"
    assert f"python 3.11.7 {arrow} 3.13.0" in said.stdout.decode(encoding)
    assert said.stderr == b""


def test_a_reader_who_leaves_is_no_fault(two_builds: list[str]) -> None:
    command = [sys.executable, "-m", "book_kit.compare", *two_builds]
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"environment": {}, "figures": [1]}'])
def test_a_broken_file_is_refused_in_a_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "numbers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenNumbers, match=r"numbers\.json is broken"):
        comparison.read(path)


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BrokenNumbers, match="run `make book` first"):
        comparison.read(tmp_path / "numbers.json")
