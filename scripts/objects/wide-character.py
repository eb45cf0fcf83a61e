"""How much memory does one wide character cost in a long text: in the end, and while it is read?

The text is English, eight MiB of it.  `--wide` puts one emoji at its beginning, at its end or
nowhere; `--how` says how the text comes into memory:

    decode     bytes.decode, of bytes that are in memory already
    read       read a text file whole
    lines      read the file into a list of lines
    each-line  read the file line by line, and keep none

Run it as often as you like:

    python scripts/objects/wide-character.py --how decode --wide last
    python scripts/objects/wide-character.py --how read --wide last --newlines dos
"""

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measured.command import Experiment, execute, need_memory, parser
from measured.files import data_folder, whole_file
from measured.options import add_folder, add_number
from measured.tracing import Traced
from measured.units import MIB

LINE = b"The quick brown fox jumps over the lazy dog, and again.\n"  # 56 bytes
DOS_LINE = LINE.replace(b".\n", b"\r\n")  # just as long
#: The wide characters: both take four bytes in UTF-8.  A byte 13 in the second one's number, as
#: it lies in memory, looks like the end of a DOS line to whoever looks at bytes only.
EMOJI = {"face": "\N{GRINNING FACE}", "snake": "\N{SNAKE}"}


def write_text(path: Path, size: int, options: Namespace) -> None:
    """Write the text piece by piece: a large block that is freed could be used again unseen."""
    line = DOS_LINE if options.newlines == "dos" else LINE
    wide = EMOJI[options.emoji].encode()
    first = wide if options.wide == "first" else b"Once"
    last = wide if options.wide == "last" else b"end."
    lines, rest = divmod(size - len(first) - len(last), len(line))
    with whole_file(path) as file:
        file.write(first)
        for _ in range(lines):
            file.write(line)
        file.write(b" " * rest + last)


def read(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read()


def read_lines(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return list(file)


def read_each_line(path: Path) -> int:
    with path.open(encoding="utf-8") as file:
        return max(len(line) for line in file)


def main(experiment: Experiment, options: Namespace) -> None:
    size = options.mib * MIB
    need_memory(16 * size, f"a text of {options.mib:,} MiB", "give --mib less")
    with data_folder(options.dir) as folder:
        path = folder / "text.txt"
        write_text(path, size, options)
        if options.how == "decode":
            encoded = path.read_bytes()
            load: Callable[[], object] = encoded.decode
        else:
            ways = {"read": read, "lines": read_lines, "each-line": read_each_line}
            load = partial(ways[options.how], path)

        with experiment.step("load") as step:
            text = load()
        del text
        with Traced() as traced:
            text = load()
        del text

    for name, amount, instrument, label in (
        ("peak", step.peak * MIB, step.peak_instrument, "peak, against the size of the file"),
        ("kept", step.retained * MIB, step.instrument, "retained, against it"),
        ("traced.peak", traced.peak, "tracemalloc", "peak by tracemalloc"),
        ("traced.kept", traced.held, "tracemalloc", "retained by tracemalloc"),
    ):
        experiment.record(name, amount / size, "copies", instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--how",
        choices=["decode", "read", "lines", "each-line"],
        default="decode",
        help="how the text comes into memory (default: %(default)s)",
    )
    arguments.add_argument(
        "--wide", choices=["nowhere", "first", "last"], default="last", help="where the emoji is"
    )
    arguments.add_argument("--emoji", choices=list(EMOJI), default="face", help="which one")
    arguments.add_argument(
        "--newlines", choices=["unix", "dos"], default="unix", help="how the lines end"
    )
    add_number(arguments, "--mib", 8, "size of the text in MiB")
    add_folder(arguments, "text.txt")
    execute(main, arguments)
