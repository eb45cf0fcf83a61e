"""Which freed blocks go back to the system, and which stay with the process?

Make blocks of one size, free all but the last, and read resident memory.  Then ask the C library
to give back what it can, with `malloc_trim`, which glibc alone has.

    small     100 bytes: CPython's own allocator takes them
    medium    1,000 bytes: too large for it, so they come from the C library's heap
    large     1 MiB: the C library has each from the system by itself

With PYTHONMALLOC=malloc in the environment, the C library has the small ones as well.

    python scripts/tutorial/give-back.py --blocks small
    PYTHONMALLOC=malloc python scripts/tutorial/give-back.py --blocks small
"""

from argparse import Namespace

from measured import c_library
from measured.command import Experiment, Failure, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

SIZES = {"small": 100, "medium": 1_000, "large": MIB}


def main(experiment: Experiment, options: Namespace) -> None:
    size = SIZES[options.blocks]
    number = options.mib * MIB // size
    need_memory(3 * options.mib * MIB, f"{options.mib:,} MiB of blocks", "give --mib less")
    blocks = [b""] * number
    with experiment.step("make") as make:
        for place in range(number):
            blocks[place] = b"x" * size
    if make.retained <= 0:
        raise Failure("too few blocks to see them; give --mib more")
    with experiment.step("free") as free:
        for place in range(number - 1):
            blocks[place] = b""

    kept = 1 + free.retained / make.retained
    instrument = free.instrument
    experiment.record("kept", kept, "fraction", instrument, label="still with the process")
    reason = c_library.needs_glibc()
    if reason is not None:
        for name in ("glibc.kept", "trim.back", "trim.kept"):
            experiment.cannot(name, reason)
        return
    experiment.keep("glibc.kept", kept, "fraction", instrument)
    with experiment.step("trim") as trim:
        c_library.trim()
    back = -trim.retained / make.retained
    experiment.keep("trim.back", back, "fraction", instrument)
    kept -= back
    experiment.record("trim.kept", kept, "fraction", instrument, label="after malloc_trim")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--blocks", choices=list(SIZES), default="small", help="one of the sizes above"
    )
    add_number(arguments, "--mib", 64, "MiB of blocks to make")
    execute(main, arguments)
