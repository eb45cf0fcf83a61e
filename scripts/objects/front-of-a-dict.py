"""What does it cost to take the keys of a dict from the front?

Empties dicts from the front and from the back, and an OrderedDict from the front.  Each time, the
dict of twice the length shows how the cost grows.

    python scripts/objects/front-of-a-dict.py
"""

import time
from argparse import Namespace
from collections import OrderedDict
from typing import Any

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number


def take_first(keys: dict[int, Any]) -> None:
    while keys:
        del keys[next(iter(keys))]


def take_last(keys: dict[int, Any]) -> None:
    while keys:
        keys.popitem()


def take_first_ordered(keys: OrderedDict[int, Any]) -> None:
    while keys:
        keys.popitem(last=False)


WAYS: dict[str, tuple[str, Any, Any]] = {
    "first": ("the first key of a dict", dict, take_first),
    "last": ("the last key of a dict", dict, take_last),
    "ordered": ("the first of an OrderedDict", OrderedDict, take_first_ordered),
}


def main(experiment: Experiment, options: Namespace) -> None:
    length = options.length
    need_memory(500 * length, f"dicts of {length:,} keys", "give --length less")
    experiment.say(f"{'taken until none is left':<28}{length:>10,}{2 * length:>10,} keys")
    for name, (label, make, empty) in WAYS.items():
        seconds = []
        for keys in (range(length), range(2 * length)):
            full = make.fromkeys(keys)
            start = time.process_time()
            empty(full)
            seconds.append(time.process_time() - start)
            experiment.keep(f"{name}.{len(keys) // length}", seconds[-1], "s", "time.process_time")
        once, twice = (f"{1000 * second:>7.1f} ms" for second in seconds)
        experiment.say(f"{label:<28}{once}{twice}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 10_000, "keys in the shorter dict")
    execute(main, arguments)
