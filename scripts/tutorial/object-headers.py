"""Which parts make up an object, and what would they take on a 32-bit Python?

Adds up the fields that CPython's C structures declare, and compares the sums with `sys.getsizeof`.
The layout of Python 2.7 is then added up with words of eight bytes and of four.  No 32-bit Python
runs here: those figures are computed.

    python scripts/tutorial/object-headers.py
"""

import ctypes
import struct
import sys
from argparse import Namespace

from measured.command import Experiment, execute, parser

Parts = dict[str, int]  # the bytes of each field, by its name

WORD = ctypes.sizeof(ctypes.c_void_p)
DOUBLE = ctypes.sizeof(ctypes.c_double)
OBJECTS: dict[str, object] = {
    "None": None,
    "3": 3,
    "2**63": 2**63,
    "0.1": 0.1,
    "''": "",
    "[]": [],
    "{}": {},
}


def digits(number: int, bits: int) -> int:
    return -(-number.bit_length() // bits)  # rounded up


def today(word: int) -> dict[str, Parts]:
    """Add up the layout of CPython 3.11 and later, with a global lock."""
    head = {"refs": word, "type": word}
    sized = head | {"size": word}
    collected = {"gc": 2 * word}  # three words before 3.8
    digit, bits = sys.int_info.sizeof_digit, sys.int_info.bits_per_digit
    old_text = {"wide": word} if sys.version_info < (3, 12) else {}  # dropped by PEP 623
    return {
        "None": head,
        "3": sized | {"1 digit": digit},
        "2**63": sized | {f"{digits(2**63, bits)} digits": digits(2**63, bits) * digit},
        "0.1": head | {"double": DOUBLE},
        "''": head | {"length": word, "hash": word, "state": word} | old_text | {"zero": 1},
        "[]": collected | sized | {"items": word, "room": word},
        "{}": collected | head | {"used": word, "version": 8, "keys": word, "values": word},
    }


def python_2(word: int) -> dict[str, Parts]:
    """Add up the layout of CPython 2.7 on Linux."""
    head = {"refs": word, "type": word}
    sized = head | {"size": word}
    collected = {"gc": {4: 12, 8: 32}[word]}  # three words, padded to fit a C `long double`
    digit, bits = {4: (2, 15), 8: (4, 30)}[word]
    return {
        "None": head,
        "3": head | {"C long": word},
        "2**63": sized | {f"{digits(2**63, bits)} digits": digits(2**63, bits) * digit},
        "0.1": head | {"double": DOUBLE},
        "''": sized | {"hash": word, "state": 4, "zero": 1},
        "[]": collected | sized | {"items": word, "room": word},
        "{}": collected
        | head
        | {"counts": 3 * word, "table": word, "lookup": word, "entries": 8 * 3 * word},
    }


def show(experiment: Experiment, title: str, key: str, layout: dict[str, Parts]) -> None:
    experiment.say(title)
    for name, parts in layout.items():
        total = sum(parts.values())
        fields = " + ".join(f"{field} {size}" for field, size in parts.items())
        experiment.say(f"{name:<5} {fields} = {total}")
        experiment.keep(f"{key} {name}", total, "bytes", "computed from the layout")


def main(experiment: Experiment, _options: Namespace) -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    show(experiment, f"Python {version}, words of {WORD} bytes", "today", today(WORD))
    off = sum(
        sum(parts.values()) != sys.getsizeof(OBJECTS[name]) for name, parts in today(WORD).items()
    )
    experiment.record(
        "off", off, "count", "sys.getsizeof", label="sums that differ from sys.getsizeof"
    )

    pi = 3.14159265358979323846264338327950288
    _refs, kind, value = struct.unpack("nPd", ctypes.string_at(id(pi), sys.getsizeof(pi)))
    found = kind == id(float) and value == pi
    experiment.keep("read", found, "fraction", "ctypes.string_at")
    label = "type and value are in a float's own bytes"
    experiment.say(f"{label:<42} {'yes' if found else 'no':>14}")

    show(experiment, "Python 2.7, words of 8 bytes (computed)", "64 bits", python_2(8))
    show(experiment, "Python 2.7, words of 4 bytes (computed)", "32 bits", python_2(4))


if __name__ == "__main__":
    execute(main, parser(__doc__))
