"""What does memory look like over time, in the four ways in which a process takes too much?

    spike   one step needs much more than it keeps: a text is split to count its words
    ramp    each request leaves something behind, in a cache that never forgets
    level   all of the data are held, from the first line to the last
    hump    most of what was made is let go, and what is left holds the rest in place

One of them runs while another process reads its resident memory every millisecond.

    python scripts/mend/four-curves.py --curve ramp
"""

import time
from argparse import Namespace
from collections.abc import Callable

from measured import over_time
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

MOVES = 0.005  # of the highest, that memory must move by for a point of the curve
PAUSE = 0.15  # seconds before and after


def spike(mib: int) -> None:
    text = "hovercraft " * (mib * MIB // 90)
    len(text.split())
    del text
    time.sleep(2 * PAUSE)


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
    need_memory(2 * options.mib * MIB, f"a process of {options.mib:,} MiB", "give --mib less")
    with over_time.sampled() as samples:
        job(options.curve, options.mib)
    start, base = samples[0]
    grown = [(at - start, max(mib - base, 0.0)) for at, mib in samples]
    peak = max(mib for _at, mib in grown)
    experiment.series("resident", over_time.bends(grown, MOVES * peak))
    experiment.record("peak", peak, "MiB", over_time.INSTRUMENT)
    experiment.record("end", grown[-1][1], "MiB", over_time.INSTRUMENT, label="at the end")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--curve", choices=list(CURVES), default="spike", help="one of the ways above"
    )
    add_number(arguments, "--mib", 96, "MiB that it takes at its highest, about")
    execute(main, arguments)
