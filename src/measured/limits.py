"""How much memory this process may still take before something says no."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_ROOT = Path("/")


def available() -> int:
    """Return how many bytes this process may still take before something says no.

    The smallest of what the system has available, what the control groups still allow, and what
    the limit on the address space leaves.
    """
    return min(_system_available(), control_groups_available(), _address_space_available())


def _system_available() -> int:
    import psutil

    return int(psutil.virtual_memory().available)


def control_groups_available(root: Path = _ROOT) -> int:
    """Return what is left of the tightest limit on this process's groups; `sys.maxsize` if none.

    A group may have no more than the groups that it lies in, so all of them are asked, up to the
    one that is mounted.  Page cache that the kernel can drop is not counted as used, as it is not
    in the system's own `MemAvailable` (cgroups(7); Documentation/admin-guide/cgroup-v2.rst and
    cgroup-v1/memory.rst of Linux).

    Parameters
    ----------
    root
        Where `proc` and the folders that it names are found.
    """
    left = [sys.maxsize]
    for top, group, files in _hierarchies(root):
        for folder in (group, *group.parents):
            left.append(_left(folder, *files))
            if folder == top:
                break
    return min(left)


#: The files that hold a group's limits, its use, and the fields of memory.stat that can be dropped.
_Files = tuple[tuple[str, ...], str, tuple[str, ...]]
_VERSION_2: _Files = (
    ("memory.max", "memory.high"),  # from `high` on, the kernel slows the process down
    "memory.current",
    ("inactive_file", "active_file"),
)
_VERSION_1: _Files = (
    ("memory.limit_in_bytes",),
    "memory.usage_in_bytes",
    ("total_inactive_file", "total_active_file"),
)


def _hierarchies(root: Path) -> Iterator[tuple[Path, Path, _Files]]:
    """Give each mounted hierarchy that may limit memory: its top, our group in it, its files."""
    ours = _own_groups(_text(root / "proc/self/cgroup"))
    for line in _text(root / "proc/self/mountinfo").splitlines():
        mount, _dash, system = line.partition(" - ")
        kind = system.split(" ")[0]
        options = system.split(" ")[-1].split(",")
        if kind not in ours or (kind == "cgroup" and "memory" not in options):
            continue
        _id, _parent, _device, part, place, *_rest = mount.split(" ")
        top = root / _unescaped(place).lstrip("/")
        group = PurePosixPath(ours[kind])
        inside = group.relative_to(part) if group.is_relative_to(part) else PurePosixPath()
        if ".." in inside.parts:  # of another namespace: what is mounted is all that we can see
            inside = PurePosixPath()
        yield top, top / inside, _VERSION_2 if kind == "cgroup2" else _VERSION_1


def _own_groups(listed: str) -> dict[str, str]:
    """Return the path of our group of memory by kind of hierarchy, as /proc/self/cgroup has it."""
    found = {}
    for line in listed.splitlines():
        _number, controllers, path = line.split(":", 2)
        if not controllers:
            found["cgroup2"] = path
        elif "memory" in controllers.split(","):
            found["cgroup"] = path
    return found


def _left(folder: Path, limits: tuple[str, ...], use: str, droppable: tuple[str, ...]) -> int:
    """Return what one group still allows; `sys.maxsize` where it has no limit or does not say."""
    found = [int(limit) for name in limits if (limit := _text(folder / name).strip()).isdigit()]
    used = _text(folder / use).strip()
    if not found or not used.isdigit():
        return sys.maxsize
    counts = dict(re.findall(r"^(\w+) (\d+)$", _text(folder / "memory.stat"), re.M))
    dropped = sum(int(counts.get(name, 0)) for name in droppable)
    return max(min(found) - max(int(used) - dropped, 0), 0)


def _unescaped(place: str) -> str:
    """Read a path of mountinfo, in which a blank is written as its octal number (proc(5))."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place)


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def _address_space_available() -> int:
    if os.name != "posix":
        return sys.maxsize
    import resource

    limit, _hard = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return sys.maxsize
    size = re.search(r"^VmSize:\s+(\d+) kB$", _text(_ROOT / "proc/self/status"), re.M)
    return limit if size is None else max(limit - int(size[1]) * 1024, 0)
