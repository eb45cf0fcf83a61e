"""When does appending to a text in a loop copy the whole text every time?

Each way appends the same parts.  The CPU time of `text += part`, on a variable of a function, is
the measure of the others; the peak is in copies of the finished text.

    python scripts/objects/append-in-a-loop.py --number 20_000
"""

import time
from argparse import Namespace
from collections.abc import Callable
from types import SimpleNamespace

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

PART, LENGTH = "0123456789", 10
ROUNDS = 3  # of which the fastest counts

shared = ""


def local(number: int) -> None:
    text = ""
    for _ in range(number):
        text += PART


def second_reference(number: int) -> None:
    text = ""
    for _ in range(number):
        before = text
        text += PART
    del before


def global_variable(number: int) -> None:
    global shared
    shared = ""
    for _ in range(number):
        shared += PART
    shared = ""


def attribute(number: int) -> None:
    page = SimpleNamespace(text="")
    for _ in range(number):
        page.text += PART


def two_steps(number: int) -> None:
    text, half = "", PART[:5]
    for _ in range(number):
        text = text + half + half


def join(number: int) -> None:
    parts = []
    for _ in range(number):
        parts.append(PART)
    "".join(parts)


def bytes_object(number: int) -> None:
    data, part = b"", PART.encode()
    for _ in range(number):
        data += part


def byte_array(number: int) -> None:
    data, part = bytearray(), PART.encode()
    for _ in range(number):
        data += part


WAYS: dict[str, tuple[Callable[[int], None], str]] = {
    "local": (local, "text += part"),
    "second": (second_reference, "while another name holds the text"),
    "global": (global_variable, "the text is a global variable"),
    "attribute": (attribute, "self.text += part"),
    "two steps": (two_steps, "text = text + half + half"),
    "join": (join, '"".join of a list of the parts'),
    "bytes": (bytes_object, "data += part, of bytes"),
    "bytearray": (byte_array, "data += part, of a bytearray"),
}


def cpu_time(way: Callable[[int], None], number: int) -> float:
    start = time.process_time()
    way(number)
    return time.process_time() - start


def traced_peak(way: Callable[[int], None], number: int) -> int:
    with Traced() as traced:
        way(number)
    return traced.peak


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(100 * LENGTH * options.number, f"{options.number:,} parts", "give --number less")
    traced = max(options.number // 10, 1)  # tracing is slow, and exact for any number
    seconds: dict[str, float] = {}
    experiment.say(f"{'':<34} CPU time  copies")
    for name, (way, label) in WAYS.items():
        seconds[name] = min(cpu_time(way, options.number) for _ in range(ROUNDS))
        copies = traced_peak(way, traced) / (LENGTH * traced)
        ratio = seconds[name] / seconds["local"]
        experiment.keep(f"{name}.time", ratio, "times", "time.process_time")
        experiment.keep(f"{name}.peak", copies, "copies", "tracemalloc")
        experiment.say(f"{label:<34} {ratio:>8.1f}  {copies:>7.2f}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 10_000, "parts")
    execute(main, arguments)
