"""Programs that others wrote run under `python -m measured`, unchanged, as they run alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from processes import SRC, run

#: A recording as `mprof run` writes it: a program that takes 40 MiB, and gives them back.
RECORDING = "CMDLINE python crunch.py\n" + "".join(
    f"MEM {20 + 40 * (2 < moment < 7)}.000000 {1_700_000_000 + moment}.0000\n"
    for moment in range(10)
)
SOURCE = '''"""A text to be set."""\n\ndef double(number: int) -> int:\n    return 2 * number\n'''
#: For each program what follows `-m`, and which files it writes.
PROGRAMS = {
    "a test suite": (
        ["pytest", "-q", "-p", "no:cacheprovider", "--pyargs", "jsonschema.tests.test_types"],
        [],
    ),
    "a test suite that fails": (["pytest", "-q", "-p", "no:cacheprovider", "fails.py"], []),
    "a command-line tool": (["pygments", "-f", "html", "-O", "full", "text.py"], []),
    "a command-line tool that fails": (["pygments", "-l", "no-such-language", "text.py"], []),
    "a plot": (
        ["mprof", "plot", "--backend", "Agg", "-o", "picture.png", "recording.dat"],
        ["picture.png"],
    ),
}


def outcome(under: list[str], program: list[str], folder: Path) -> tuple[int, str, str]:
    own = {"PYTHONPATH": str(SRC), "PYTEST_ADDOPTS": ""}  # not what these tests are called with
    finished = run(*under, "-m", *program, cwd=folder, environment=own)
    said, _table, _ = finished.stderr.partition("\nMemory by line, in MiB")
    assert bool(_table) == bool(under), finished.stderr
    return finished.returncode, re.sub(r" in [\d.]+s", "", finished.stdout), said


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_says_and_writes_what_it_does_alone(name: str, tmp_path: Path) -> None:
    program, files = PROGRAMS[name]
    pytest.importorskip(program[0])
    outcomes = []
    for number, under in enumerate(([], ["-m", "measured"])):
        folder = tmp_path / str(number) / "same"
        folder.mkdir(parents=True)
        (folder / "recording.dat").write_text(RECORDING, encoding="utf-8")
        (folder / "text.py").write_text(SOURCE, encoding="utf-8")
        (folder / "fails.py").write_text("def test_it():\n    assert 1 + 1 == 3\n", "utf-8")
        code, output, said = outcome(under, program, folder)
        written = [(folder / file).read_bytes() for file in files]
        outcomes.append((code, output.replace(str(folder), ""), said, written))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][1] or outcomes[0][2] or files
    assert (outcomes[0][0] != 0) == name.endswith("fails")
