"""What is in memory at the moment in which a string is widened?

Reads an English file whole whose last character is an emoji.  The file's bytes, the string of one
byte a character up to the emoji, and the string of four bytes a character are weighed one by one.
Together they are the peak of `read()`, if all three were alive at once.

    python scripts/objects/moment-of-widening.py
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.files import data_folder, whole_file
from measured.options import add_number
from measured.units import MIB

LINE = b"The quick brown fox jumps over the lazy dog, and again.\n"
WIDE = "\N{GRINNING FACE}"


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(20 * options.mib * MIB, f"a text of {options.mib:,} MiB", "give --mib less")
    with data_folder(None) as folder:
        path = folder / "text.txt"
        with whole_file(path) as file:
            for _ in range(options.mib * MIB // len(LINE)):
                file.write(LINE)
            file.write(WIDE.encode())
        with path.open(encoding="utf-8") as text_file, experiment.step("read") as step:
            wide = text_file.read()
        encoded = path.read_bytes()
    narrow = encoded.removesuffix(WIDE.encode()).decode()

    sizes = {"bytes": encoded, "narrow": narrow, "wide": wide}
    for name, one in sizes.items():
        experiment.record(name, sys.getsizeof(one) / MIB, "MiB", "sys.getsizeof")
    together = sum(map(sys.getsizeof, sizes.values())) / MIB
    experiment.record("together", together, "MiB", "sys.getsizeof", label="all three")
    label = "peak, against the three together"
    experiment.record("alive", step.peak / together, "fraction", step.peak_instrument, label=label)


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--mib", 8, "size of the text in MiB")
    execute(main, arguments)
