"""You keep ten bytes of a large buffer and let go of the rest: how much memory stays?

`--piece` says what the buffer is, and what is kept of it:

    str         a slice of a text
    bytes       a slice of a bytes object
    memoryview  a slice of a memoryview of a bytes object
    numpy       a slice of an array
    numpy-copy  a copy of that slice

    python scripts/objects/piece-of-a-buffer.py --piece memoryview
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from measured.command import Experiment, execute, need_library, need_memory, optional, parser
from measured.options import add_number
from measured.units import MIB

with optional():
    import numpy as np

WANTED = slice(1_000, 1_010)


def piece_of_str(size: int) -> object:
    text = "x" * size
    return text[WANTED]


def piece_of_bytes(size: int) -> object:
    data = b"x" * size
    return data[WANTED]


def piece_of_view(size: int) -> object:
    data = b"x" * size
    return memoryview(data)[WANTED]


def piece_of_array(size: int) -> object:
    array = np.full(size, 1, dtype=np.uint8)
    return array[WANTED]


def copied_piece_of_array(size: int) -> object:
    array = np.full(size, 1, dtype=np.uint8)
    return array[WANTED].copy()


PIECES: dict[str, Callable[[int], object]] = {
    "str": piece_of_str,
    "bytes": piece_of_bytes,
    "memoryview": piece_of_view,
    "numpy": piece_of_array,
    "numpy-copy": copied_piece_of_array,
}


def can_grow(buffer: bytearray) -> bool:
    try:
        buffer += b"more"
    except BufferError:  # "Existing exports of data: object cannot be re-sized"
        return False
    return True


def while_a_view_exists(experiment: Experiment) -> None:
    """Try to make a bytearray longer: with a view of it, and once the view is released."""
    buffer = bytearray(100)
    view = memoryview(buffer)[:10]
    before = can_grow(buffer)
    view.release()
    after = can_grow(buffer)
    for name, grew, label in (
        ("viewed", before, "a bytearray grew while a view existed"),
        ("released", after, "and once the view was released"),
    ):
        experiment.keep(f"grew.{name}", float(grew), "fraction", "bytearray +=")
        experiment.say(f"{label:<42} {'yes' if grew else 'no':>14}")


def main(experiment: Experiment, options: Namespace) -> None:
    if options.piece.startswith("numpy"):
        need_library("numpy")
    size = options.mib * MIB
    need_memory(2 * size, f"a buffer of {options.mib:,} MiB", "give --mib less")
    with experiment.step("keep") as step:
        piece: Any = PIECES[options.piece](size)
    says = sys.getsizeof(piece)
    experiment.say(f"kept {len(piece)} items in a {type(piece).__name__}")
    experiment.record("says", says, "bytes", "sys.getsizeof", label="sys.getsizeof of the piece")
    share = step.retained * MIB / size
    label = "memory that it holds, against the buffer"
    experiment.record("held", share, "fraction", step.instrument, label=label)
    while_a_view_exists(experiment)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--piece", choices=list(PIECES), default="memoryview", help="what is kept of what"
    )
    add_number(arguments, "--mib", 64, "MiB of the buffer")
    execute(main, arguments)
