"""Which strings does Python make one of by itself, and does an interned string ever die?

Two equal strings that are made at run time are two objects.  This looks which of them becomes the
interned one on its way: as an attribute's name, as a key of a dictionary.  Then it interns many
strings, keeps none, and looks what stays.

    python scripts/objects/interned-strings.py
"""

import gc
import sys
import sysconfig
from argparse import Namespace
from types import SimpleNamespace

from measured import memory
from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number

WORD = "".join(["mun", "ich"])  # as every word below: made at run time, an object of its own
GENEROUS_SIZE = 200  # bytes of a string with its place among the interned ones


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(GENEROUS_SIZE * options.number, f"{options.number:,} strings", "give less")
    the_one = sys.intern(WORD)
    another = "".join(["mun", "ich"])
    thing = SimpleNamespace()
    setattr(thing, another, 1)
    (attribute,) = vars(thing)
    (key,) = {another: 1}
    for name, found, label in (
        ("equal", another == the_one, "two equal strings are equal"),
        ("made", another is the_one, "and one object"),
        ("intern", sys.intern(another) is the_one, "sys.intern gives one object"),
        ("attribute", attribute is the_one, "so does an attribute's name"),
        ("key", key is the_one, "so does a key of a dictionary"),
    ):
        experiment.keep(name, float(found), "fraction", "==, is")
        experiment.say(f"{label:<42} {'yes' if found else 'no':>14}")

    gc.collect()
    before = memory.read()
    for number in range(options.number):
        sys.intern(f"a word that is met once: {number}")
    grown, instrument = memory.private_growth(before, memory.read())
    stays = grown / options.number
    size = sys.getsizeof(f"a word that is met once: {options.number}")
    experiment.record("size", size, "bytes", "sys.getsizeof", label="such a string")
    label = "memory that stays when it is dropped"
    experiment.record("stays", stays, "bytes each", instrument, label=label)
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        experiment.cannot("immortal", "free-threaded builds have rules of their own")
        return
    immortal = stays > size / 2
    experiment.keep("immortal", float(immortal), "fraction", instrument)
    experiment.say(f"{'most of them live on':<42} {'yes' if immortal else 'no':>14}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--number", 100_000, "strings to intern and drop")
    execute(main, arguments)
