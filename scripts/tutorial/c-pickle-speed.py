"""How much faster is the pickle that is written in C than the one that is written in Python?

Both live in the module `pickle` since Python 3.0: the names without an underscore are the ones in
C, where the interpreter has them.  Times are CPU time, and only their ratio means anything.

    python scripts/tutorial/c-pickle-speed.py
"""

import io
import pickle
import time
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.options import add_number
from measured.rows import GENEROUS_ROW_SIZE, make_rows

TIMES = 10  # the version in C is over so soon that one run would measure the clock


def seconds(function: Callable[[], object], times: int) -> float:
    """Return the CPU time of one of `times` runs, on average."""
    start = time.process_time()
    for _ in range(times):
        function()
    taken = time.process_time() - start
    if not taken:
        raise Failure("over before the clock moved; give --records more")
    return taken / times


def main(experiment: Experiment, options: Namespace) -> None:
    if pickle.Pickler.__module__ == "pickle":
        for step in ("dump", "load"):
            experiment.cannot(f"{step}.ratio", "this interpreter has no pickle written in C")
        return
    needed = 4 * GENEROUS_ROW_SIZE * options.records
    need_memory(needed, f"pickling {options.records:,} rows", "give --records less")
    rows = make_rows(options.records)
    data = pickle.dumps(rows)
    if pickle._loads(data) != rows:  # type: ignore[attr-defined]
        raise Failure("the pickle written in Python reads something else")
    compared: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "dump": (
            lambda: pickle._Pickler(io.BytesIO()).dump(rows),
            lambda: pickle.Pickler(io.BytesIO()).dump(rows),
        ),
        "load": (
            lambda: pickle._Unpickler(io.BytesIO(data)).load(),
            lambda: pickle.Unpickler(io.BytesIO(data)).load(),
        ),
    }
    for step, (in_python, in_c) in compared.items():
        ratio = seconds(in_python, 1) / seconds(in_c, TIMES)
        experiment.record(
            f"{step}.ratio", ratio, "times", "time.process_time", label=f"{step}: Python against C"
        )


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--records", 20_000, "rows to pickle")
    execute(main, arguments)
