"""Many records and a hundred different values: how many strings is that?

Each record holds the name of its city, put together at run time as a parser does it.  `--how`
says whether equal names stay apart or become one object through `sys.intern`.

    python scripts/objects/equal-strings.py --how apart
    python scripts/objects/equal-strings.py --how interned
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.cost_each import cost_of_each
from measured.options import add_number

CITIES = 100


def apart(number: int) -> str:
    return f"city number {number % CITIES:02}"


def interned(number: int) -> str:
    return sys.intern(f"city number {number % CITIES:02}")


WAYS = {"apart": apart, "interned": interned}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(200 * options.number, f"{options.number:,} strings", "give --number less")
    make = WAYS[options.how]
    cost_of_each(experiment, make, options.number, label="a name")
    # Only now: names that die would leave their memory to those that are measured.
    names = [make(number) for number in range(options.number)]
    objects = len({id(name) for name in names})
    label = f"objects for {len(names):,} names"
    experiment.record("objects", objects, "count", "id", label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--how", choices=list(WAYS), default="apart", help="what happens to equal names"
    )
    add_number(arguments, "--number", 300_000, "records that hold a name")
    execute(main, arguments)
