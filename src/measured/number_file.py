"""A text file of numbers to load: quick to write, and as large as the array that it describes."""

from __future__ import annotations

from pathlib import Path

from measured.files import whole_file

COLUMNS = 8
#: `0.12345,` takes as many bytes in the file as a 64-bit float takes in an array.
NUMBER_SIZE = 8

_ROWS_AT_ONCE = 1_000


def write_numbers(path: Path, rows: int, seed: int = 2013) -> None:
    """Write `rows` lines of eight random numbers from 0 to 1, the same ones on every run.

    It writes a bit at a time, in pieces below the size at which the C library maps memory of its
    own: a large piece, once freed, would leave that library with other habits for the experiment.

    Parameters
    ----------
    path
        The file; it is there once it is whole.
    rows
        How many lines of `COLUMNS` numbers, with commas between them.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    text = np.empty((_ROWS_AT_ONCE, COLUMNS, NUMBER_SIZE), np.uint8)
    text[..., :2] = tuple(b"0.")
    text[..., -1] = ord(",")
    text[:, -1, -1] = ord("\n")
    with whole_file(path) as file:
        for start in range(0, rows, _ROWS_AT_ONCE):
            text[..., 2:-1] = random.integers(ord("0"), ord("9") + 1, (_ROWS_AT_ONCE, COLUMNS, 5))
            file.write(text[: rows - start].tobytes())
