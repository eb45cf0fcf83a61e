"""The peak of an answer's work by the kernel's counter, each time in a process of its own."""

from __future__ import annotations

import gc
import json
import os
import tempfile
from contextlib import suppress
from typing import Any

from book_kit.exercises import grader
from measured.memory import KernelHighWaterMark, peak_meter
from measured.units import MIB

LACKING = "this system has no counter of the kernel for the peak of a step"


def measure(source: str, tests: str) -> dict[str, Any]:
    """Do the work of an answer in a fork of this process.

    Returns
    -------
    dict
        `peak_mib`, or `cannot` with the reason why there is none.
    """
    if not hasattr(os, "fork") or not isinstance(peak_meter(), KernelHighWaterMark):
        return {"cannot": LACKING}
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said: dict[str, Any] = {"cannot": "the work did not end by itself"}
        with suppress(BaseException):
            said = _in_this_process(source, tests)
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        # One piece of text; what an answer has started may hold the other end open.
        text = os.read(pipe.fileno(), 10_000)
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(text or b'{"cannot": "the process ended before its work"}')
    return found


def _in_this_process(source: str, tests: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chdir(folder)
        tempfile.tempdir = folder
        try:
            checks = grader.load(grader.TESTS, tests)
            prepared = checks.prepare()
            answer = grader.load(grader.ANSWER, source)
            gc.collect()
            meter = KernelHighWaterMark()
            before = meter.start()
            checks.work(answer, **prepared)
            return {"peak_mib": (meter.stop() - before) / MIB}
        except BaseException as error:
            return {"cannot": grader.told(error)}
        finally:
            os.chdir("/")
