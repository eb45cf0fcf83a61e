"""What does memory look like over time, in the four ways in which a process takes too much?

    spike   one step needs much more than it keeps: a text is split to count its words
    ramp    each request leaves something behind, in a cache that never forgets
    level   all of the data are held, from the first line to the last
    hump    most of what was made is let go, and what is left holds the rest in place

One of them runs while another process reads its resident memory every few milliseconds.

    python scripts/mend/four-curves.py --curve ramp
"""

import time
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_library, need_memory, parser
from measured.elsewhere import deaf
from measured.options import add_number
from measured.units import MIB

INTERVAL = 0.005  # seconds between two samples
PAUSE = 0.15  # seconds before and after


def spike(mib: int) -> None:
    text = "hovercraft " * (mib * MIB // 90)
    number = len(text.split())
    del text
    time.sleep(number * 0 + 2 * PAUSE)


def ramp(mib: int) -> None:
    cache: dict[int, bytes] = {}
    for request in range(100):
        cache[request] = b"x" * (mib * MIB // 100)
        time.sleep(PAUSE / 25)


def level(mib: int) -> None:
    rows = [float(number) for number in range(mib * MIB // 32)]
    time.sleep(4 * PAUSE)
    del rows


def hump(mib: int) -> None:
    rows: list[object] = [float(number) for number in range(mib * MIB // 32)]
    rows = rows[::100]
    time.sleep(4 * PAUSE)


CURVES: dict[str, Callable[[int], None]] = {
    "spike": spike,
    "ramp": ramp,
    "level": level,
    "hump": hump,
}


def job(curve: str, mib: int) -> None:
    time.sleep(PAUSE)
    CURVES[curve](mib)
    time.sleep(PAUSE)


def main(experiment: Experiment, options: Namespace) -> None:
    need_library("memory_profiler")
    need_memory(2 * options.mib * MIB, f"a process of {options.mib:,} MiB", "give --mib less")
    from memory_profiler import memory_usage

    with deaf():  # the process that reads
        samples = memory_usage(
            (job, (options.curve, options.mib)), interval=INTERVAL, timestamps=True
        )
    start, base = samples[0][1], samples[0][0]
    grown = [(at - start, max(mib - base, 0.0)) for mib, at in samples]
    experiment.series("resident", grown)
    peak = max(mib for _at, mib in grown)
    by = "resident memory, sampled from outside"
    experiment.record("peak", peak, "MiB", by)
    experiment.record("end", grown[-1][1], "MiB", by, label="at the end")


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["memory_profiler"])
    arguments.add_argument(
        "--curve", choices=list(CURVES), default="spike", help="one of the ways above"
    )
    add_number(arguments, "--mib", 96, "MiB that it takes at its highest, about")
    execute(main, arguments)
