"""How large is a string, by the widest character in it?

All characters of a string are as wide as its widest one, and there are four kinds of strings.  For
each kind this measures the header and the width of a character; then it tries the rule that
follows, `header + width * characters`, on texts of many lengths and widest characters.  A single
character of Latin-1 is an object of the interpreter's own, which may have its UTF-8 form with it.

    python scripts/objects/width-of-a-text.py
"""

import sys
from argparse import Namespace
from itertools import product

from measured.command import Experiment, execute, parser

LONG = 1_000

#: A kind of string: the last character that it can hold, and its name.
LAST = {
    "ascii": (0x7F, "ASCII"),
    "latin": (0xFF, "Latin-1"),
    "bmp": (0xFFFF, "the first 65,536"),
    "astral": (0x10FFFF, "all characters"),
}
#: What texts are tried: their widest character, on both sides of each border, and their length.
WIDEST = [0x20, 0x7E, 0x7F, 0x80, 0xE9, 0xFF, 0x100, 0x20AC, 0xFFFF, 0x10000, 0x1F40D, 0x10FFFF]
LENGTHS = [1, 2, 3, 7, 8, 20, 63, 64, 255, 256, LONG]


def text_of(widest: int, length: int) -> str:
    """Make a text of plain letters that ends with the character of this number."""
    return "".join(["a"] * (length - 1) + [chr(widest)])


def kind_of(text: str) -> str:
    widest = max(map(ord, text))
    return next(kind for kind, (last, _) in LAST.items() if widest <= last)


def main(experiment: Experiment, _options: Namespace) -> None:
    rule = {}
    for kind, (last, name) in LAST.items():
        size, double = (sys.getsizeof(text_of(last, length)) for length in (LONG, 2 * LONG))
        width = (double - size) / LONG
        rule[kind] = header, width = size - width * LONG, width
        experiment.record(f"{kind}.header", header, "bytes", "sys.getsizeof", label=name)
        experiment.record(f"{kind}.each", width, "bytes each", "sys.getsizeof", label="  character")
    empty, alone = sys.getsizeof(""), sys.getsizeof("\xff")
    experiment.record("empty", empty, "bytes", "sys.getsizeof", label="no character")
    experiment.record("alone", alone, "bytes", "sys.getsizeof", label="a Latin-1 character alone")
    encoded = sys.getsizeof(b"")
    experiment.record("bytes", encoded, "bytes", "sys.getsizeof", label="header of a bytes object")

    off = 0
    for widest, length in product(WIDEST, LENGTHS):
        text = text_of(widest, length)
        header, width = rule[kind_of(text)]
        lone = length == 1 and kind_of(text) == "latin"
        off += sys.getsizeof(text) != (alone if lone else header + width * length)
        data = text.encode()
        off += sys.getsizeof(data) != encoded + len(data)
    experiment.record("off", off, "count", "sys.getsizeof", label="sizes that break the rule")


if __name__ == "__main__":
    execute(main, parser(__doc__))
