"""How the memory of this process goes up and down while it works: sampled by another process.

A thread of this process could not look on.  Code in C such as `pickle.dumps` holds the lock of the
interpreter from its first byte to its last, and the thread would wait for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from measured.units import MIB

INSTRUMENT = "resident memory sampled every millisecond by another process"

_INTERVAL = 0.001  # seconds
_OBSERVER = """
import json, signal, sys, threading, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
import psutil
watched, interval = psutil.Process(int(sys.argv[1])), float(sys.argv[2])
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
seen = [(time.monotonic(), watched.memory_info().rss)]
print("ready", flush=True)
while not over.wait(interval):
    seen.append((time.monotonic(), watched.memory_info().rss))
json.dump(seen, sys.stdout)
"""

Points = list[tuple[float, float]]


@contextmanager
def sampled() -> Iterator[Points]:
    """Sample resident memory in another process; the list is filled when the block is over.

    Yields
    ------
    list of tuple
        Moments, on the clock of `time.monotonic`, and MiB.

    Raises
    ------
    ChildProcessError
        If the other process does not start, or ends before this one is done.
    """
    command = [sys.executable, "-c", _OBSERVER, str(os.getpid()), str(_INTERVAL)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as observer:
        assert observer.stdin is not None
        assert observer.stdout is not None
        if observer.stdout.readline() != "ready\n":
            raise ChildProcessError("the process that samples memory did not start")
        points: Points = []
        try:
            yield points
        finally:
            observer.stdin.close()
            seen = observer.stdout.read()
    if not seen:
        raise ChildProcessError("the process that samples memory ended early")
    points += [(moment, size / MIB) for moment, size in json.loads(seen)]


def around(
    points: Sequence[tuple[float, float]], start: float, end: float, *, before: float, after: float
) -> Points:
    """Return what was seen from a while before a step until a while after it, in its own time.

    Parameters
    ----------
    points
        Samples, from before the step until after it.
    start, end
        When the step began and ended: 0 and 1 in the time of what is returned.
    before, after
        How long before and after, in the same time.

    Returns
    -------
    list of tuple
        The samples, with one at either end: the last that was taken up to there.
    """
    shares = [((moment - start) / (end - start), size) for moment, size in points]
    first, last = -before, 1 + after
    within = [(share, size) for share, size in shares if first < share < last]
    at_first = [size for share, size in shares if share <= first] or [points[0][1]]
    at_last = [size for share, size in shares if share <= last]
    return [(first, at_first[-1]), *within, (last, at_last[-1])]


def bends(points: Sequence[tuple[float, float]], least: float) -> Points:
    """Leave out the points between which nothing moves by as much as `least`."""
    kept: Points = [points[0]]
    for before, here in pairwise(points):
        if abs(here[1] - kept[-1][1]) >= least:
            if before != kept[-1]:
                kept.append(before)
            kept.append(here)
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept
