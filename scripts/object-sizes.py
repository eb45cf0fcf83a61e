"""What do objects cost on this Python, and is it what was recorded of the same version?

It asks `sys.getsizeof` about every expression of the record, so that this interpreter stands
beside all the recorded ones, from Python 2.7 on.

    python scripts/object-sizes.py
"""

import sys
from argparse import Namespace

from interpreters import probe
from measured import recorded
from measured.command import Experiment, execute, parser


def same_version() -> recorded.Interpreter | None:
    """Find the record of an interpreter of this very version and word size."""
    me = probe.identity()
    alike = ("implementation", "version", "bits", "gil")
    for one in recorded.interpreters():
        if all(one.content[key] == me[key] for key in alike):
            return one
    return None


def main(experiment: Experiment, _options: Namespace) -> None:
    answer = probe.sizes()
    for expression, size in answer["sizes"].items():
        experiment.keep(expression, size, "bytes", "sys.getsizeof")
        experiment.say(f"{size:>8,}  {expression}")
    for name, fact in probe.facts()["facts"].items():
        if not isinstance(fact, list):
            experiment.keep(name, fact, "count", "counted")
    for container, curve in answer["growth"].items():
        experiment.series(container, curve)

    other = same_version()
    if other is None:
        version = sys.version.split()[0]
        experiment.cannot("different", f"no {version} of {8 * probe.WORD} bits is on record")
        return
    sizes = other.content["sizes"]
    different = [name for name in sizes if answer["sizes"].get(name) != sizes[name]]
    growth = other.content["growth"]
    different += [name for name, curve in answer["growth"].items() if growth.get(name) != curve]
    label = f"differing from the record of {other.name}"
    experiment.record("different", len(different), "count", "sys.getsizeof", label=label)
    for name in different:
        experiment.say(f"differs: {name}")


if __name__ == "__main__":
    execute(main, parser(__doc__))
