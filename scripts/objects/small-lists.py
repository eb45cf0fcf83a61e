"""What does the spare room of many small lists cost?

Makes many lists of nine items, of which each grew by appending, and the same as exact copies and
as tuples.

    python scripts/objects/small-lists.py --kind appended
    python scripts/objects/small-lists.py --kind copied
    python scripts/objects/small-lists.py --kind tuple
"""

from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.cost_each import cost_of_each
from measured.options import add_number

LENGTH = 9  # the first item for which a list of eight places must grow


def appended(_number: int) -> list[None]:
    row: list[None] = []
    for _ in range(LENGTH):
        row.append(None)
    return row


def copied(number: int) -> list[None]:
    return appended(number)[:]


def as_tuple(number: int) -> tuple[None, ...]:
    return tuple(appended(number))


WAYS = {"appended": appended, "copied": copied, "tuple": as_tuple}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(300 * options.number, f"{options.number:,} rows", "give --number less")
    cost_of_each(experiment, WAYS[options.kind], options.number, label="each takes")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 100_000, "rows to make")
    arguments.add_argument(
        "--kind", choices=list(WAYS), default="appended", help="what each row is"
    )
    execute(main, arguments)
