"""How many apples are there?

python scripts/fruit/apples.py
"""

import os
from argparse import Namespace
from pathlib import Path

import plumlib
from orchard import APPLES

from measured.command import Experiment, execute, parser


def main(experiment: Experiment, options: Namespace) -> None:
    with Path(os.environ["SMALL_BOOK_LOG"]).open("a") as log:
        log.write("script apples\n")
    assert plumlib
    experiment.record("number", int(APPLES.read_text()), "count", "counting")


if __name__ == "__main__":
    execute(main, parser(__doc__))
