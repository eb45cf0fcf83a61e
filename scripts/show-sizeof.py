"""How many bytes does a value take, with everything that it refers to?

The function of the classic tutorial, mended.  Give it literals, such as '[4, "toaster", 230.1]';
without any it shows those of the classic tutorial.  A value is made as in a program of yours:
`[1000, 1000]` holds one object twice.  What is not a literal is refused and never run.

    python scripts/show-sizeof.py
    python scripts/show-sizeof.py -3 '{"a": (1, 2)}'
    python scripts/show-sizeof.py -- -1e5
"""

import argparse
import ast
import sys
import warnings
from collections.abc import Iterable
from typing import Any

from measured.command import Experiment, execute, parser

LONGEST_LITERAL, LONGEST_SHOWN = 10_000, 40  # characters

CLASSIC = [
    "None",
    "3",
    str(2**63),
    "1857574678926579826398562938",
    "185757467892657982639856293887653985698276439856928346598236598623984569",
    "3.14159265358979323846264338327950288",
    '""',
    '"My hovercraft is full of eels"',
    "[]",
    '[4, "toaster", 230.1]',
    "{}",
    '{"a": 213, "b": 2131}',
]


def show_sizeof(x: Any, level: int = 0, seen: set[int] | None = None) -> int:
    """Print an object and what it refers to; return the bytes, each object once."""
    seen = set() if seen is None else seen
    known = id(x) in seen
    seen.add(id(x))
    size = 0 if known else sys.getsizeof(x)
    indent = "    " * min(level, 8)
    print(f"{indent}{type(x).__name__} {size or '(counted above)'} {shortened(x)}")
    if known or not isinstance(x, list | tuple | set | dict):
        return size
    parts: Iterable[Any] = x
    if isinstance(x, dict):  # not `items()`: its pairs die, and their ids are used again
        parts = [*x.keys(), *x.values()]
    return size + sum(show_sizeof(part, level + 1, seen) for part in parts)


def shortened(x: object) -> str:
    try:
        text = repr(x)
    except ValueError:  # sys.set_int_max_str_digits: Python refuses to write so long an integer
        return "…"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def value_of(literal: str) -> object:
    """Make the value as compiled code would, which shares equal constants and leaves no room."""
    with warnings.catch_warnings(action="ignore"):
        ast.literal_eval(literal)  # refuses all that is not a literal
        code = compile(literal.lstrip(" \t"), "literal", "eval")
        return eval(code, {"__builtins__": {"set": set}})  # `set()` is a literal by courtesy


def literal(text: str) -> str:
    """Accept the text of a literal, as argparse wants it."""
    shown = shortened(text)
    if len(text) > LONGEST_LITERAL:
        raise argparse.ArgumentTypeError(f"{shown} has over {LONGEST_LITERAL:,} characters")
    try:
        value_of(text)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise argparse.ArgumentTypeError(f"{shown} is not a Python literal") from None
    return text


def main(experiment: Experiment, options: argparse.Namespace) -> None:
    for text in dict.fromkeys(options.literals or CLASSIC):
        x = value_of(text)
        total = show_sizeof(x)
        experiment.keep(text, sys.getsizeof(x), "bytes", "sys.getsizeof")
        experiment.keep(f"{text} total", total, "bytes", "sys.getsizeof, each object once")
        if total != sys.getsizeof(x):
            experiment.say(f"total {total:,} bytes")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "literals",
        nargs="*",
        type=literal,
        metavar="LITERAL",
        help="a value as Python writes it; put -- before one such as -1e5",
    )
    execute(main, arguments)
