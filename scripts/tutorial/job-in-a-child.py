"""Where does a large job leave less behind: in this process, or in one that ends?

python scripts/tutorial/job-in-a-child.py --where here
python scripts/tutorial/job-in-a-child.py --where child
"""

from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.elsewhere import run_elsewhere
from measured.options import add_number

SIZE = 1_000
kept: list[bytes] = []


def job(blocks: int) -> None:
    """Make blocks too large for Python's own allocator, and keep the last one."""
    kept.append([bytes([place % 256]) * SIZE for place in range(blocks)].pop())


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(1_200 * options.blocks, f"{options.blocks:,} blocks", "give --blocks less")
    with experiment.step("job"):
        if options.where == "here":
            job(options.blocks)
        else:
            run_elsewhere(job, options.blocks)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--blocks", 60_000, "blocks of 1,000 bytes to make")
    arguments.add_argument(
        "--where", choices=["here", "child"], default="here", help="(default: %(default)s)"
    )
    execute(main, arguments)
