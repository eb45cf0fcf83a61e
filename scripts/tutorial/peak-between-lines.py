"""Who sees a peak that comes and goes within one line?

`count_words` makes a text, splits it into a list of words, and keeps only their number.  When the
line ends, the list is gone.  Watch the function with one instrument at a time, or have
memory_profiler print its table of lines.

    python scripts/tutorial/peak-between-lines.py --instrument sampling
    python -m memory_profiler scripts/tutorial/peak-between-lines.py
"""

import time
from argparse import Namespace

import psutil

from measured.command import Experiment, execute, need_library, need_memory, parser
from measured.files import data_folder
from measured.options import add_number
from measured.profiling import profile
from measured.tracing import Traced
from measured.units import MIB

INTERVAL = 0.001  # seconds between two samples
AFTERWARDS = 0.03  # seconds that are watched when the function has returned


@profile
def count_words(words: int) -> int:
    text = "hovercraft " * words
    number = len(text.split())
    return number


def ask_kernel(experiment: Experiment, words: int) -> None:
    with experiment.step("count"):
        count_words(words)


def ask_sampling(experiment: Experiment, words: int) -> None:
    need_library("memory_profiler")
    from memory_profiler import memory_usage

    began: list[tuple[float, float]] = []

    def watched() -> None:
        began.append((time.time(), psutil.Process().memory_info().rss / MIB))
        count_words(words)
        time.sleep(AFTERWARDS)

    samples = memory_usage((watched, ()), interval=INTERVAL, timestamps=True)
    ((start, base),) = began
    sampled = [((at - start) * 1000, mib - base) for mib, at in samples if at >= start]
    highest = max(sampled, key=lambda point: point[1], default=(0.0, 0.0))
    experiment.series("sampled", sampled)
    experiment.series("highest", [highest])
    experiment.record("sampling.peak", highest[1], "MiB", "resident memory, sampled from outside")
    experiment.record("sampling.count", len(sampled), "count", "memory_profiler.memory_usage")


def ask_tracemalloc(experiment: Experiment, words: int) -> None:
    with Traced() as traced:
        count_words(words)
    experiment.record("tracemalloc.peak", traced.peak / MIB, "MiB", "tracemalloc")


def ask_memray(experiment: Experiment, words: int) -> None:
    try:
        import memray
    except ImportError:
        experiment.cannot("memray.peak", "memray has no build for this system")
        return
    with data_folder(None) as folder:
        with memray.Tracker(folder / "memray.bin"):
            count_words(words)
        report = memray.FileReader(folder / "memray.bin")
        peak = sum(record.size for record in report.get_high_watermark_allocation_records())
    experiment.record("memray.peak", peak / MIB, "MiB", "memray")


INSTRUMENTS = {
    "kernel": ask_kernel,
    "sampling": ask_sampling,
    "tracemalloc": ask_tracemalloc,
    "memray": ask_memray,
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(100 * options.words, f"splitting {options.words:,} words", "give --words less")
    INSTRUMENTS[options.instrument](experiment, options.words)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--words", 1_000_000, "words in the text")
    arguments.add_argument(
        "--instrument", choices=list(INSTRUMENTS), default="kernel", help="what watches"
    )
    execute(main, arguments)
