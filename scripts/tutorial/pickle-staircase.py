"""How large is pickle's memo, for how many rows?

The memo is a hash table with 16 bytes an entry on a 64-bit system.  It grows when two thirds of
it are taken: four times as large up to 50,000 notes, and twice as large beyond.  While it moves,
the old table and the new one are both there: that moment is the peak of `pickle.dump`.  This
script works the peak out and lets `tracemalloc` measure it; and it asks the pickler, when it is
done, how large its memo has become.  Below protocol 4 the whole pickle comes on top of the memo.

    python scripts/tutorial/pickle-staircase.py
    python scripts/tutorial/pickle-staircase.py --protocol 2
"""

import os
import pickle
import struct
import sys
from argparse import Namespace
from itertools import pairwise
from pathlib import Path

from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.options import add_number
from measured.rows import GENEROUS_ROW_SIZE, Row, make_rows
from measured.tracing import Traced
from measured.units import MIB

ENTRY = 2 * struct.calcsize("P")  # bytes: a pointer to the object, and its number
FRAMED = 4  # the first protocol whose pickles go to the file a frame at a time
SMALLEST, LARGE = 8, 50_000  # entries; see PyMemoTable_Set in _pickle.c


def worked_out(rows: int) -> float:
    """Work out the peak in MiB: noted are the list, and two objects a row."""
    noted = 1 + 2 * rows
    size = highest = SMALLEST
    while (full := -(-2 * size // 3)) <= noted:
        wanted = full * (2 if full > LARGE else 4)
        larger = 1 << (wanted - 1).bit_length()
        size, highest = larger, size + larger
    return highest * ENTRY / MIB


def measured(rows: list[Row], protocol: int) -> tuple[float, float]:
    """Measure the peak of pickling, and the memo that is left when it is done, in MiB."""
    with Path(os.devnull).open("wb") as nowhere, Traced() as traced:
        pickler = pickle.Pickler(nowhere, protocol)
        pickler.dump(rows)
    return traced.peak / MIB, sys.getsizeof(pickler) / MIB


def main(experiment: Experiment, options: Namespace) -> None:
    if options.steps < 2:
        raise Failure("one size shows no step; give --steps 2 or more")
    last = options.steps * options.every
    need_memory(GENEROUS_ROW_SIZE * last, f"{last:,} rows", "give --steps or --every less")
    rows = make_rows(last)
    sizes = range(options.every, last + 1, options.every)
    both = [(size, *measured(rows[:size], options.protocol)) for size in sizes]
    experiment.series("peak", [(size / 1000, peak) for size, peak, _memo in both])
    experiment.series("memo", [(size / 1000, memo) for size, _peak, memo in both])
    found = [(size, peak) for size, peak, _memo in both]

    for size, peak in found:
        experiment.say(f"{size:>9,} rows   {peak:6.1f} MiB   worked out {worked_out(size):6.1f}")
    if options.protocol < FRAMED:
        experiment.cannot("apart", f"protocol {options.protocol} holds more than the memo")
    else:
        apart = max(abs(peak / worked_out(size) - 1) for size, peak in found)
        experiment.record("apart", apart, "fraction", "tracemalloc", label="furthest apart")
    *_, last_step = [None, *((a, b) for a, b in pairwise(found) if b[1] > 1.5 * a[1])]
    for name, place in (("before", 0), ("after", 1)):
        if last_step is None:
            experiment.cannot(name, "no step between these sizes")
            continue
        size, peak = last_step[place]
        experiment.record(f"{name}.rows", size, "count", "len", label=f"rows {name} the last step")
        experiment.record(name, peak, "MiB", "tracemalloc", label="their peak")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--steps", 20, "how many sizes")
    add_number(arguments, "--every", 20_000, "rows a step")
    arguments.add_argument(
        "--protocol",
        type=int,
        default=pickle.DEFAULT_PROTOCOL,
        choices=range(pickle.HIGHEST_PROTOCOL + 1),
        help="pickle protocol (default: %(default)s)",
    )
    execute(main, arguments)
