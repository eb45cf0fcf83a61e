"""The names are deleted, and memory stays as high.  Who holds it, and what lets it go?

Byte strings are made, their name goes, the process stays as large; then one line helps.

    name        another name still refers to them
    traceback   an exception was kept, with its traceback: the frame in it has the name
    cache       a function with a cache has returned them, and remembers
    cycle       they hang on an object that refers to itself

    python scripts/tutorial/still-high.py --held-by name
"""

import functools
import gc
from argparse import Namespace
from collections.abc import Callable, Iterator

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.options import add_number

Texts = list[bytes]


def make(number: int) -> Texts:
    return [b"%60d" % place for place in range(number)]


def held_by_a_name(number: int) -> Iterator[None]:
    texts = make(number)
    also = texts
    yield
    del texts
    yield
    del also
    yield


def fail(number: int) -> None:
    texts = make(number)
    raise ValueError(f"{len(texts)} is a number that I do not like")


def held_by_a_traceback(number: int) -> Iterator[None]:
    try:
        fail(number)  # its name `texts` goes when the call ends, or should
    except ValueError as error:
        kept = error
    yield
    yield
    kept.__traceback__ = None
    yield


cached = functools.cache(make)


def held_by_a_cache(number: int) -> Iterator[None]:
    texts = cached(number)
    yield
    del texts
    yield
    cached.cache_clear()
    yield


class Job:
    """A job that holds its texts, and itself."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.itself = self


def held_by_a_cycle(number: int) -> Iterator[None]:
    gc.disable()  # it would help in its own time, and this script wants to see it
    job = Job(make(number))
    yield
    del job
    yield
    gc.collect()
    yield


# Each stops three times: they are made, their name is gone, the line that helps has run.
HOLDERS: dict[str, Callable[[int], Iterator[None]]] = {
    "name": held_by_a_name,
    "traceback": held_by_a_traceback,
    "cache": held_by_a_cache,
    "cycle": held_by_a_cycle,
}


def main(experiment: Experiment, options: Namespace) -> None:
    number = options.texts
    need_memory(200 * number, f"{number:,} byte strings", "give --texts less")
    holder = HOLDERS[options.held_by](number)
    with experiment.step("make") as made:
        next(holder)
    with experiment.step("del") as deleted:
        next(holder)
    with experiment.step("help") as helped:
        next(holder)
    if made.retained <= 0:
        raise Failure("too few byte strings to see them; give --texts more")
    for name, share, label in (
        ("still", 1 + deleted.retained / made.retained, "still with the process after del"),
        ("back", -helped.retained / made.retained, "given back by the line that helps"),
    ):
        experiment.record(name, share, "fraction", made.instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--texts", 300_000, "byte strings to make")
    arguments.add_argument(
        "--held-by", choices=list(HOLDERS), default="name", help="one of those above"
    )
    execute(main, arguments)
