"""Where a figure was measured: the allocators that were really there, the variables that count."""

from __future__ import annotations

import sys

import pytest
from processes import SRC, run

from measured import environment

MEASURING = {
    "PYTHONMALLOC": "malloc",
    "PYTHONTRACEMALLOC": "1",
    "PYTHONDEVMODE": "1",
    "PYTHON_GIL": "0",
    "PYTHON_JIT": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONNODEBUGRANGES": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_CONF": "dirty_decay_ms:0",
    "MALLOC_TRIM_THRESHOLD_": "0",
    "GLIBC_TUNABLES": "glibc.malloc.arena_max=1",
    "LD_PRELOAD": "libjemalloc.so.2",
    "DYLD_INSERT_LIBRARIES": "libjemalloc.dylib",
    "MIMALLOC_PURGE_DELAY": "0",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0",
    "OMP_NUM_THREADS": "1",
}
HARMLESS = {
    "PYTHONPATH": "src",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPYCACHEPREFIX": "cache",
    "PYTHONUNBUFFERED": "1",
    "PYTHONSAFEPATH": "1",
    "PYTHON": "python3.13",  # as `make book PYTHON=python3.13` exports it
    "PYTHON_VERSION": "3.13.0",  # as containers of Python have it
    "PYTHONLOCATION": "hostedtoolcache",  # as hosts of tests have it
    "PYTHON_COLORS": "0",
    "PYTHONWARNINGS": "error",
    "PATH": "bin",
    "HOME": "home",
    "COLD_PRELOAD": "1",
    "MY_PYTHONMALLOC": "malloc",
    "THREADS": "4",
}


def test_the_variables_that_change_measurement_are_those_and_no_others() -> None:
    assert environment.measuring_variables({**HARMLESS, **MEASURING}) == MEASURING


def test_variables_come_in_the_order_of_their_names() -> None:
    found = environment.measuring_variables({"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "1"})
    assert list(found) == ["MALLOC_ARENA_MAX", "PYTHONMALLOC"]


def test_a_variable_that_is_empty_counts_as_not_set() -> None:
    assert environment.measuring_variables({"PYTHONMALLOC": "", "LD_PRELOAD": ""}) == {}


def test_the_description_names_the_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment.measuring_variables(dict(MEASURING)):
        monkeypatch.delenv(name, raising=False)
    before = environment.describe()["variables"]
    monkeypatch.setenv("PYTHONMALLOC", "malloc")
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    assert "PYTHONMALLOC" not in before
    assert "MALLOC_ARENA_MAX=1 PYTHONMALLOC=malloc" in environment.describe()["variables"]


ASK = "from measured import environment, pymalloc; print(environment.allocator()); "
ASK_BOTH = ASK + "print(pymalloc.absent() is None, pymalloc.spare() is not None)"


@pytest.mark.skipif(
    environment.allocator() != "pymalloc", reason="needs a Python whose default is pymalloc"
)
@pytest.mark.parametrize(
    ("options", "variables", "expected"),
    [
        ((), {}, "pymalloc"),
        ((), {"PYTHONMALLOC": "default"}, "pymalloc"),
        ((), {"PYTHONMALLOC": "malloc"}, "malloc"),
        (("-X", "dev"), {}, "pymalloc_debug"),
        ((), {"PYTHONDEVMODE": "1"}, "pymalloc_debug"),
        (("-X", "dev"), {"PYTHONMALLOC": "malloc"}, "malloc"),
    ],
)
def test_the_allocator_is_the_one_that_answers(
    options: tuple[str, ...], variables: dict[str, str], expected: str
) -> None:
    path = {"PYTHONPATH": str(SRC)}
    finished = run(*options, "-c", ASK_BOTH, environment={**path, **variables})
    said = finished.stdout.split()
    assert said[0] == expected, finished.stderr
    assert said[1:] == [str(expected == "pymalloc")] * 2


def test_a_variable_that_python_ignores_changes_nothing() -> None:
    code = f"import sys; sys.path.insert(0, {environment.__file__!r}.rsplit('measured', 1)[0]); "
    finished = run("-E", "-c", code + ASK, environment={"PYTHONMALLOC": "malloc"})
    assert finished.stdout.split() == [environment.allocator()], finished.stderr
    assert sys.flags.ignore_environment == 0
