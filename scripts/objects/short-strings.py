"""How much of a short string is text, and how much is header?  And which strings cost nothing?

For strings of ASCII letters, of Greek letters and for bytes objects, of 1 to 100 letters: what
`sys.getsizeof` says, and the share of it that is not text.  Then, whether all strings and bytes
objects of one letter are one object.

    python scripts/objects/short-strings.py
"""

import sys
from argparse import Namespace
from collections.abc import Callable

from measured import units
from measured.command import Experiment, execute, parser

DRAWN = range(2, 61)  # letters; a lone letter is an object of the interpreter's own
TABLE = (5, 10, 20, 50, 100)
ALPHA = "\N{GREEK SMALL LETTER ALPHA}"

KINDS: dict[str, tuple[Callable[[int], str | bytes], int, str]] = {
    "ascii": (lambda length: "a" * length, 1, "str of ASCII letters"),
    "greek": (lambda length: ALPHA * length, 2, "str of Greek letters"),
    "bytes": (lambda length: b"a" * length, 1, "bytes"),
}


def header_share(made: str | bytes, width: int) -> float:
    """Return the share of an object that is not text, whose letters take `width` bytes each."""
    return 1 - len(made) * width / sys.getsizeof(made)


def main(experiment: Experiment, _options: Namespace) -> None:
    for kind, (make, width, label) in KINDS.items():
        header = sys.getsizeof(make(10)) - 10 * width
        label = f"{label}: header"
        experiment.record(f"{kind}.header", header, "bytes", "sys.getsizeof", label=label)
        for length in TABLE:
            made = make(length)
            size, share = sys.getsizeof(made), header_share(made, width)
            experiment.keep(f"{kind}.{length}", size, "bytes", "sys.getsizeof")
            experiment.keep(f"{kind}.{length}.share", share, "fraction", "sys.getsizeof")
            written = units.write(share, "fraction")
            experiment.say(f"{length:>5} letters: {size:>3} bytes, {written} of them not text")
        shares = [(n, 100 * header_share(make(n), width)) for n in DRAWN]
        experiment.series(kind, shares)

    numbers = range(1_000)
    text = "".join(map(chr, numbers))
    letters = sum(text[n] is text[n : n + 1] for n in numbers)
    data = bytes(range(256))
    octets = sum(data[n : n + 1] is bytes([n]) for n in range(256))
    experiment.record("letters", letters, "count", "is", label="letters that are shared objects")
    experiment.record("octets", octets, "count", "is", label="bytes objects of one byte, shared")


if __name__ == "__main__":
    execute(main, parser(__doc__))
