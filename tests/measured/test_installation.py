"""The instrument installs by itself: a wheel of it works with psutil alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import psutil
import pytest
from processes import ROOT

USES_IT = """
import measured, sys
with measured.watch() as step:
    taken = bytearray(64 * 2**20)
    taken[:: 4096] = b"x" * len(taken[:: 4096])
assert 60 < step.peak < 80, step
assert not [name for name in sys.modules if name.startswith(("book_kit", "numpy", "IPython"))]
print(measured.__version__, measured.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel from a copy of the sources, without asking anybody for anything."""
    folder = tmp_path_factory.mktemp("wheel")
    copied = folder / "sources"
    copied.mkdir()
    without = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", copied / "src", ignore=without)
    for name in ("pyproject.toml", "LICENSE", "README.md", "scripts/requirements.in"):
        (copied / name).parent.mkdir(exist_ok=True)
        shutil.copy2(ROOT / name, copied / name)
    building = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run(
        [*building, "--no-build-isolation", "--wheel-dir", str(folder), str(copied)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_has_the_instrument_and_nothing_of_the_book(wheel: Path) -> None:
    assert wheel.name.startswith("python_memory_measured-")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    parts = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert parts == {"measured"}
    assert "measured/py.typed" in names


def test_it_needs_psutil_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        lines = archive.read(metadata).decode().splitlines()
    needed = [
        line for line in lines if line.startswith("Requires-Dist:") and "extra ==" not in line
    ]
    assert [line.split()[1].split(">")[0] for line in needed] == ["psutil"]


def test_it_works_where_nothing_else_is_installed(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    shutil.copytree(Path(psutil.__file__).parent, tmp_path / "psutil")

    def python(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-S", *arguments],  # no installed packages but those named
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    finished = python("-c", USES_IT)
    assert finished.returncode == 0, finished.stderr
    assert str(tmp_path) in finished.stdout

    program = tmp_path / "program.py"
    program.write_text("block = bytearray(64 * 2**20)\ndel block\n", encoding="utf-8")
    finished = python("-m", "measured", "--html", "lines.html", program.name)
    assert finished.returncode == 0, finished.stderr
    (line,) = [line for line in finished.stderr.splitlines() if "block = bytearray" in line]
    assert line.split()[2:5] == ["+64.0", "+64.0", "1"]
    assert "block = bytearray" in (tmp_path / "lines.html").read_text(encoding="utf-8")
