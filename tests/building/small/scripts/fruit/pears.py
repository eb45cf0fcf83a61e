"""How many pears are there?

python scripts/fruit/pears.py
"""

import os
from argparse import Namespace
from pathlib import Path

from measured.command import Experiment, execute, parser

PEARS = 23


def main(experiment: Experiment, options: Namespace) -> None:
    with Path(os.environ["SMALL_BOOK_LOG"]).open("a") as log:
        log.write("script pears\n")
    experiment.record("number", PEARS, "count", "counting")


if __name__ == "__main__":
    execute(main, parser(__doc__))
