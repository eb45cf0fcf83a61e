"""What does pickle's memo buy?  Write objects that share a part, with the memo and without.

python scripts/tutorial/pickle-shared.py
"""

import io
import pickle
from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import KIB


def pickled(value: object, *, fast: bool) -> bytes:
    file = io.BytesIO()
    pickler = pickle.Pickler(file)
    pickler.fast = fast
    pickler.dump(value)
    return file.getvalue()


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(4_000 * options.times, "writing it out in full", "give --times less")
    part = list(range(1000))
    whole = [part] * options.times
    sizes = {}
    for name, fast in (("memo", False), ("fast", True)):
        data = pickled(whole, fast=fast)
        sizes[name] = len(data)
        lists = len(set(map(id, pickle.loads(data))))
        experiment.record(f"{name}.lists", lists, "count", "id", label=f"{name}: lists read back")
        experiment.record(f"{name}.size", len(data) / KIB, "KiB", "len", label=f"{name}: size")
    experiment.record("growth", sizes["fast"] / sizes["memo"], "times", "len", label="fast / memo")

    loop: list[object] = []
    loop.append(loop)
    back = pickle.loads(pickled(loop, fast=False))
    experiment.record("memo.loops", back[0] is back, "count", "is", label="memo: loops read back")
    refused = 0
    try:
        pickled(loop, fast=True)
    except (ValueError, RecursionError) as error:
        refused = 1
        experiment.say(f"fast: {type(error).__name__}: {str(error).partition(' at ')[0]}")
    experiment.record("fast.refused", refused, "count", "try", label="fast: loops refused")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--times", 1000, "how often the part is in the whole")
    execute(main, arguments)
