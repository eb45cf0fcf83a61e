"""Is a loop cheaper than a list?  Sum a million squares, through a list or one by one.

python scripts/tutorial/sum-list-or-generator.py --how list
python scripts/tutorial/sum-list-or-generator.py --how generator
"""

from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number


def through_a_list(numbers: int) -> int:
    return sum([number * number for number in range(numbers)])


def one_by_one(numbers: int) -> int:
    return sum(number * number for number in range(numbers))


WAYS = {"list": through_a_list, "generator": one_by_one}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(60 * options.numbers, f"{options.numbers:,} integers", "give --numbers less")
    with experiment.step("sum"):
        total = WAYS[options.how](options.numbers)
    experiment.say(f"the sum is {total:,}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--numbers", 1_000_000, "squares to sum")
    arguments.add_argument("--how", choices=list(WAYS), default="list", help="one of the two ways")
    execute(main, arguments)
