"""Which equal values are one object, although nobody asked for it?

Makes each value a hundred times, keeps all of them, and counts the objects.  Then looks for the
ends of the caches of integers and of one-character texts.

    python scripts/objects/shared-unasked.py
"""

import re
import sys
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, parser

TIMES, FAR = 100, 100_000  # FAR is beyond any cache of integers so far


def compiled(source: str) -> object:
    """Run a line that has its own code object, and return its `x`."""
    names: dict[str, object] = {}
    exec(compile(source, "<line>", "exec"), names)
    return names["x"]


def twice_in_one_piece() -> list[object]:
    names: dict[str, object] = {}
    exec(compile(f"x = {FAR}\ny = {FAR}", "<two lines>", "exec"), names)
    return [names["x"], names["y"]]


VALUES: dict[str, Callable[[int], object]] = {
    "None from a search": lambda n: re.search("x", "b" * n),
    "True from a comparison": lambda n: n >= 0,
    "7, computed": lambda n: n + 7 - n,
    "100000, computed": lambda n: n + FAR - n,
    "1.5, computed": lambda n: n + 1.5 - n,
    "'a', cut out of a text": lambda n: ("b" * n + "a")[-1],
    "the empty text": lambda n: ("b" * n)[n:],
    "the empty tuple": lambda n: tuple([n][1:]),
    "'name', written in the source": lambda _: compiled("x = 'name'"),
    "'two words', written in the source": lambda _: compiled("x = 'two words'"),
    "100000, written in the source": lambda _: compiled(f"x = {FAR}"),
    "'name', computed": lambda _: "".join(["na", "me"]),
    "'name', computed, sys.intern": lambda _: sys.intern("".join(["na", "me"])),
    "a new empty list": lambda _: [],
}


def objects(values: list[object]) -> int:
    return len({id(x) for x in values})


def end_of_cache(step: int) -> int:
    """Return the last integer, counting from zero, that is one object however often it is made."""
    n = 0
    while abs(n) < FAR and int(str(n + step)) is int(str(n + step)):
        n += step
    return n


def main(experiment: Experiment, _options: Namespace) -> None:
    experiment.say(f"objects after each value was made {TIMES} times:")
    for name, make in VALUES.items():
        made = objects([make(n) for n in range(TIMES)])
        experiment.record(name, made, "count", "id")
    pair = objects(twice_in_one_piece())
    label = f"{FAR} twice in one piece of source"
    experiment.record("in one piece", pair, "count", "id", label=label)

    experiment.record("smallest", end_of_cache(-1), "count", "is", label="smallest cached integer")
    experiment.record("largest", end_of_cache(1), "count", "is", label="largest cached integer")
    letters = sum(chr(n) is chr(n) for n in range(0x3000))
    experiment.record("letters", letters, "count", "is", label="cached one-character texts")


if __name__ == "__main__":
    execute(main, parser(__doc__))
