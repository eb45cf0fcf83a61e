"""What becomes of the holes that deleted keys leave in a dict or a set?

Deletes keys, and reads `sys.getsizeof` of what is left, of copies of it, and again after the
container has gone on working.

    python scripts/objects/holes-in-containers.py
"""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number

LEFT = 10  # keys
SPARSE = 5  # times as many keys: of 1,000, so many that the set has just grown
LENGTHS = 100  # how many times its length goes through the queue
MOST_PAIRS = 10  # times the length, after which a container counts as one that stays large


def without(keys: range, gone: range) -> dict[int, None]:
    """Return a dict that was made with all keys and has lost some."""
    made = dict.fromkeys(keys)
    for key in gone:
        del made[key]
    return made


def pairs_until_smaller(
    container: Any, add: Callable[[int], object], remove: Callable[[int], object], most: int
) -> int:
    """Add a key and remove it again until the container is smaller; return how often it took."""
    size = sys.getsizeof(container)
    for pairs in range(1, most + 1):
        add(-pairs)
        remove(-pairs)
        if sys.getsizeof(container) < size:
            return pairs
    return most


def main(experiment: Experiment, options: Namespace) -> None:
    keys = range(options.keys)
    need_memory(500 * len(keys), f"dicts of {len(keys):,} keys", "give --keys less")

    def size(name: str, container: object, label: str) -> None:
        experiment.record(name, sys.getsizeof(container), "bytes", "sys.getsizeof", label=label)

    mined = without(keys, keys[LEFT:])
    size("dict", dict.fromkeys(keys), f"a dict of {len(keys):,} keys")
    size("mined", mined, f"all but {LEFT} deleted")
    size("mined.rebuilt", dict(mined), "    dict(d)")
    size("mined.copied", mined.copy(), "    d.copy()")
    pairs = pairs_until_smaller(mined, mined.setdefault, mined.pop, MOST_PAIRS * len(keys))
    label = "    or: a key added and deleted, times"
    experiment.record("mined.pairs", pairs, "count", "counted", label=label)
    size("mined.after", mined, "    which leaves")

    thinned = without(keys, keys[: len(keys) * 33 // 100])
    size("thinned", thinned, "a third deleted")
    size("thinned.rebuilt", dict(thinned), "    dict(d)")
    size("thinned.copied", thinned.copy(), "    d.copy()")

    popped = dict.fromkeys(keys)
    while len(popped) > LEFT:
        popped.popitem()
    size("popped", popped, f"all but {LEFT} taken by popitem")
    size("popped.rebuilt", dict(popped), "    dict(d)")
    size("popped.copied", popped.copy(), "    d.copy()")

    queue = dict.fromkeys(keys)
    sizes = []
    for new in range(len(keys), LENGTHS * len(keys)):
        del queue[new - len(keys)]
        queue[new] = None
        sizes.append(sys.getsizeof(queue))
    experiment.record(
        "queue.most", max(sizes), "bytes", "sys.getsizeof", label="a queue of as many, at most"
    )

    members = set(keys)
    size("set", members, f"a set of {len(keys):,} keys")
    for key in keys[LEFT:]:
        members.discard(key)
    size("set.mined", members, f"all but {LEFT} discarded")
    size("set.rebuilt", set(members), "    set(s)")
    pairs = pairs_until_smaller(members, members.add, members.discard, MOST_PAIRS * len(keys))
    label = "    or: a key added and discarded, times"
    experiment.record("set.pairs", pairs, "count", "counted", label=label)
    size("set.after", members, "    which leaves")
    subtracted, crossed = set(keys), set(keys)
    subtracted -= set(keys[LEFT:])
    size("set.subtracted", subtracted, f"all but {LEFT} taken by s -= others")
    crossed &= set(keys[:LEFT])
    size("set.crossed", crossed, f"only {LEFT} kept by s &= others")
    many = range(SPARSE * len(keys))
    sparse = set(many)
    size("sparse", sparse, f"a set of {len(many):,} keys")
    sparse -= set(many[LEFT:])
    size("sparse.subtracted", sparse, f"all but {LEFT} taken by s -= others")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--keys", 1_000, "keys to begin with")
    execute(main, arguments)
