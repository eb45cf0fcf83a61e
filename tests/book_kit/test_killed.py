"""A process that was killed cannot say why; the kernel's counters can."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from book_kit.running.killed import kills, reason_of_signal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals of a POSIX system")

V2_MOUNT = "30 23 0:26 {root} /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate"
V1_MOUNT = "35 31 0:32 {root} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"


def system(folder: Path, cgroup: str, mount: str, files: dict[str, str]) -> Path:
    """Write the files by which a kernel tells of control groups."""
    for path, text in {
        "proc/self/cgroup": cgroup,
        "proc/self/mountinfo": mount,
        "proc/vmstat": "nr_free_pages 1\noom_kill 0\n",
        **files,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text + "\n")
    return folder


def version_2(folder: Path, kills: int, limit: str = "536870912") -> Path:
    files = {
        "sys/fs/cgroup/app/memory.max": "max",
        "sys/fs/cgroup/app/memory.events": f"low 0\noom 1\noom_kill {kills}",
        "sys/fs/cgroup/memory.max": limit,
    }
    return system(folder, "0::/app", V2_MOUNT.format(root="/"), files)


def version_1(folder: Path, kills: int) -> Path:
    files = {
        "sys/fs/cgroup/memory/memory.limit_in_bytes": "1610612736",
        "sys/fs/cgroup/memory/memory.oom_control": f"under_oom 0\noom_kill {kills}",
    }
    # As a container without a name space of its own sees it: the group's whole path, mounted.
    return system(
        folder,
        "9:cpu:/box/1\n4:memory:/box/1\n0::/",
        V1_MOUNT.format(root="/box/1"),
        files,
    )


def test_a_kill_for_memory_names_the_limit_and_what_the_book_needs(tmp_path: Path) -> None:
    assert reason_of_signal(-9, before=2, system=version_2(tmp_path, kills=3)) == (
        "killed by the kernel for memory: the limit is 512 MiB (memory.max of its control group); "
        "a build of the book needs about 1 GiB"
    )


def test_control_groups_of_version_1_tell_as_much(tmp_path: Path) -> None:
    assert reason_of_signal(-9, before=0, system=version_1(tmp_path, kills=1)).startswith(
        "killed by the kernel for memory: "
        "the limit is 1.5 GiB (memory.limit_in_bytes of its control group)"
    )


@pytest.mark.parametrize("made", [version_1, version_2])
def test_a_kill_that_the_kernel_has_not_counted_is_not_the_kernel_s(
    tmp_path: Path, made: type
) -> None:
    folder = made(tmp_path, 3)
    assert kills(folder) == 3
    assert reason_of_signal(-9, before=3, system=folder).startswith("killed (signal 9), probably")


def test_without_a_limit_the_machine_s_memory_is_named(tmp_path: Path) -> None:
    reason = reason_of_signal(-9, before=0, system=version_2(tmp_path, kills=1, limit="max"))
    assert reason.startswith("killed by the kernel for memory: the machine has ")


def test_without_control_groups_the_machine_s_count_is_taken(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "vmstat").write_text("nr_free_pages 1\noom_kill 5\n")
    assert kills(tmp_path) == 5


def test_where_the_kernel_tells_nothing_memory_is_only_probable(tmp_path: Path) -> None:
    assert kills(tmp_path) is None
    assert reason_of_signal(-9, None, tmp_path).startswith("killed (signal 9), probably for memory")


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGTERM, signal.SIGABRT])
def test_another_signal_is_named(number: signal.Signals) -> None:
    assert reason_of_signal(-number) == f"ended by signal {number.value} ({number.name})"


def test_a_process_that_kills_itself_was_killed() -> None:
    before = kills()
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    finished = subprocess.run([sys.executable, "-c", code])
    assert "needs about 1 GiB" in reason_of_signal(finished.returncode, before)
