"""What does a text cost once it is wrapped as a file in memory: `io.StringIO` and `io.BytesIO`?

A text of `--length` ASCII letters is wrapped, or written piece by piece, and then read.

    python scripts/objects/text-buffers.py
"""

import io
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.tracing import Traced

PIECE = 100  # characters written at a time


def written(text: str) -> io.StringIO:
    file = io.StringIO()
    for start in range(0, len(text), PIECE):
        file.write(text[start : start + PIECE])
    return file


def written_and_read(text: str) -> io.StringIO:
    file = written(text)
    file.seek(0)
    file.readline(1)
    return file


def written_bytes(encoded: bytes) -> io.BytesIO:
    file = io.BytesIO()
    for start in range(0, len(encoded), PIECE):
        file.write(encoded[start : start + PIECE])
    return file


def kept_and_peak(make: Callable[[], object], size: int) -> tuple[float, float]:
    """Return what stays and the peak of making something, in copies of `size`."""
    with Traced() as traced:
        _kept = make()
    return traced.held / size, traced.peak / size


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(12 * options.length, f"{options.length:,} letters", "give --length less")
    text = "x" * options.length
    encoded = text.encode()
    ways: dict[str, tuple[Callable[[], object], str]] = {
        "StringIO": (lambda: io.StringIO(text), "io.StringIO(text)"),
        "written": (lambda: written(text), "io.StringIO, written to"),
        "read": (lambda: written_and_read(text), "io.StringIO, written to and then read"),
        "BytesIO": (lambda: io.BytesIO(encoded), "io.BytesIO(data)"),
        "written bytes": (lambda: written_bytes(encoded), "io.BytesIO, written to"),
        "wrapper": (
            lambda: io.TextIOWrapper(io.BytesIO(encoded), encoding="ascii").readline(1),
            "io.TextIOWrapper(io.BytesIO(data)), read",
        ),
    }
    for name, (make, label) in ways.items():
        kept, peak = kept_and_peak(make, options.length)
        experiment.record(f"{name}.kept", kept, "copies", "tracemalloc", label=label)
        experiment.record(f"{name}.peak", peak, "copies", "tracemalloc", label="  at its peak")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--length", 1_000_000, "letters of the text")
    execute(main, arguments)
