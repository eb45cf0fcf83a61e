"""Scripts where something else traces, allocates or is closed: a true figure, or one line why not.

Which scripts are concerned is found by what they import.
"""

from __future__ import annotations

import ctypes.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from processes import SCRIPTS, Finished, complaint, script, small_sizes

from measured import c_library, environment


def those_that_use(*words: str) -> list[str]:
    """Name the scripts whose source has one of these words."""
    return [
        name
        for name, path in SCRIPTS.items()
        if any(word in path.read_text(encoding="utf-8") for word in words)
    ]


TRACING = those_that_use("Traced", "tracemalloc.", "cost_of_each")
WITH_STATISTICS = those_that_use("pymalloc", "Moments")
OF_GLIBC = those_that_use("needs_glibc")


def names(finished: Finished) -> set[str]:
    """Return every name that a report has something to say of."""
    assert finished.returncode == 0, finished.stderr
    report: dict[str, Any] = json.loads(finished.stdout)
    return {*report["measurements"], *report["unavailable"]}


def test_the_scripts_that_are_concerned_are_found() -> None:
    assert len(TRACING) >= 20
    assert len(WITH_STATISTICS) >= 4
    assert len(OF_GLIBC) >= 5


def test_no_script_asks_tracemalloc_beside_the_one_piece_that_may() -> None:
    begins = [name for name in those_that_use("tracemalloc.start(") if name in TRACING]
    # The one shows how two snapshots find a leak, the other measures tracing itself.
    assert sorted(begins) == ["cost-of-tracemalloc", "growing-cache"]


def test_a_script_refuses_in_one_line_where_every_block_is_traced_already() -> None:
    lines = {
        name: complaint(
            script(name, *small_sizes(name), "--json", environment={"PYTHONTRACEMALLOC": "1"})
        )
        for name in TRACING
    }
    assert all("tracemalloc is tracing already" in line for line in lines.values()), lines


def test_the_option_that_begins_tracing_is_refused_as_well() -> None:
    line = complaint(script("two-names", under=("-X", "tracemalloc=5")))
    assert "without PYTHONTRACEMALLOC and -X tracemalloc" in line


@pytest.mark.skipif(environment.allocator() != "pymalloc", reason="needs pymalloc to be there")
def test_without_pymalloc_its_figures_are_named_and_not_measured() -> None:
    for name in WITH_STATISTICS:
        sizes = small_sizes(name)
        usual = script(name, *sizes, "--json")
        other = script(name, *sizes, "--json", environment={"PYTHONMALLOC": "malloc"})
        assert names(other) == names(usual), name
        reasons = json.loads(other.stdout)["unavailable"].values()
        assert any("this Python uses malloc" in reason for reason in reasons), name


@pytest.mark.skipif(os.name != "posix", reason="needs files that a shell can close")
def test_without_standard_error_the_statistics_are_read_all_the_same() -> None:
    for name in WITH_STATISTICS:
        words = [sys.executable, str(SCRIPTS[name]), *small_sizes(name)]
        finished = subprocess.run(
            ["sh", "-c", 'exec "$@" 2>&-', "sh", *words], stdout=subprocess.PIPE, text=True
        )
        assert finished.returncode == 0, name
        assert re.search("arenas?|size class", finished.stdout), name
        assert "not measured" not in finished.stdout, name


@pytest.mark.skipif(c_library.needs_glibc() is not None, reason="needs glibc to be there")
def test_under_another_malloc_what_is_known_of_glibc_is_not_measured() -> None:
    jemalloc = ctypes.util.find_library("jemalloc")
    if jemalloc is None:
        pytest.skip("needs libjemalloc")
    for name in OF_GLIBC:
        sizes = small_sizes(name)
        if "--mib" in sizes:  # fewer blocks of 1,000 bytes fit into what the process has
            sizes[sizes.index("--mib") + 1] = "32"
        usual = script(name, *sizes, "--json")
        other = script(name, *sizes, "--json", environment={"LD_PRELOAD": jemalloc})
        missing = {one for one in names(usual) - names(other) if not one.startswith("trim.")}
        assert not missing, name
        report = json.loads(other.stdout)
        assert report["environment"]["malloc"].startswith("jemalloc "), name
        assert any("malloc here is jemalloc" in why for why in report["unavailable"].values()), name


def test_a_library_that_is_missing_leaves_out_every_figure_by_its_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "msgspec.py").write_text("raise ModuleNotFoundError('gone', name='msgspec')")
    sizes = small_sizes("instance-cost")
    usual = script("instance-cost", *sizes, "--json")
    environment_without = {"PYTHONPATH": str(tmp_path)}
    other = script(
        "instance-cost", *sizes, "--kind", "msgspec", "--json", environment=environment_without
    )
    assert names(other) == names(usual)
    assert set(json.loads(other.stdout)["unavailable"].values()) == {"needs msgspec"}


def test_without_a_compiler_the_figures_are_recorded_ones_and_are_called_that() -> None:
    finished = script("cpp-sizes", "--json", environment={"PATH": ""})
    assert finished.returncode == 0, finished.stderr
    assert "because no C++ compiler was found" in finished.stderr
    assert names(finished) >= names(script("cpp-sizes", "--json"))
