"""How much smaller does the highest pickle protocol make a file than protocol 0, the old default?

For each kind of data, the sizes are in bytes for each of its items.

    python scripts/tutorial/pickle-file-sizes.py
"""

import math
import pickle
from argparse import Namespace
from dataclasses import dataclass

from measured.command import Experiment, execute, need_memory, optional, parser
from measured.options import add_number
from measured.rows import make_rows

with optional():
    import numpy as np

INSTRUMENT = "len(pickle.dumps(…))"


@dataclass
class Point:
    """An ordinary object with two numbers."""

    x: float
    y: float


def kinds_of_data(length: int) -> dict[str, object]:
    """Return a value of each kind, with `length` items, by the name of its kind."""
    return {
        "rows": make_rows(length),
        "integers": list(range(length)),
        "floats": [math.sqrt(number) for number in range(length)],
        "instances": [Point(number / 7, number / 11) for number in range(length)],
        "array": np.random.default_rng(2013).random(length),
        "zeros": np.zeros(length),
    }


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(3_000 * options.length, f"{options.length:,} of each", "give --length less")
    for name in ("DEFAULT", "HIGHEST"):
        protocol = getattr(pickle, f"{name}_PROTOCOL")
        experiment.record(name.lower(), protocol, "count", "pickle", label=f"{name}_PROTOCOL")
    experiment.say(f"\n{'bytes for each item':<22}{'protocol 0':>12}{'highest':>12}{'ratio':>10}")
    ratios = []
    for kind, value in kinds_of_data(options.length).items():
        old, new = (len(pickle.dumps(value, protocol)) for protocol in (0, pickle.HIGHEST_PROTOCOL))
        each_old, each_new = old / options.length, new / options.length
        experiment.keep(f"{kind}.0", each_old, "bytes each", INSTRUMENT)
        experiment.keep(f"{kind}.highest", each_new, "bytes each", INSTRUMENT)
        experiment.keep(f"{kind}.ratio", old / new, "times", INSTRUMENT)
        experiment.say(f"{kind:<22}{each_old:>12.1f}{each_new:>12.1f}{old / new:>10.2f}")
        ratios.append(old / new)
    experiment.say("")
    experiment.record("largest", max(ratios), "times", INSTRUMENT, label="largest ratio")


if __name__ == "__main__":
    arguments = parser(__doc__, needs=["numpy"])
    add_number(arguments, "--length", 20_000, "items of each kind")
    execute(main, arguments)
