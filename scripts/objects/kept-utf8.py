"""What leaves a second copy of a text inside the string: a copy in UTF-8 that stays?

C code may ask a string for its text in UTF-8 (`PyUnicode_AsUTF8AndSize`).  A string of ASCII
letters has that already.  Any other makes it, and keeps it.  This tries what Python code does
every day on fresh strings; then it pickles many strings, and looks what stays.

    python scripts/objects/kept-utf8.py
    python scripts/objects/kept-utf8.py --text ascii
"""

import ctypes
import io
import json
import os
import pickle
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

LETTERS = 20  # in each string
TEXTS = {"ascii": "a", "greek": "\N{GREEK SMALL LETTER ALPHA}"}


def sql_parameter(text: str) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("SELECT ?", (text,))
    database.close()


def c_function(text: str) -> None:
    """Call the function itself, as an extension module would."""
    as_utf8 = ctypes.pythonapi.PyUnicode_AsUTF8AndSize
    as_utf8.argtypes = [ctypes.py_object, ctypes.c_void_p]
    as_utf8.restype = ctypes.c_void_p
    as_utf8(text, None)


USES: dict[str, Callable[[str], object]] = {
    "encode": lambda text: text.encode(),
    "write": lambda text: io.TextIOWrapper(io.BytesIO(), encoding="utf-8").write(text),
    "json.dumps": lambda text: json.dumps(text, ensure_ascii=False),
    "pickle.dumps": pickle.dumps,
    "SQL parameter": sql_parameter,
    "C function": c_function,
}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(400 * options.number, f"{options.number:,} strings", "give --number less")
    letter = TEXTS[options.text]
    for use, work in USES.items():
        text = letter * LETTERS  # made anew, without any copy yet
        before = sys.getsizeof(text)
        work(text)
        grown = sys.getsizeof(text) - before
        experiment.record(use, grown, "bytes", "sys.getsizeof", label=f"grown by: {use}")

    texts = [f"{number:0>{LETTERS}}".replace("0", letter) for number in range(options.number)]
    size = sum(map(sys.getsizeof, texts))
    with Path(os.devnull).open("wb") as nowhere, experiment.step("dump") as step:
        pickle.dump(texts, nowhere)
    grown = sum(map(sys.getsizeof, texts)) - size
    kept = step.private * MIB
    for name, value, instrument, label in (
        ("size", size, "sys.getsizeof", "a string, before"),
        ("says", grown, "sys.getsizeof", "grown by pickling"),
        ("kept", kept, step.private_instrument, "memory that stays after pickling"),
    ):
        each = value / options.number
        experiment.record(f"{name}.each", each, "bytes each", instrument, label=label)
    share = kept / size
    experiment.record(
        "share", share, "fraction", step.private_instrument, label="against the strings"
    )


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--text", choices=list(TEXTS), default="greek", help="letters of the strings"
    )
    add_number(arguments, "--number", 100_000, "strings to pickle")
    execute(main, arguments)
