"""How do peak, retained and own size differ?  Split a text into words, and keep one thing of it.

The work is the same each time: a text, and a list of its words.  What differs is what is kept when
it is done: the number of the words, the text, or the list.

    python scripts/tutorial/keep-the-words.py --keep number
    python scripts/tutorial/keep-the-words.py --keep words
"""

import sys
from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB


def keep_number(words: int) -> int:
    text = "hovercraft " * words
    return len(text.split())


def keep_text(words: int) -> str:
    text = "hovercraft " * words
    len(text.split())
    return text


def keep_words(words: int) -> list[str]:
    text = "hovercraft " * words
    return text.split()


WAYS = {"number": keep_number, "text": keep_text, "words": keep_words}


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(100 * options.words, f"splitting {options.words:,} words", "give --words less")
    count = WAYS[options.keep]
    with experiment.step("count"):
        kept = count(options.words)
    own = sys.getsizeof(kept) / MIB
    experiment.record("own", own, "MiB", "sys.getsizeof", label=f"own size of the {options.keep}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--keep", choices=list(WAYS), default="number", help="what is kept")
    add_number(arguments, "--words", 1_000_000, "words in the text")
    execute(main, arguments)
