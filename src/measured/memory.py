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

Peak and retained are two numbers.  `watch` gives both, for one step of a program.  Steps may
stand within each other and overlap, in one thread or in several: each is measured as if it were
alone, and all of them see the whole process.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from measured.limits import available as available
from measured.units import KIB, MIB

_SMAPS_ROLLUP = Path("/proc/self/smaps_rollup")
_STATUS = Path("/proc/self/status")
_CLEAR_REFS = Path("/proc/self/clear_refs")
_HIGH = 800  # below the usual limit of 1,024
_SAMPLING_INTERVAL = 0.001  # seconds


@dataclass(frozen=True)
class Reading:
    """The memory of this process at one moment, in bytes.

    `unique` is None where the system does not let the process look, `anonymous` and `file_backed`
    where it does not tell them apart.
    """

    resident: int
    unique: int | None
    anonymous: int | None
    file_backed: int | None
    instrument: str


def read() -> Reading:
    """Read this process's memory with the best instrument that the system has.

    Returns
    -------
    Reading
        From `/proc/self/smaps_rollup` on Linux 4.14 and later, which walks the page tables and so
        is exact; through psutil elsewhere, and where that file does not say what it should.
    """
    try:
        return _read_smaps_rollup()
    except (OSError, LookupError):
        return read_with_psutil()


def _read_smaps_rollup() -> Reading:
    names = ("Rss", "Private_Clean", "Private_Dirty", "Anonymous")
    resident, clean, dirty, anonymous = _kernel_says(_SMAPS_ROLLUP, *names)
    return Reading(
        resident=resident,
        unique=clean + dirty,
        anonymous=anonymous,
        file_backed=resident - anonymous,
        instrument="/proc/self/smaps_rollup",
    )


def read_with_psutil() -> Reading:
    """Read this process's memory through psutil: resident and unique, on any system."""
    import psutil

    process = psutil.Process()
    try:
        full = process.memory_full_info()
    except (psutil.Error, ValueError, LookupError):  # macOS: no right to look at unique pages
        return Reading(process.memory_info().rss, None, None, None, "psutil")
    # No process is without a page of its own: zero is what psutil adds up from a file that is odd.
    return Reading(full.rss, full.uss or None, None, None, "psutil")


def private_growth(before: Reading, after: Reading) -> tuple[int, str]:
    """Return by how many bytes the memory of this process alone grew, and by which instrument.

    Anonymous memory where the system tells it apart.  Unique memory is second: it shrinks by
    several MiB while another process runs the same interpreter, because the two then share its
    libraries.  Where neither can be had, resident memory stands in, and the instrument says so.
    """
    for kind in ("anonymous", "unique"):
        start, end = getattr(before, kind), getattr(after, kind)
        if start is not None and end is not None:
            return end - start, f"{after.instrument}, {kind}"
    return after.resident - before.resident, f"{after.instrument}, resident"


_opened: dict[str, int] = {}


def opened(file: str) -> int:
    """Return a descriptor of a file of the kernel, which stays open as long as this process.

    Its number is high: the next that the program gets is the one that it would have got alone, and
    programs that close "all" files begin with the low ones.
    """
    if file not in _opened:
        import fcntl

        number = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _opened[file] = fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, _HIGH)
        except OSError:  # more than this process may have
            _opened[file] = number
        else:
            os.close(number)
    return _opened[file]


class PeakMeter(Protocol):
    """An instrument for the highest resident memory between two moments."""

    name: str

    def start(self) -> int:
        """Begin; return the resident memory now, in bytes, as this instrument sees it."""

    def stop(self) -> int:
        """End; return the highest resident memory since `start`, in bytes."""


class KernelHighWaterMark:
    """Linux: `VmHWM`, put back to the present size by writing 5 to `clear_refs` (proc(5)).

    A process has one mark.  Whoever puts it back would take it from all who are still watching, so
    the mark is read first and handed to each of them.
    """

    name = "the kernel's high-water mark"
    highest_before_reset = 0
    _watching: ClassVar[list[KernelHighWaterMark]] = []
    # A finalizer or a signal's handler may come to measure in the middle of this.
    _one_at_a_time: ClassVar[threading.RLock] = threading.RLock()

    def start(self) -> int:
        """Reset the mark; return the resident memory that it starts from, in bytes."""
        kind = KernelHighWaterMark
        with kind._one_at_a_time:
            mark = kind._hand_out()
            kind.highest_before_reset = max(mark, kind.highest_before_reset)
            _put_mark_back()
            start = _status("VmRSS")
            self._highest = start
            kind._watching.append(self)
        return start

    def stop(self) -> int:
        """Return the highest mark since the start, in bytes."""
        kind = KernelHighWaterMark
        with kind._one_at_a_time:
            kind._watching.remove(self)
            return max(self._highest, kind._hand_out())

    def lap(self) -> tuple[int, int]:
        """Return resident memory and the highest mark since the start or the last lap; begin anew.

        As `stop` and `start`, at a tenth of the cost: the kernel's file stays open, and the mark
        is put back only where it is above the present size.  So what another thread takes and
        gives back between the two calls of the kernel is rarely lost.
        """
        kind = KernelHighWaterMark
        with kind._one_at_a_time:
            said = os.pread(opened(str(_STATUS)), 4096, 0)
            mark, resident = _number(said, b"VmHWM:"), _number(said, b"VmRSS:")
            if mark > resident:
                _put_mark_back()
                kind.highest_before_reset = max(mark, kind.highest_before_reset)
            for meter in kind._watching:
                meter._highest = max(meter._highest, mark)
            highest, self._highest = self._highest, resident
        return resident, highest

    @classmethod
    def _hand_out(cls) -> int:
        """Read the mark, and let everyone who watches have it."""
        mark = _status("VmHWM")
        for meter in cls._watching:
            meter._highest = max(meter._highest, mark)
        return mark

    @classmethod
    def _begin_anew(cls) -> None:
        """In a process that was forked: nobody watches, and no thread is left to free the lock."""
        cls._watching, cls._one_at_a_time = [], threading.RLock()
        for number in _opened.values():  # these are of the parent's memory
            with suppress(OSError):
                os.close(number)
        _opened.clear()


def _put_mark_back() -> None:
    """Reset the kernel's mark, by a descriptor of its own: a kept one may be another's."""
    clear_refs = os.open(_CLEAR_REFS, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(clear_refs, b"5")
    finally:
        os.close(clear_refs)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=KernelHighWaterMark._begin_anew)


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

    def lap(self) -> tuple[int, int]:
        """Return resident memory and the highest seen since the start or the last lap, in bytes."""
        resident = int(self._process.memory_info().rss)
        highest, self._highest = max(int(self._highest), resident), resident
        return resident, highest

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
    (size,) = _kernel_says(_STATUS, field)
    return size


def _number(said: bytes, field: bytes) -> int:
    """Return a size from the text of `status`, in bytes."""
    start = said.index(field) + len(field)
    return int(said[start : said.index(b" kB", start)]) * KIB


def _kernel_says(path: Path, *fields: str) -> list[int]:
    """Return fields of a file of the kernel in which each line is `NAME: NUMBER kB`, in bytes."""
    found = dict(re.findall(r"^(\w+):\s+(\d+) kB$", path.read_text(errors="replace"), re.M))
    missing = [field for field in fields if field not in found]
    if missing:
        raise LookupError(f"{path} does not say {' and '.join(missing)}")
    return [int(found[field]) * KIB for field in fields]


@dataclass
class Step:
    """What one step of a program did to its memory; complete once the step is over.

    Every figure but `cpu` is a difference to the moment before the step, in MiB.  Those that the
    system does not give are None.  `private` is what `private_growth` makes of them.
    """

    peak: float = 0.0
    retained: float = 0.0
    unique: float | None = None
    anonymous: float | None = None
    file_backed: float | None = None
    private: float = 0.0
    cpu: float = 0.0  # seconds of this process, user and system
    peak_instrument: str = ""
    private_instrument: str = ""
    instrument: str = ""


@contextmanager
def watch() -> Iterator[Step]:
    """Measure one step: how high memory rose, and how much of that stayed.

    Yields
    ------
    Step
        Filled when the block ends, also where it ends with an exception.

    Notes
    -----
    The figures are of the whole process: what other *threads* take and give back meanwhile is in
    them.  *Child processes* have memory of their own, which is not; look at theirs.  Windows may
    lie within each other, overlap, and be open in several threads: each has its own peak, although
    the kernel has one mark for all of them, because whoever puts it back hands it to the others
    first.  Memory that was freed before, and that the process still holds, is used again unseen
    (`measured.heaps` bounds how much that may be).

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
        step.unique = _growth(before.unique, after.unique)
        step.anonymous = _growth(before.anonymous, after.anonymous)
        step.file_backed = _growth(before.file_backed, after.file_backed)
        private, step.private_instrument = private_growth(before, after)
        step.private = private / MIB
        step.instrument, step.peak_instrument = after.instrument, meter.name


def _growth(before: int | None, after: int | None) -> float | None:
    return None if before is None or after is None else (after - before) / MIB
