"""The `malloc` that serves a process is named, whichever library it comes from."""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import sys
from pathlib import Path

import pytest
from processes import SRC, run

from measured import c_library

on_glibc = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="needs Linux with glibc, and no other malloc"
)
ASK = "from measured import c_library as c, environment as e; print(e.describe()['malloc']); "


def library(name: str) -> str:
    """Return the file of a library that is installed, or skip."""
    found = ctypes.util.find_library(name)
    if sys.platform != "linux" or found is None:
        pytest.skip(f"needs lib{name}")
    return found


def ask(code: str, **variables: str) -> str:
    finished = run("-c", code, environment={"PYTHONPATH": str(SRC), **variables})
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


@on_glibc
def test_glibc_is_named_with_its_version() -> None:
    assert ask(ASK) == f"glibc {platform.libc_ver()[1]}"
    assert ask("from measured import c_library as c; print(c.needs_glibc())") == "None"


@pytest.mark.parametrize("name", ["jemalloc", "mimalloc", "tcmalloc_minimal"])
def test_another_malloc_is_named_and_what_is_known_of_glibc_does_not_hold(name: str) -> None:
    code = ASK + "print(c.needs_glibc()); print(c.free_in_heap())"
    named, reason, free = ask(code, LD_PRELOAD=library(name)).splitlines()
    assert named.startswith(name.removesuffix("_minimal"))
    assert any(letter.isdigit() for letter in named), named
    assert reason == f"needs glibc, and malloc here is {named}"
    assert free == "None"


@on_glibc
def test_what_glibc_holds_free_grows_when_its_blocks_are_freed() -> None:
    code = """
from measured import c_library
blocks = [bytes(1_000) for _ in range(20_000)]
end = bytes(1_000)
before = c_library.free_in_heap()
del blocks
print(c_library.free_in_heap() - before)
"""
    assert 20_000_000 <= int(ask(code)) <= 25_000_000


def test_trimming_is_one_call() -> None:
    if c_library.needs_glibc() is None:
        c_library.trim()


def executables() -> list[str]:
    """Name this Python, and those of the system whose code has a fixed place."""
    found = [sys.executable]
    for path in sorted(Path("/usr/bin").glob("python3.[0-9]*")):
        if path.name.replace("python3.", "").isdigit() and is_fixed(path):
            found.append(str(path))
    return found


def is_fixed(executable: Path) -> bool:
    """Whether an ELF file is an executable that is not position-independent (elf(5), e_type)."""
    with executable.open("rb") as file:
        head = file.read(18)
    return head[:4] == b"\x7fELF" and int.from_bytes(head[16:18], sys.byteorder) == 2


@on_glibc
@pytest.mark.parametrize("executable", executables())
def test_the_c_library_s_own_malloc_lies_in_the_c_library(executable: str) -> None:
    import subprocess

    version = subprocess.run(
        [executable, "-c", "import sys; print(sys.version_info >= (3, 11))"],
        capture_output=True,
        text=True,
        check=True,
    )
    if version.stdout.strip() != "True":
        pytest.skip(f"{executable} is older than 3.11")
    code = """
import ctypes
from measured import c_library
address = ctypes.cast(c_library.own_malloc(), ctypes.c_void_p).value
for line in open("/proc/self/maps"):
    start, end = (int(place, 16) for place in line.split()[0].split("-"))
    if start <= address < end:
        print(line.split()[-1])
print(c_library.malloc_in_use())
"""
    finished = subprocess.run(
        [executable, "-c", code], env={"PYTHONPATH": str(SRC)}, capture_output=True, text=True
    )
    assert finished.returncode == 0, finished.stderr
    place, named = finished.stdout.splitlines()
    assert Path(place).name.startswith("libc"), place
    assert named.startswith("glibc ")


def test_an_executable_with_a_fixed_place_is_tried() -> None:
    if len(executables()) == 1:
        pytest.skip("no Python of this system has a malloc of its own: try one of Debian 12")
