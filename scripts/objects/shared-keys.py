"""Do many small dicts with the same keys share anything?

Makes dicts, and instances that hold the same four values under the same names.

    python scripts/objects/shared-keys.py --kind dict
    python scripts/objects/shared-keys.py --kind instance
    python scripts/objects/shared-keys.py --kind own-name
"""

from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.cost_each import cost_of_each
from measured.options import add_number

NAMES = 100  # different names, where instances do not agree on one


class Part:
    """A row as an instance."""

    def __init__(self) -> None:
        self.name = self.size = self.color = self.weight = None


def as_dict(_number: int) -> object:
    return {"name": None, "size": None, "color": None, "weight": None}


def as_instance(_number: int) -> object:
    return Part()


def with_own_name(number: int) -> object:
    part = Part()
    setattr(part, f"order_{number % NAMES}", None)
    return part


WAYS = {"dict": as_dict, "instance": as_instance, "own-name": with_own_name}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(800 * options.number, f"{options.number:,} rows", "give --number less")
    make = WAYS[options.kind]
    for number in range(2 * NAMES):
        make(number)  # a class learns the names of its attributes from its first instances
    cost_of_each(experiment, make, options.number, label="each takes")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 100_000, "rows to make")
    arguments.add_argument("--kind", choices=list(WAYS), default="dict", help="what each row is")
    execute(main, arguments)
