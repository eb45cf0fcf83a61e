"""Do two lists that grow in turn take more memory than their items need?

They may be the first large blocks of the process, or come after one that was freed: from then on
glibc keeps blocks of up to that size on its heap, instead of asking the system for each.

    python scripts/objects/lists-in-turn.py --lists appended --after nothing
    python scripts/objects/lists-in-turn.py --lists appended --after block
    python scripts/objects/lists-in-turn.py --lists presized --after block
"""

from argparse import Namespace

from measured import c_library
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

FREED = 31 * MIB  # glibc keeps nothing of 32 MiB or more on its heap


def appended(length: int) -> tuple[list[None], list[None]]:
    one: list[None] = []
    other: list[None] = []
    for _ in range(length):
        one.append(None)
        other.append(None)
    return one, other


def presized(length: int) -> tuple[list[None], list[None]]:
    return [None] * length, [None] * length


WAYS = {"appended": appended, "presized": presized}


def main(experiment: Experiment, options: Namespace) -> None:
    length = options.length
    need_memory(70 * length, f"two lists of {length:,} items", "give --length less")
    if options.after == "block":
        freed = bytearray(FREED)
        del freed
    with experiment.step("made") as step:
        one, other = WAYS[options.lists](length)
    reason = c_library.needs_glibc()
    if reason is not None:
        experiment.cannot("each", reason)
        return
    each = step.retained * MIB / (len(one) + len(other))
    experiment.record("each", each, "bytes each", step.instrument, label="for each item")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 1_000_000, "items in each list")
    arguments.add_argument("--lists", choices=list(WAYS), default="appended", help="how made")
    arguments.add_argument(
        "--after", choices=["nothing", "block"], default="block", help="what was freed before"
    )
    execute(main, arguments)
