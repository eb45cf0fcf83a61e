"""The rows of the classic tutorial: a float, a string of twenty letters, an integer of 64 bits."""

from __future__ import annotations

import random
import string

from measured.profiling import untraced

Row = tuple[float, str, int]

#: Each of the 256 values of a byte becomes one of the 26 letters.
_LETTER_OF_BYTE = bytes(ord(string.ascii_uppercase[byte % 26]) for byte in range(256))

#: What one row takes while it is in memory, in bytes, with room to spare; to refuse in time.
GENEROUS_ROW_SIZE = 260


@untraced
def make_rows(count: int, seed: int = 2013) -> list[Row]:
    """Make `count` rows; the same seed gives the same rows, on every run and every machine.

    Parameters
    ----------
    count
        How many rows.
    seed
        The seed of the generator, a Mersenne twister of its own.
    """
    generator = random.Random(seed)
    random_float, random_bytes, random_bits = (
        generator.random,
        generator.randbytes,
        generator.getrandbits,
    )
    return [
        (
            random_float(),
            random_bytes(20).translate(_LETTER_OF_BYTE).decode("ascii"),
            random_bits(64),
        )
        for _ in range(count)
    ]
