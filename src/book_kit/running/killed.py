"""Why a process was killed that could not say so itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measured.units import GIB, MIB

#: What a build of the whole book takes at its highest point: Sphinx, a kernel and an experiment.
NEEDED = "1 GiB"
_NO_LIMIT = 2**60  # cgroup v1 writes a number near 2**63 where there is no limit


@dataclass(frozen=True)
class _Controller:
    """Where one version of control groups keeps what it knows of memory."""

    type: str  # of the file system
    limit: str
    events: str  # has a line `oom_kill NUMBER`


_V1 = _Controller("cgroup", "memory.limit_in_bytes", "memory.oom_control")
_V2 = _Controller("cgroup2", "memory.max", "memory.events")


def kills(system: Path = Path("/")) -> int | None:
    """Count what the kernel has killed for memory so far.

    Parameters
    ----------
    system
        The root folder that has `proc` and `sys`.

    Returns
    -------
    int or None
        The count of this process's control group, or else that of the machine; None where the
        kernel keeps none.
    """
    places = [group / version.events for group, version in _groups(system)][:1]
    for path in [*places, system / "proc" / "vmstat"]:
        for line in _read(path).splitlines():
            name, _, count = line.partition(" ")
            if name == "oom_kill":
                return int(count)
    return None


def reason_of_signal(returncode: int, before: int | None = None, system: Path = Path("/")) -> str:
    """Say why a signal ended a process, as a reader needs it: for memory, at which limit.

    Parameters
    ----------
    returncode
        What `subprocess` gave: the signal's number, negative.
    before
        What `kills` gave before the process started.
    system
        The root folder that has `proc` and `sys`.
    """
    number = -returncode
    if number != getattr(signal, "SIGKILL", 9):
        return f"ended by signal {number} ({_name(number)})"
    after = kills(system)
    counted = after is not None and after > (before or 0)
    who = "killed by the kernel for memory" if counted else "killed (signal 9), probably for memory"
    return f"{who}: {_limit(system)}; a build of the book needs about {NEEDED}"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "a name that this system does not know"


def _limit(system: Path) -> str:
    """Return the narrowest limit that holds for this process, with the name of its file."""
    limits = []
    for group, version in _groups(system):
        text = _read(group / version.limit).strip()
        if text.isdecimal() and int(text) < _NO_LIMIT:
            limits.append((int(text), version.limit))
    if limits:
        size, name = min(limits)
        return f"the limit is {_size(size)} ({name} of its control group)"
    import psutil  # a build that goes well needs it not

    return f"the machine has {_size(psutil.virtual_memory().total)}"


def _size(size: int) -> str:
    return f"{size / GIB:.1f} GiB" if size >= GIB else f"{size / MIB:.0f} MiB"


def _groups(system: Path) -> Iterator[tuple[Path, _Controller]]:
    """Yield this process's control group for memory and those above it, nearest first."""
    for line in _read(system / "proc" / "self" / "cgroup").splitlines():
        _number, controllers, path = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        version = _V1 if controllers else _V2
        for top, mounted in _mounts(system, version):
            group = top / path.removeprefix(mounted).lstrip("/")
            nearest = group if group.is_dir() else top  # a container may see its own group alone
            for folder in (nearest, *nearest.parents):
                yield folder, version
                if folder == top:
                    break


def _mounts(system: Path, version: _Controller) -> Iterator[tuple[Path, str]]:
    """Yield where the groups are mounted, and which group is the uppermost there."""
    for line in _read(system / "proc" / "self" / "mountinfo").splitlines():
        before, _, after = line.partition(" - ")
        kind, _source, options = after.split(" ", 2)
        if kind == version.type and (version is _V2 or "memory" in options.split(",")):
            mounted, point = before.split()[3:5]
            yield system / point.lstrip("/"), mounted


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
