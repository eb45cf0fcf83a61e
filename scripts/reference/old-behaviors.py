"""How does memory behave on this Python where it behaved otherwise in 2.7?

Runs one job of the probe that was put to every recorded interpreter, in the same way.

    python scripts/reference/old-behaviors.py --job million-floats
    python scripts/reference/old-behaviors.py --job memory-profile-me
"""

import sys
from argparse import Namespace

from measured import probe
from measured.command import Experiment, execute, need_memory, parser
from measured.units import GIB


def main(experiment: Experiment, options: Namespace) -> None:
    need_memory(GIB, "a million rows", "close something")
    steps = probe.STEPS[options.job]
    if sys.platform != "linux":
        for step in steps:
            experiment.cannot(step, "needs Linux")
        return
    answer = probe.JOBS[options.job]()
    for step in steps:
        unit = "count" if step == "same_items" else "MiB"
        experiment.record(step, answer[step], unit, probe.INSTRUMENT_OF_BEHAVIORS)


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument(
        "--job", choices=probe.STEPS, default="million-floats", help="what to do"
    )
    execute(main, arguments)
