"""The three scripts of the classic tutorial: they run as they used to, and fail in one line."""

from __future__ import annotations

import json
import os
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from processes import (
    ORIGINAL_THREE,
    SCRIPTS,
    SRC,
    complaint,
    names_in,
    run,
    script,
    temporary_files_in,
)

EACH_OF_THREE = pytest.mark.parametrize("name", ORIGINAL_THREE)
EACH_THAT_WRITES = pytest.mark.parametrize("name", ["test-pickle", "test-flat"])
FINAL = {"test-pickle": "machin.pkl", "test-flat": "machin.flat"}
SIZE = {"memory-profile-me": "--length", "test-pickle": "--records", "test-flat": "--records"}
PROFILER = ("-m", "memory_profiler")
MIB = 2**20

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs limits of a POSIX system")


def measured_by(name: str, *arguments: object) -> dict[str, float]:
    finished = script(name, *arguments, "--json")
    assert finished.returncode == 0, finished.stderr
    report: dict[str, Any] = json.loads(finished.stdout)
    return {figure: content["value"] for figure, content in report["measurements"].items()}


def increments(table: str) -> dict[str, float]:
    """Return for each line of code of memory_profiler's tables its Increment, in MiB."""
    rows = re.findall(r"MiB\s+(-?[\d.]+) MiB\s+\d+\s+(\S.*?)\s*$", table, re.M)
    return {code: float(increment) for increment, code in rows}


@EACH_OF_THREE
def test_it_runs_and_shows_the_peak_and_what_was_retained_of_each_step(name: str) -> None:
    finished = script(name, SIZE[name], 20_000)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    steps = re.findall(r"^(\w[\w ]*?) +peak +\S+\sMiB +retained +\S+\sMiB$", finished.stdout, re.M)
    assert len(steps) >= 3


@EACH_OF_THREE
def test_it_runs_under_memory_profiler_and_shows_its_table(name: str) -> None:
    finished = script(name, SIZE[name], 20_000, under=PROFILER)
    assert finished.returncode == 0, finished.stderr
    assert "Line #    Mem usage    Increment  Occurrences   Line Contents" in finished.stdout
    assert len(increments(finished.stdout)) >= 5
    assert "Traceback" not in finished.stdout + finished.stderr


@EACH_OF_THREE
@pytest.mark.parametrize(
    ("count", "under"),
    [
        *((count, ()) for count in ("0", "-1", "-1000000", "1000000001", "1e6", "", "x", "9" * 40)),
        *((count, PROFILER) for count in ("0", "x")),
    ],
)
def test_an_absurd_count_is_wrong_usage(name: str, count: str, under: tuple[str, ...]) -> None:
    line = complaint(script(name, f"{SIZE[name]}={count}", under=under), code=2)
    assert SIZE[name] in line


@EACH_OF_THREE
def test_a_count_that_no_machine_holds_is_refused_before_anything_is_made(
    name: str, tmp_path: Path
) -> None:
    import psutil

    if psutil.virtual_memory().available > 60 * 10**9:
        pytest.skip("this machine may well hold a billion integers")
    where = [] if name == "memory-profile-me" else ["--dir", tmp_path]
    line = complaint(script(name, SIZE[name], 10**9, *where))
    assert "not enough memory" in line
    assert "would take about" in line
    assert f"give {SIZE[name]} less" in line
    assert names_in(tmp_path) == set()


@on_posix
@EACH_OF_THREE
def test_a_limit_on_memory_is_refused_before_anything_is_made(name: str) -> None:
    import resource

    line = complaint(script(name, SIZE[name], 4_000_000, limits={resource.RLIMIT_AS: 200 * MIB}))
    assert "not enough memory" in line
    assert "would take about" in line


@on_posix
@EACH_OF_THREE
def test_memory_that_runs_out_all_the_same_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    import resource

    program = tmp_path / "sure-of-memory.py"
    program.write_text(
        "import runpy, sys\n"
        "from measured import memory\n"
        "memory.available = lambda: sys.maxsize\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    finished = run(
        program,
        SCRIPTS[name],
        SIZE[name],
        4_000_000,
        environment={"PYTHONPATH": str(SRC)},
        limits={resource.RLIMIT_AS: 200 * MIB},
    )
    line = complaint(finished)
    assert "not enough memory" in line


@EACH_THAT_WRITES
def test_the_file_stays_where_a_folder_was_chosen(name: str, tmp_path: Path) -> None:
    assert script(name, "--records", 1000, "--dir", tmp_path).returncode == 0
    assert names_in(tmp_path) == {FINAL[name]}


@EACH_THAT_WRITES
def test_nothing_stays_where_no_folder_was_chosen(name: str, tmp_path: Path) -> None:
    places = temporary_files_in(tmp_path)
    assert script(name, "--records", 1000, environment=places, cwd=tmp_path).returncode == 0
    assert names_in(tmp_path) == set()


@EACH_THAT_WRITES
def test_a_missing_folder_is_named_and_not_made(name: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    line = complaint(script(name, "--records", 1000, "--dir", missing))
    assert f"{missing}: no such folder" in line
    assert not missing.exists()


@EACH_THAT_WRITES
def test_a_file_in_place_of_the_folder_is_named(name: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    line = complaint(script(name, "--records", 1000, "--dir", file))
    assert str(file) in line
    assert file.read_text() == "precious"


@pytest.fixture
def unwritable_folder(tmp_path: Path) -> Path:
    """Return a folder in which nobody may make a file, not even root."""
    if sys.platform == "linux" and os.geteuid() == 0:
        return Path("/sys")  # the kernel's own: it refuses everyone
    if os.name != "posix":
        pytest.skip("a folder that cannot be written to is made with POSIX permissions")
    folder = tmp_path / "unwritable"
    folder.mkdir(mode=0o500)
    return folder


@EACH_THAT_WRITES
def test_a_folder_that_cannot_be_written_to_is_named(name: str, unwritable_folder: Path) -> None:
    before = names_in(unwritable_folder)
    line = complaint(script(name, "--records", 1000, "--dir", unwritable_folder))
    assert f"{unwritable_folder}" in line
    assert "denied" in line or "not permitted" in line or "Read-only" in line
    assert names_in(unwritable_folder) == before


@EACH_THAT_WRITES
def test_a_folder_of_the_file_s_name_is_named_and_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / FINAL[name]).mkdir()
    (tmp_path / FINAL[name] / "within").write_text("precious")
    line = complaint(script(name, "--records", 1000, "--dir", tmp_path))
    assert f"{tmp_path / FINAL[name]}: is a folder" in line
    assert (tmp_path / FINAL[name] / "within").read_text() == "precious"
    assert names_in(tmp_path) == {FINAL[name]}


@on_posix
@EACH_THAT_WRITES
@pytest.mark.parametrize("before", [None, b"precious"], ids=["first time", "again"])
def test_a_full_device_leaves_no_part_and_keeps_the_file_that_was_there(
    name: str, before: bytes | None, tmp_path: Path
) -> None:
    import resource

    if before is not None:
        (tmp_path / FINAL[name]).write_bytes(before)
    limits = {resource.RLIMIT_FSIZE: 20_000}
    line = complaint(script(name, "--records", 5000, "--dir", tmp_path, limits=limits))
    assert "File too large" in line
    assert names_in(tmp_path) == (set() if before is None else {FINAL[name]})
    assert before is None or (tmp_path / FINAL[name]).read_bytes() == before


@EACH_THAT_WRITES
def test_a_file_of_an_earlier_run_is_replaced_by_a_whole_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / FINAL[name]
    path.write_bytes(b"of an earlier run")
    assert script(name, "--records", 1000, "--dir", tmp_path).returncode == 0
    first = path.read_bytes()
    assert script(name, "--records", 1000, "--dir", tmp_path).returncode == 0
    assert path.read_bytes() == first
    assert len(first) > 30_000


class Hostile:
    """An object whose pickle makes a file when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_a_hostile_pickle_does_what_it_says_when_it_is_loaded(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Hostile(tmp_path / "pwned")))
    assert names_in(tmp_path) == {"pwned"}


def test_a_pickle_that_was_there_before_is_replaced_and_never_loaded(tmp_path: Path) -> None:
    pwned, path = tmp_path / "pwned", tmp_path / "machin.pkl"
    path.write_bytes(pickle.dumps(Hostile(pwned)))
    finished = script("test-pickle", "--records", 1000, "--dir", tmp_path)
    assert finished.returncode == 0
    assert names_in(tmp_path) == {"machin.pkl"}
    assert len(pickle.loads(path.read_bytes())) == 1000


def test_a_pickle_that_was_there_before_is_not_loaded_when_the_run_fails(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    pwned, path = tmp_path / "pwned", tmp_path / "machin.pkl"
    path.write_bytes(pickle.dumps(Hostile(pwned)))
    limits = {resource.RLIMIT_FSIZE: 20_000}
    complaint(script("test-pickle", "--records", 5000, "--dir", tmp_path, limits=limits))
    assert names_in(tmp_path) == {"machin.pkl"}


def test_test_pickle_has_no_option_that_loads_a_file_of_someone_else() -> None:
    helped = script("test-pickle", "--help").stdout
    assert not re.search(r"--load|FILE", helped)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_brings_back_every_row(protocol: int) -> None:
    figures = measured_by("test-pickle", "--records", 1000, "--protocol", protocol)
    assert figures["rows"] == 1000
    assert figures["file"] * MIB > 20 * 1000


@pytest.mark.parametrize("protocol", [-1, pickle.HIGHEST_PROTOCOL + 1, "five"])
def test_a_protocol_that_does_not_exist_is_wrong_usage(protocol: object) -> None:
    line = complaint(script("test-pickle", f"--protocol={protocol}"), code=2)
    assert "--protocol" in line


def test_the_flat_file_holds_a_row_a_line_and_all_are_read_back(tmp_path: Path) -> None:
    figures = measured_by("test-flat", "--records", 1000, "--dir", tmp_path)
    assert figures["rows"] == 1000
    lines = (tmp_path / "machin.flat").read_text().splitlines()
    assert len(lines) == 1000
    assert all(re.fullmatch(r"\([\d.e-]+, '[A-Z]{20}', \d+\)", line) for line in lines)


def test_the_copy_of_a_list_of_integers_holds_the_very_same_integers() -> None:
    assert measured_by("memory-profile-me", "--length", 10_000)["same"] == 1.0


@pytest.mark.slow
def test_the_table_of_lines_shows_what_the_rows_took_in_truth() -> None:
    rows = 200_000
    finished = script("test-pickle", "--records", rows, under=PROFILER)
    table = increments(finished.stdout)
    truth = measured_by("test-pickle", "--records", rows)
    assert table["x = make_rows(records)"] == pytest.approx(truth["make.retained"], rel=0.1)
    assert table["del x"] == pytest.approx(truth["del.retained"], rel=0.1)
    load = next(value for code, value in table.items() if code.startswith("y: list[Row] = pickle"))
    assert load == pytest.approx(truth["load.retained"], rel=0.1)
