"""Which way of building a long text from short parts has the lowest peak?

The parts are lines of 50 characters that come one by one.  `--how` says what becomes of them:

    append     text += line
    join-list  "".join of a list of all lines
    join-gen   "".join of a generator of the lines
    StringIO   written to io.StringIO, and then its getvalue()
    file       written to a file

Each way is measured by the kernel, and with a tenth of the lines by tracemalloc.

    python scripts/objects/build-a-text.py --how StringIO
"""

import io
import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced
from measured.units import MIB

WIDTH = 50  # characters of a line, its end included


def lines(number: int) -> Iterator[str]:
    return (f"{line:{WIDTH - 1}}\n" for line in range(number))


def append(number: int) -> str:
    text = ""
    for line in lines(number):
        text += line
    return text


def join_a_list(number: int) -> str:
    return "".join(list(lines(number)))


def join_a_generator(number: int) -> str:
    return "".join(line for line in lines(number))


def string_io(number: int) -> str:
    with io.StringIO() as file:
        for line in lines(number):
            file.write(line)
        return file.getvalue()


def to_a_file(number: int) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as file:
        for line in lines(number):
            file.write(line)


WAYS: dict[str, Callable[[int], str | None]] = {
    "append": append,
    "join-list": join_a_list,
    "join-gen": join_a_generator,
    "StringIO": string_io,
    "file": to_a_file,
}


def main(experiment: Experiment, options: Namespace) -> None:
    build, size = WAYS[options.how], WIDTH * options.number
    need_memory(8 * size, f"a text of {options.number:,} lines", "give --number less")
    with experiment.step("build") as step:
        text = build(options.number)
    del text
    tenth = max(options.number // 10, 1)  # tracing is slow, and exact for any number
    with Traced() as traced:
        build(tenth)
    copies, instrument = step.peak * MIB / size, step.peak_instrument
    experiment.record("peak", copies, "copies", instrument, label="peak, against the text")
    copies = traced.peak / (WIDTH * tenth)
    experiment.record("traced", copies, "copies", "tracemalloc", label="peak by tracemalloc")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--how", choices=list(WAYS), default="append", help="what becomes of the lines"
    )
    add_number(arguments, "--number", 100_000, "lines of 50 characters")
    execute(main, arguments)
