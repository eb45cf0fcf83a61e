"""What stays with a process after a large step, and what if a child process takes the step?

The step makes many texts, and returns one in a hundred.  Done here, those that are kept lie
scattered among those that are gone, and hold their memory.  Done in a child, they come back as a
message, side by side, and everything else ends with the child.

    python scripts/mend/step-in-a-child.py --where child
"""

import multiprocessing
from argparse import Namespace
from concurrent.futures import ProcessPoolExecutor

from measured.command import Experiment, execute, need_memory, parser
from measured.elsewhere import deaf
from measured.options import add_number


def step(number: int) -> list[str]:
    texts = [f"text number {place}, of about fifty characters" for place in range(number)]
    return texts[::100]


def in_a_child(number: int) -> list[str]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        with deaf():
            coming = pool.submit(step, number)
        return coming.result()


PLACES = {"here": step, "child": in_a_child}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(200 * options.texts, f"{options.texts:,} texts", "give --texts less")
    with experiment.step("step"):
        kept = PLACES[options.where](options.texts)
    experiment.say(f"{len(kept):,} texts are kept")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--where", choices=list(PLACES), default="here", help="who takes it")
    add_number(arguments, "--texts", 1_000_000, "texts to make")
    execute(main, arguments)
