"""How much of its parent's data does a forked worker come to own, if all it does is read?

A parent makes numbers, and forks workers that add them up.  Nothing is written, one would say.  But
to read an object from a list is to count one more reference to it, in the object itself: the kernel
copies each page that is written to.  The numbers of an array are no objects.

    python scripts/mend/workers-that-read.py --data list
    python scripts/mend/workers-that-read.py --data array
"""

import multiprocessing
from argparse import Namespace
from array import array
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection

from measured import memory
from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.elsewhere import deaf
from measured.options import add_number
from measured.units import MIB

WORKERS = 4
KINDS: dict[str, Callable[[Iterable[float]], Iterable[float]]] = {
    "list": list,
    "array": lambda numbers: array("d", numbers),
}


def work(there: Connection, numbers: Iterable[float]) -> None:
    before = memory.read()
    sum(numbers)
    after = memory.read()
    if before.unique is None or after.unique is None:
        there.send(None)
    else:
        there.send(((after.unique - before.unique) / MIB, f"{after.instrument}, unique"))


def main(experiment: Experiment, options: Namespace) -> None:
    if "fork" not in multiprocessing.get_all_start_methods():
        experiment.cannot("owned", "this system has no fork")
        return
    number = options.numbers
    need_memory((WORKERS + 2) * 32 * number, f"{number:,} numbers", "give --numbers less")
    with experiment.step("make") as made:
        numbers = KINDS[options.data](map(float, range(number)))
    fork = multiprocessing.get_context("fork")
    owned = []
    for _worker in range(WORKERS):
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=work, args=(there, numbers), daemon=True)
        with deaf():
            process.start()
        there.close()
        try:
            said = here.recv()
        except EOFError:
            raise Failure("a worker ended early") from None
        finally:
            process.join()
        if said is None:
            experiment.cannot("owned", "this system does not say which memory is a process's alone")
            return
        owned.append(said[0])
    instrument = said[1]
    experiment.record("owned", sum(owned) / WORKERS, "MiB", instrument, label="each worker owns")
    share = sum(owned) / WORKERS / made.retained
    experiment.record("share", share, "fraction", instrument, label="of the parent's")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--data", choices=list(KINDS), default="list", help="what holds them")
    add_number(arguments, "--numbers", 2_000_000, "numbers")
    execute(main, arguments)
