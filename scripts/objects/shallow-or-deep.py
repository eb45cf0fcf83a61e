"""Which objects does a copy share with its original?

Copies a table of two rows with `list` and with `copy.deepcopy`, shows every reference, and then
writes into the table to see which copy notices.

    python scripts/objects/shallow-or-deep.py
"""

import copy
from argparse import Namespace

from measured.command import Experiment, execute, parser

YES_OR_NO = {True: "yes", False: "no"}


def main(experiment: Experiment, _options: Namespace) -> None:
    a = [["ham"], ["spam"]]
    shallow = list(a)
    deep = copy.deepcopy(a)
    experiment.graph("shallow copy", a=a, shallow=shallow)
    experiment.graph("deep copy", a=a, deep=deep)

    a[0][0] = "eggs"
    a.append(["bacon"])
    for name, one in (("shallow", shallow), ("deep", deep)):
        word, row = one[0][0] == "eggs", len(one) == 3
        experiment.keep(f"{name}.word", word, "fraction", "==")
        experiment.keep(f"{name}.row", row, "fraction", "len")
        for what, seen in (("word", word), ("row", row)):
            experiment.say(f"{f'the {name} copy sees the new {what}':<42} {YES_OR_NO[seen]:>14}")


if __name__ == "__main__":
    execute(main, parser(__doc__))
