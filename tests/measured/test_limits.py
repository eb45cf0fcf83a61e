"""How much memory may still be taken: what the control groups of a process leave, in every form."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from measured import limits
from measured.units import MIB

Files = dict[str, int | str]
Write = Callable[[str, Files], None]

MOUNT_1 = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
MOUNT_1_OF_CPU = "32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
MOUNT_2 = "31 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
HYBRID_MOUNT_2 = "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
NO_LIMIT_1 = 2**63 - 4096  # what version 1 says where there is no limit


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes the files of a folder below a root of its own."""

    def files_of(folder: str, files: Files) -> None:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (tmp_path / folder / name).write_text(f"{content}\n")

    return files_of


def use(write: Write, group: str, mounts: str) -> None:
    write("proc/self", {"cgroup": group, "mountinfo": mounts})


def group_of_2(limit: int | str, used: int, *, cached: int = 0, high: int | str = "max") -> Files:
    kept = f"anon {used - cached}\nfile {cached}\ninactive_file {cached}\nactive_file 0"
    return {"memory.max": limit, "memory.high": high, "memory.current": used, "memory.stat": kept}


def group_of_1(limit: int, used: int, *, cached: int = 0) -> Files:
    return {
        "memory.limit_in_bytes": limit,
        "memory.usage_in_bytes": used,
        "memory.stat": f"inactive_file 0\ntotal_inactive_file {cached}\ntotal_active_file 0",
    }


def test_a_limit_of_version_2_leaves_what_is_not_used(write: Write, tmp_path: Path) -> None:
    use(write, "0::/", MOUNT_2)
    write("sys/fs/cgroup", group_of_2(500 * MIB, 200 * MIB))
    assert limits.control_groups_available(tmp_path) == 300 * MIB


def test_a_group_that_uses_more_than_its_limit_leaves_nothing(write: Write, tmp_path: Path) -> None:
    use(write, "0::/", MOUNT_2)
    write("sys/fs/cgroup", group_of_2(10 * MIB, 20 * MIB))
    assert limits.control_groups_available(tmp_path) == 0


def test_a_group_without_a_limit_leaves_everything(write: Write, tmp_path: Path) -> None:
    use(write, "0::/", MOUNT_2)
    write("sys/fs/cgroup", group_of_2("max", 20 * MIB))
    assert limits.control_groups_available(tmp_path) == sys.maxsize


def test_a_limit_from_which_on_the_kernel_slows_down_counts_too(
    write: Write, tmp_path: Path
) -> None:
    use(write, "0::/", MOUNT_2)
    write("sys/fs/cgroup", group_of_2(500 * MIB, 100 * MIB, high=300 * MIB))
    assert limits.control_groups_available(tmp_path) == 200 * MIB


def test_a_limit_of_version_1_is_seen(write: Write, tmp_path: Path) -> None:
    use(write, "9:cpu:/\n4:memory:/docker/one\n0::/", MOUNT_1_OF_CPU + MOUNT_1)
    write("sys/fs/cgroup/memory", group_of_1(NO_LIMIT_1, 900 * MIB))
    write("sys/fs/cgroup/memory/docker/one", group_of_1(500 * MIB, 200 * MIB))
    assert limits.control_groups_available(tmp_path) == 300 * MIB


@pytest.mark.parametrize("which", ["our own", "the one around it", "the outermost"])
def test_the_tightest_limit_counts_however_deep_the_group_lies(
    write: Write, tmp_path: Path, which: str
) -> None:
    use(write, "0::/a.slice/b.scope", MOUNT_2)
    for folder, name in (
        ("sys/fs/cgroup", "the outermost"),
        ("sys/fs/cgroup/a.slice", "the one around it"),
        ("sys/fs/cgroup/a.slice/b.scope", "our own"),
    ):
        write(folder, group_of_2(300 * MIB if name == which else "max", 100 * MIB))
    write("sys/fs", group_of_2(1, 1))  # above what is mounted: no group at all
    assert limits.control_groups_available(tmp_path) == 200 * MIB


def test_the_limit_of_another_group_is_none_of_ours(write: Write, tmp_path: Path) -> None:
    use(write, "0::/ours", MOUNT_2)
    write("sys/fs/cgroup/ours", group_of_2("max", 100 * MIB))
    write("sys/fs/cgroup/theirs", group_of_2(1 * MIB, 1 * MIB))
    assert limits.control_groups_available(tmp_path) == sys.maxsize


def test_with_both_versions_mounted_the_one_that_limits_memory_counts(
    write: Write, tmp_path: Path
) -> None:
    use(write, "4:memory:/job\n0::/session", MOUNT_1 + HYBRID_MOUNT_2)
    write("sys/fs/cgroup/memory/job", group_of_1(500 * MIB, 200 * MIB))
    write("sys/fs/cgroup/unified/session", {"cgroup.procs": 1})
    assert limits.control_groups_available(tmp_path) == 300 * MIB


@pytest.mark.parametrize("version", [1, 2])
def test_page_cache_that_can_be_dropped_does_not_count_as_used(
    write: Write, tmp_path: Path, version: int
) -> None:
    use(write, f"4:memory:/\n{0 if version == 2 else 7}::/", MOUNT_1 if version == 1 else MOUNT_2)
    if version == 1:
        write("sys/fs/cgroup/memory", group_of_1(500 * MIB, 450 * MIB, cached=400 * MIB))
    else:
        write("sys/fs/cgroup", group_of_2(500 * MIB, 450 * MIB, cached=400 * MIB))
    assert limits.control_groups_available(tmp_path) == 450 * MIB


def test_a_container_that_is_shown_its_own_group_alone_finds_it(
    write: Write, tmp_path: Path
) -> None:
    mount = MOUNT_2.replace("0:26 / ", "0:26 /docker/one ")
    use(write, "0::/docker/one/job", mount)
    write("sys/fs/cgroup/job", group_of_2(300 * MIB, 100 * MIB))
    assert limits.control_groups_available(tmp_path) == 200 * MIB


def test_a_group_of_another_namespace_stands_where_it_is_mounted(
    write: Write, tmp_path: Path
) -> None:
    use(write, "0::/../outer", MOUNT_2)
    write("sys/fs/cgroup", group_of_2(300 * MIB, 100 * MIB))
    assert limits.control_groups_available(tmp_path) == 200 * MIB


def test_a_folder_with_a_blank_in_its_name_is_found(write: Write, tmp_path: Path) -> None:
    use(write, "0::/", MOUNT_2.replace("/sys/fs/cgroup", r"/all\040groups"))
    write("all groups", group_of_2(300 * MIB, 100 * MIB))
    assert limits.control_groups_available(tmp_path) == 200 * MIB


def test_where_there_are_no_groups_nothing_is_limited(tmp_path: Path) -> None:
    assert limits.control_groups_available(tmp_path) == sys.maxsize


def test_what_a_group_leaves_is_what_is_available(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "control_groups_available", lambda: 7 * MIB)
    assert limits.available() == 7 * MIB
