"""Where a figure was measured: interpreter, allocator, system, processor."""

from __future__ import annotations

import os
import platform
import re
import sys
import sysconfig
import time
from collections.abc import Mapping
from pathlib import Path

from measured import c_library


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
        "malloc": c_library.malloc_in_use(),
        "variables": _written(measuring_variables(os.environ)),
        "machine": platform.machine(),
        "processor": processor(),
        "cores": str(os.cpu_count() or "unknown"),
        "page size": f"{page_size()} bytes",
        "transparent huge pages": transparent_huge_pages(),
    }


#: Whatever begins like this changes how an interpreter, an allocator or a library takes memory …
_MEASURING = re.compile(
    r"PYTHON[A-Z]|PYTHON_(GIL|JIT|TLBC|CPU_COUNT|FROZEN_MODULES|PERF_JIT_SUPPORT"  # the interpreter
    r"|THREAD_INHERIT_CONTEXT)$"  # (PYTHON itself is make's, PYTHON_VERSION a container's)
    r"|MALLOC_|GLIBC_TUNABLES$|LD_|DYLD_"  # the C library, its loader
    r"|MIMALLOC_|TCMALLOC_|JE_MALLOC_CONF$|_RJEM_MALLOC_CONF$"  # other allocators
    r"|NUMPY_MADVISE_HUGEPAGE$|ARROW_DEFAULT_MEMORY_POOL$|POLARS_MAX_THREADS$"
    r"|(OMP|OPENBLAS|MKL|BLIS|NUMEXPR)_NUM_THREADS$"  # each thread has memory of its own
)
#: … but for those that only say where modules lie, how text is written and what is shown, and the
#: seed of hashes, which the book sets for each of its runs.
_HARMLESS = re.compile(
    r"PYTHON(PATH|SAFEPATH|HOME|EXECUTABLE|PLATLIBDIR|CASEOK|NOUSERSITE|USERBASE|PYCACHEPREFIX"
    r"|DONTWRITEBYTECODE|HASHSEED|IOENCODING|UTF8|COERCECLOCALE|UNBUFFERED|WARNINGS"
    r"|STARTUP|INSPECT|BREAKPOINT|INTMAXSTRDIGITS|LOCATION"
    r"|LEGACYWINDOWS(STDIO|FSENCODING))$"
    r"|LD_LIBRARY_PATH$|DYLD_(FALLBACK_)?(LIBRARY|FRAMEWORK)_PATH$"
)


def measuring_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that change what is measured, such as `PYTHONMALLOC`, sorted by name.

    Parameters
    ----------
    environ
        All variables, such as `os.environ`.  One that is empty counts as not set, as it does for
        Python, the loader and the allocators.
    """
    return {
        name: environ[name]
        for name in sorted(environ)
        if environ[name] and _MEASURING.match(name) and not _HARMLESS.match(name)
    }


def _written(variables: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in variables.items()) or "none"


def allocator() -> str:
    """Name the allocator behind small objects, as PYTHONMALLOC, the options and the build have it.

    `Python/preconfig.c` and `Objects/obmalloc.c` of CPython: the variable comes before `-X dev`,
    and a debug build checks every block unless told otherwise.
    """
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "mimalloc"
    chosen = "" if sys.flags.ignore_environment else os.environ.get("PYTHONMALLOC", "")
    if chosen not in ("", "default"):
        return chosen
    plain = "pymalloc" if sysconfig.get_config_var("WITH_PYMALLOC") != 0 else "malloc"
    debugs = hasattr(sys, "gettotalrefcount") or (sys.flags.dev_mode and chosen != "default")
    return f"{plain}_debug" if debugs else plain


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
