"""Where a figure was measured: interpreter, allocator, system, processor."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
import time
from pathlib import Path


def describe() -> dict[str, str]:
    """Describe this interpreter and the machine that it runs on, in words fit for a table."""
    return {
        "implementation": platform.python_implementation(),
        "python": platform.python_version(),
        "bits": str(sys.maxsize.bit_length() + 1),
        "allocator": allocator(),
        "platform": platform.platform(),
        "system": platform.system(),
        "kernel": platform.release(),
        "libc": " ".join(platform.libc_ver()).strip() or "unknown",
        "machine": platform.machine(),
        "processor": processor(),
        "cores": str(os.cpu_count() or "unknown"),
        "page size": f"{page_size()} bytes",
        "transparent huge pages": transparent_huge_pages(),
    }


def allocator() -> str:
    """Name the allocator behind small objects, as PYTHONMALLOC and the build have it."""
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "mimalloc"
    chosen = os.environ.get("PYTHONMALLOC", "")
    if chosen in ("", "default", "pymalloc"):
        return "pymalloc" if sysconfig.get_config_var("WITH_PYMALLOC") != 0 else "malloc"
    return chosen


def processor() -> str:
    """Name the processor."""
    try:
        with Path("/proc/cpuinfo").open() as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine() or "unknown"


def page_size() -> int:
    """Return the size of a page of memory, in bytes."""
    import mmap

    return mmap.PAGESIZE


def transparent_huge_pages() -> str:
    """Return Linux's setting for 2 MiB pages, which blurs figures where it is `always`."""
    try:
        setting = Path("/sys/kernel/mm/transparent_hugepage/enabled").read_text()
    except OSError:
        return "unknown"
    return setting[setting.find("[") + 1 : setting.find("]")]


def day(seconds: float) -> str:
    """Write the day of a moment, given in seconds since 1970, in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
