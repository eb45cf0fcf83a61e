"""Why is the same list larger or smaller, depending on how it was made?

One list of three items, made in five ways, and the size of a list as items are appended to it.
For a list that came out of a parser, also how many items it has places for.

    python scripts/tutorial/list-ways.py
"""

import ast
import struct
import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser

DRAWN = 55  # items
REFERENCE = struct.calcsize("P")  # bytes
LABELS = {
    "literal": "[4, 'toaster', 230.1]",
    "slice": "the_list[:]",
    "comprehension": "[item for item in the_list]",
    "append": "three times .append(item)",
    "literal_eval": "ast.literal_eval(\"[4, 'toaster', …]\")",
}


def places(made: list[int]) -> int:
    return (sys.getsizeof(made) - sys.getsizeof([])) // REFERENCE


def main(experiment: Experiment, _options: Namespace) -> None:
    literal = [4, "toaster", 230.1]
    appended: list[object] = []
    for item in literal:
        appended.append(item)
    ways = {
        "literal": literal,
        "slice": literal[:],
        "comprehension": [item for item in literal],  # noqa: C416
        "append": appended,
        "literal_eval": ast.literal_eval("[4, 'toaster', 230.1]"),
    }
    for name, made in ways.items():
        experiment.record(name, sys.getsizeof(made), "bytes", "sys.getsizeof", label=LABELS[name])

    growing: list[None] = []
    points = [(0, sys.getsizeof(growing))]
    for length in range(1, DRAWN + 1):
        growing.append(None)
        points.append((length, sys.getsizeof(growing)))
    experiment.series("appended", points)
    experiment.series("exact", [(length, sys.getsizeof([None] * length)) for length, _ in points])

    parsed = [ast.literal_eval(str([0] * length)) for length, _ in points]
    for length in (1, 2, 8, 9):
        label = f"places in a parsed list of {length}"
        experiment.record(
            f"places.{length}", places(parsed[length]), "count", "sys.getsizeof", label=label
        )
    off = sum(sys.getsizeof(parsed[length]) != size for length, size in points[5:])
    label = f"of 5 to {DRAWN} items, not as by append"
    experiment.record("off", off, "count", "sys.getsizeof", label=label)


if __name__ == "__main__":
    execute(main, parser(__doc__))
