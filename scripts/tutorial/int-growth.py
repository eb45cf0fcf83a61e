"""How does the size of an integer grow with its value?

An `int` is a header and as many digits of 30 bits as the value needs.  Each size is compared with
that formula, from `sys.int_info`, for every number of bits up to 2,000.

    python scripts/tutorial/int-growth.py
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser

NUMBERS = {
    "0": 0,
    "1": 1,
    "2**30 - 1": 2**30 - 1,
    "2**30": 2**30,
    "2**60": 2**60,
    "2**63": 2**63,
    "2**300": 2**300,
}
LONGEST, DRAWN = 2_000, 300  # bits


def size_by_formula(bits: int) -> int:
    digits = -(-bits // sys.int_info.bits_per_digit)  # rounded up
    return int.__basicsize__ + digits * sys.int_info.sizeof_digit


def main(experiment: Experiment, _options: Namespace) -> None:
    for name, number in NUMBERS.items():
        experiment.record(name, sys.getsizeof(number), "bytes", "sys.getsizeof")
    sizes = {bits: sys.getsizeof(2**bits - 1) for bits in range(1, LONGEST + 1)}
    wrong = sum(size != size_by_formula(bits) for bits, size in sizes.items())
    label = f"lengths of 1 to {LONGEST:,} bits off the formula"
    experiment.record("off the formula", wrong, "count", "sys.getsizeof", label=label)
    experiment.series("size", ((bits, sizes[bits]) for bits in range(1, DRAWN + 1)))


if __name__ == "__main__":
    execute(main, parser(__doc__))
