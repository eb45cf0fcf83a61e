"""Readings of this process's memory that are cheap enough to be taken at each line."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import partial
from typing import Protocol

from measured.memory import KernelHighWaterMark, SampledPeak, opened


class Gauge(Protocol):
    """Reads how much memory is resident, and how much was at most since the last reading."""

    #: How it reads, for the head of a table.
    name: str
    #: Whether it has a thread of its own, which cannot be told from those of the program.
    has_a_thread: bool

    def read(self) -> tuple[int, int | None]:
        """Return resident memory, and the most since the last call; both in bytes.

        The second is None where nothing has happened.
        """

    def fall_silent(self) -> None:
        """Read no more: every later reading is the last one."""

    def stop(self) -> None:
        """Read no more, and hold nothing of the system's."""


def gauge() -> Gauge:
    """Return the best gauge that this system lets us use."""
    try:
        return KernelGauge()
    except (OSError, LookupError, ImportError):
        return SampledGauge()


class KernelGauge:
    """Linux: the kernel's own count, and its high-water mark, which is put back each time.

    Memory becomes resident by page faults alone.  Where there was none since the last reading and
    the count is the same, nothing has happened, and the mark, which takes ten times as long to
    read, is not looked at.
    """

    name = "resident memory and its high-water mark, as the kernel counts them"
    has_a_thread = False

    def __init__(self) -> None:
        from resource import RUSAGE_SELF, getrusage

        self._usage = partial(getrusage, RUSAGE_SELF)
        self._lock = threading.RLock()
        self._statm = opened("/proc/self/statm")
        self._mark = KernelHighWaterMark()
        self._resident, self._silent = self._mark.start(), False
        self._mark.lap()  # opens what it needs, while that can be had
        self._pages, self._faults = b"", -1

    def read(self) -> tuple[int, int | None]:
        """Return resident memory, and the most since the last call where anything happened."""
        if self._silent:
            return self._resident, None
        usage = self._usage()
        faults = usage.ru_minflt + usage.ru_majflt
        pages = os.pread(self._statm, 64, 0).split(b" ", 2)[1]
        if faults == self._faults and pages == self._pages:
            return self._resident, None
        with self._lock:
            self._resident, highest = self._mark.lap()
            self._pages, self._faults = pages, faults
        return self._resident, highest

    def fall_silent(self) -> None:
        """Read no more."""
        self._silent = True

    def stop(self) -> None:
        """Read no more, and watch no more."""
        if not self._silent:
            self._silent = True
            with suppress(OSError, LookupError, MemoryError):
                self._mark.stop()


class SampledGauge:
    """Any system: resident memory through psutil, and samples every millisecond in between."""

    name = SampledPeak.name
    has_a_thread = True

    def __init__(self) -> None:
        self._meter = SampledPeak()
        self._resident = self._meter.start()
        self._silent = False

    def read(self) -> tuple[int, int | None]:
        """Return resident memory, and the most since the last call."""
        if self._silent:
            return self._resident, None
        self._resident, highest = self._meter.lap()
        return self._resident, highest

    def fall_silent(self) -> None:
        """Read no more."""
        self._silent = True

    def stop(self) -> None:
        """Read no more, and end the thread."""
        if not self._silent:
            self._silent = True
            self._meter.stop()
