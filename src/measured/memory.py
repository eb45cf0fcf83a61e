"""The memory of this process, read from outside Python's own bookkeeping.

Four quantities, all in bytes (proc(5), `smaps_rollup`; psutil's documentation elsewhere):

resident (RSS)
    pages in physical memory, whoever else maps them too.
unique (USS)
    resident pages that no other process maps: what the system gets back if this one ends.
anonymous
    resident pages without a file behind them: heaps, stacks, private maps.
file-backed
    the other resident pages: libraries, and files mapped with `mmap` or `numpy.memmap`.

Peak and retained are two numbers.  `watch` gives both, for one step of a program.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from measured.units import KIB, MIB

_SMAPS_ROLLUP = Path("/proc/self/smaps_rollup")
_STATUS = Path("/proc/self/status")
_CLEAR_REFS = Path("/proc/self/clear_refs")
_SAMPLING_INTERVAL = 0.001  # seconds


@dataclass(frozen=True)
class Reading:
    """The memory of this process at one moment, in bytes.

    `anonymous` and `file_backed` are None where the system does not tell them apart.
    """

    resident: int
    unique: int
    anonymous: int | None
    file_backed: int | None
    instrument: str


def read() -> Reading:
    """Read this process's memory with the best instrument that the system has.

    Returns
    -------
    Reading
        From `/proc/self/smaps_rollup` on Linux 4.14 and later, which walks the page tables and so
        is exact; through psutil elsewhere.
    """
    try:
        return _read_smaps_rollup()
    except OSError:
        return read_with_psutil()


def _read_smaps_rollup() -> Reading:
    sizes: dict[str, int] = {}
    with _SMAPS_ROLLUP.open() as lines:
        next(lines)  # the range of addresses
        for line in lines:
            name, kib, _unit = line.split()
            sizes[name] = int(kib) * KIB
    return Reading(
        resident=sizes["Rss:"],
        unique=sizes["Private_Clean:"] + sizes["Private_Dirty:"],
        anonymous=sizes["Anonymous:"],
        file_backed=sizes["Rss:"] - sizes["Anonymous:"],
        instrument="/proc/self/smaps_rollup",
    )


def read_with_psutil() -> Reading:
    """Read this process's memory through psutil: resident and unique, on any system."""
    import psutil

    try:
        full = psutil.Process().memory_full_info()
        resident, unique = full.rss, full.uss
    except psutil.AccessDenied:  # macOS, without the right to look at unique pages
        resident = unique = psutil.Process().memory_info().rss
    return Reading(resident, unique, None, None, "psutil")


class PeakMeter(Protocol):
    """An instrument for the highest resident memory between two moments."""

    name: str

    def start(self) -> int:
        """Begin; return the resident memory now, in bytes, as this instrument sees it."""

    def stop(self) -> int:
        """End; return the highest resident memory since `start`, in bytes."""


class KernelHighWaterMark:
    """Linux: `VmHWM`, put back to the present size by writing 5 to `clear_refs` (proc(5))."""

    name = "the kernel's high-water mark"
    highest_before_reset = 0

    def start(self) -> int:
        """Reset the mark; return the resident memory that it starts from, in bytes."""
        KernelHighWaterMark.highest_before_reset = lifetime_peak()
        _CLEAR_REFS.write_text("5")
        return _status("VmRSS")

    def stop(self) -> int:
        """Return the mark, in bytes."""
        return _status("VmHWM")


class SampledPeak:
    """Any system: a thread that reads resident memory through psutil every millisecond.

    It misses what comes and goes between two samples, so where the system's own lifetime peak has
    risen during the step, that figure is taken instead: then it *is* the peak of the step.
    """

    name = "resident memory sampled every millisecond, and the system's own lifetime peak"

    def start(self) -> int:
        """Start the thread; return the resident memory now, in bytes."""
        import psutil

        self._process = psutil.Process()
        self._lifetime = _lifetime_peak_of_system()
        self._highest = self._process.memory_info().rss
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        start = self._highest
        self._thread.start()
        return int(start)

    def _sample(self) -> None:
        while not self._done.wait(_SAMPLING_INTERVAL):
            self._highest = max(self._highest, self._process.memory_info().rss)

    def stop(self) -> int:
        """Stop the thread; return the highest resident memory seen, in bytes."""
        self._done.set()
        self._thread.join()
        lifetime = _lifetime_peak_of_system()
        risen = lifetime if lifetime > self._lifetime else 0
        return max(int(self._highest), int(self._process.memory_info().rss), risen)


def peak_meter() -> PeakMeter:
    """Return the best instrument for a peak that this system lets us use."""
    meter = KernelHighWaterMark()
    try:
        meter.start()  # resetting the mark in any other way would lose the lifetime peak
        meter.stop()
    except (OSError, LookupError):
        return SampledPeak()
    return meter


def lifetime_peak() -> int:
    """Return the highest resident memory of this process so far, in bytes."""
    try:
        return max(_status("VmHWM"), KernelHighWaterMark.highest_before_reset)
    except (OSError, LookupError):
        return _lifetime_peak_of_system()


def _lifetime_peak_of_system() -> int:
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * KIB


def _status(field: str) -> int:
    with _STATUS.open() as lines:
        for line in lines:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * KIB
    raise LookupError(f"{_STATUS} has no {field}")


@dataclass
class Step:
    """What one step of a program did to its memory; complete once the step is over.

    Every figure but `cpu` is a difference to the moment before the step, in MiB.
    """

    peak: float = 0.0
    retained: float = 0.0
    unique: float = 0.0
    anonymous: float | None = None
    file_backed: float | None = None
    cpu: float = 0.0  # seconds of this process, user and system
    peak_instrument: str = ""
    instrument: str = ""


@contextmanager
def watch() -> Iterator[Step]:
    """Measure one step: how high memory rose, and how much of that stayed.

    Yields
    ------
    Step
        Filled when the block ends, also where it ends with an exception.

    Examples
    --------
    >>> with watch() as step:
    ...     squares = [n * n for n in range(1_000_000)]
    >>> step.peak >= step.retained > 30
    True
    """
    step = Step()
    meter = peak_meter()
    before = read()
    start = meter.start()
    cpu = time.process_time()
    try:
        yield step
    finally:
        step.cpu = time.process_time() - cpu
        highest = meter.stop()
        after = read()
        step.retained = (after.resident - before.resident) / MIB
        step.peak = max((highest - start) / MIB, step.retained, 0.0)
        step.unique = (after.unique - before.unique) / MIB
        if after.anonymous is not None and before.anonymous is not None:
            step.anonymous = (after.anonymous - before.anonymous) / MIB
        if after.file_backed is not None and before.file_backed is not None:
            step.file_backed = (after.file_backed - before.file_backed) / MIB
        step.instrument, step.peak_instrument = after.instrument, meter.name


def available() -> int:
    """Return how many bytes this process may still take before something says no.

    The smallest of what the system has available, what the control group still allows, and what
    the limit on the address space leaves.
    """
    return min(_system_available(), _control_group_available(), _address_space_available())


def _system_available() -> int:
    import psutil

    return int(psutil.virtual_memory().available)


def _control_group_available() -> int:
    group = Path("/sys/fs/cgroup")
    try:
        limit = (group / "memory.max").read_text().strip()
        used = int((group / "memory.current").read_text())
    except (OSError, ValueError):
        return sys.maxsize
    return sys.maxsize if limit == "max" else max(int(limit) - used, 0)


def _address_space_available() -> int:
    if os.name != "posix":
        return sys.maxsize
    import resource

    limit, _hard = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return sys.maxsize
    try:
        return max(limit - _status("VmSize"), 0)
    except (OSError, LookupError):
        return limit
