"""What do objects cost on this Python, and is it what was recorded of the same version?

It asks `sys.getsizeof` about every expression of the record, so that this interpreter stands
beside all the recorded ones, from Python 2.7 on.

    python scripts/reference/object-sizes.py
    python scripts/reference/object-sizes.py --record book/recorded/interpreters.json
"""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from measured import probe
from measured.command import Experiment, Failure, execute, parser


def same_version(record: Path) -> dict[str, Any] | None:
    """Find the record of an interpreter of this very version, word size and kind of build.

    One with a note is of a build whose objects differ from those of that version elsewhere.
    """
    me = probe.identity()
    alike = ("implementation", "version", "bits", "gil")
    try:
        kept: list[dict[str, Any]] = json.loads(record.read_text(encoding="utf-8"))
        same = [one for one in kept if all(one[key] == me[key] for key in alike)]
        usual = (one for one in same if not one.get("note"))
        return next((one for one in usual if one.get("debug", False) == me["debug"]), None)
    except (ValueError, KeyError, TypeError):
        raise Failure(f"{record}: is no record of interpreters; name another one") from None


def main(experiment: Experiment, options: Namespace) -> None:
    other = same_version(options.record) if options.record else None
    answer = probe.sizes()
    for expression, size in answer["sizes"].items():
        experiment.keep(expression, size, "bytes", "sys.getsizeof")
        experiment.say(f"{size:>8,}  {expression}")
    for name, fact in probe.facts()["facts"].items():
        if not isinstance(fact, list):
            experiment.keep(name, fact, "count", "counted")
    for container, curve in answer["growth"].items():
        experiment.series(container, curve)

    if other is None:
        version = f"{sys.version.split()[0]} of {8 * probe.WORD} bits"
        reason = f"no {version} is on record" if options.record else "name a record with --record"
        experiment.cannot("different", reason)
        return
    sizes, growth = other["sizes"], other["growth"]
    different = [name for name in sizes if answer["sizes"].get(name) != sizes[name]]
    # A record may be older than the newest container that the probe asks about.
    different += [name for name, curve in growth.items() if answer["growth"].get(name) != curve]
    label = f"differing from the record of {other['version']}"
    experiment.record("different", len(different), "count", "sys.getsizeof", label=label)
    for name in different:
        experiment.say(f"differs: {name}")


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--record", type=Path, help="what `make interpreters` wrote")
    execute(main, arguments)
