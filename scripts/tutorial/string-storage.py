"""How many bytes does a character of a string take?

A string keeps all its characters in one width, that of the widest one (PEP 393).  For each of the
four kinds of string: the bytes that every further character adds, by `sys.getsizeof` and by
`tracemalloc`, and the header that comes before the first one.

    python scripts/tutorial/string-storage.py
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser
from measured.tracing import Traced

LENGTH = 100_000
DRAWN = range(2, 101, 2)  # characters; a lone letter is an object of the interpreter's own

#: A kind of string, one letter of that kind, and the letter's name.
KINDS = {
    "ascii": ("a", "a, from ASCII"),
    "latin": ("\N{LATIN SMALL LETTER E WITH ACUTE}", "e acute, from Latin-1"),
    "bmp": ("\N{EURO SIGN}", "the euro sign, from the first 65,536"),
    "astral": ("\N{SNAKE}", "the snake, from beyond"),
}


def traced_size(letter: str, length: int) -> int:
    """Make a string while tracemalloc looks, and return what was allocated for it."""
    with Traced() as traced:
        _kept = letter * length
    return traced.held


def main(experiment: Experiment, _options: Namespace) -> None:
    experiment.record(
        "empty", sys.getsizeof(""), "bytes", "sys.getsizeof", label="the empty string"
    )
    for kind, (letter, name) in KINDS.items():
        short, long = sys.getsizeof(letter * LENGTH), sys.getsizeof(letter * 2 * LENGTH)
        each = (long - short) / LENGTH
        traced = (traced_size(letter, 2 * LENGTH) - traced_size(letter, LENGTH)) / LENGTH
        header = short - each * LENGTH
        experiment.record(f"{kind}.each", each, "bytes each", "sys.getsizeof", label=name)
        experiment.record(
            f"{kind}.traced", traced, "bytes each", "tracemalloc", label="  by tracemalloc"
        )
        experiment.record(
            f"{kind}.header", header, "bytes", "sys.getsizeof", label="  header, final zero"
        )
        experiment.series(kind, ((n, sys.getsizeof(letter * n)) for n in DRAWN))

    plain = sys.getsizeof("a" * LENGTH)
    mixed = sys.getsizeof("a" * (LENGTH - 1) + KINDS["astral"][0])
    experiment.record("plain", plain, "bytes", "sys.getsizeof", label=f"{LENGTH:,} ASCII letters")
    experiment.record("mixed", mixed, "bytes", "sys.getsizeof", label="  the last one a snake")


if __name__ == "__main__":
    execute(main, parser(__doc__))
