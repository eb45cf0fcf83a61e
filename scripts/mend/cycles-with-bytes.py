"""How much do objects hold that nobody can reach, until the collector comes by?

Each request makes a document of a page that knows its document: a cycle, so that no reference
count falls to zero when the request is over.  The collector starts when enough *objects* have been
made; how many bytes they hold is nothing to it.

    none      wait for the collector
    collect   gc.collect() after every twenty requests
    weakref   the page refers to its document weakly, so there is no cycle

    python scripts/mend/cycles-with-bytes.py --remedy weakref
"""

import gc
import weakref
from argparse import Namespace
from collections.abc import Callable

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import MIB

SIZE = 200_000  # bytes of a page


class Document:
    """What a request is about."""

    page: object


class Page:
    """A part of a document that knows which."""

    def __init__(self, document: object) -> None:
        self.document = document
        self.body = bytearray(SIZE)


def request(refer: Callable[[Document], object]) -> None:
    document = Document()
    document.page = Page(refer(document))


def itself(document: Document) -> Document:
    return document


REMEDIES = ["none", "collect", "weakref"]


def main(experiment: Experiment, options: Namespace) -> None:
    at_once = min(options.requests, 2_500)  # the collector comes by after 2,000 objects at most
    need_memory(2 * at_once * SIZE, f"{options.requests:,} requests", "give --requests less")
    refer: Callable[[Document], object] = itself
    if options.remedy == "weakref":
        refer = weakref.ref
    gc.collect()
    with experiment.step("serve"):
        for number in range(options.requests):
            request(refer)
            if options.remedy == "collect" and number % 20 == 19:
                gc.collect()
    experiment.keep("one", SIZE / MIB, "MiB", "len of a page's body")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--remedy", choices=REMEDIES, default="none", help="one of those above")
    add_number(arguments, "--requests", 3_000, "requests, one after the other")
    execute(main, arguments)
