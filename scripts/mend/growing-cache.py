"""Which line does memory stay at, that a program keeps and never asks for again?

A server answers requests that are all different, and remembers each answer.  Two snapshots of
tracemalloc, with a thousand requests between them, name the line whose memory has grown most.

    python scripts/mend/growing-cache.py
    python scripts/mend/growing-cache.py --cache bounded
"""

import inspect
import tracemalloc
from argparse import Namespace
from collections.abc import Callable
from functools import cache, lru_cache

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

SIZE = 20_000  # bytes of an answer


@cache
def answer(request: int) -> str:
    return f"{request} ".ljust(SIZE, "x")


@lru_cache(maxsize=100)
def answer_bounded(request: int) -> str:
    return f"{request} ".ljust(SIZE, "x")


CACHES = {"unbounded": answer, "bounded": answer_bounded}


def serve(requests: range, cached: Callable[[int], str]) -> int:
    return sum(len(cached(request)) for request in requests)


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.requests
    need_memory(3 * number * SIZE, f"{number:,} answers in a cache", "give --requests less")
    cached = CACHES[options.cache]
    serve(range(200), cached)  # what a server always holds is there
    with experiment.step("serve"):
        serve(range(200, 200 + number), cached)

    tracemalloc.start()
    serve(range(-1000, 0), cached)
    before = tracemalloc.take_snapshot()
    serve(range(-2000, -1000), cached)
    grown = tracemalloc.take_snapshot().compare_to(before, "lineno")[0]
    tracemalloc.stop()
    by = "tracemalloc, two snapshots"
    experiment.record("grown", grown.size_diff / MIB, "MiB", by, label="the line that grew most")
    source, first = inspect.getsourcelines(cached.__wrapped__)
    here = grown.traceback[0]
    within = here.filename == __file__ and first <= here.lineno < first + len(source)
    experiment.keep("line", float(within), "fraction", by)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--cache", choices=list(CACHES), default="unbounded", help="how much it may remember"
    )
    add_number(arguments, "--requests", 2_000, "requests, each unlike all others")
    execute(main, arguments)
