"""Why is the same list larger or smaller, depending on how it was made?

One list of three items, made in six ways, and the size of a list as items are appended to it.

    python scripts/tutorial/list-ways.py
"""

import ast
import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser

DRAWN = 55  # items
LABELS = {
    "literal": "[4, 'toaster', 230.1]",
    "slice": "the_list[:]",
    "comprehension": "[item for item in the_list]",
    "append": "three times .append(item)",
    "literal_eval": "ast.literal_eval(\"[4, 'toaster', …]\")",
}


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


if __name__ == "__main__":
    execute(main, parser(__doc__))
