"""Which objects does a copy share with its original?

Copies a table of two rows with `list` and with `copy.deepcopy`, shows every reference, and then
writes into the table to see which copy notices.

    python scripts/objects/shallow-or-deep.py
"""

import copy
from argparse import Namespace

from measured.command import Experiment, execute, parser


def main(experiment: Experiment, _options: Namespace) -> None:
    table = [["ham"], ["spam"]]
    shallow = list(table)
    deep = copy.deepcopy(table)
    experiment.graph("shallow copy", table=table, shallow=shallow)
    experiment.graph("deep copy", table=table, deep=deep)

    table[0][0] = "eggs"
    table.append(["bacon"])
    for name, one in (("shallow", shallow), ("deep", deep)):
        word, row = one[0][0] == "eggs", len(one) == 3
        label = f"the {name} copy sees the new word"
        experiment.record(f"{name}.word", word, "fraction", "==", label=label)
        label = f"the {name} copy sees the new row"
        experiment.record(f"{name}.row", row, "fraction", "len", label=label)


if __name__ == "__main__":
    execute(main, parser(__doc__))
