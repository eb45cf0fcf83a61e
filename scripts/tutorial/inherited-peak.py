"""Can you trust `ru_maxrss`, the peak that `resource.getrusage` gives?

Take N MiB, then start a small new Python process, and have it ask for its own peak in two ways.

    python scripts/tutorial/inherited-peak.py
"""

import subprocess
import sys
from argparse import Namespace

from measured.command import Experiment, execute, need_memory, parser
from measured.options import add_number
from measured.units import KIB, MIB

ASK = """
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def main(experiment: Experiment, options: Namespace) -> None:
    if sys.platform != "linux":
        for name in ("ru_maxrss", "VmHWM"):
            experiment.cannot(name, "needs Linux")
        return
    need_memory(options.mib * MIB, f"taking {options.mib:,} MiB", "give --mib less")
    taken = bytearray(options.mib * MIB)
    child = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    del taken
    maxrss, high_water_mark = (int(kib) * KIB / MIB for kib in child.stdout.split())
    experiment.say(f"a process that holds {options.mib:,} MiB starts another one, which says:")
    experiment.record("ru_maxrss", maxrss, "MiB", "resource.getrusage", label="ru_maxrss")
    experiment.record("VmHWM", high_water_mark, "MiB", "/proc/self/status", label="VmHWM")


if __name__ == "__main__":
    arguments = parser(__doc__)
    add_number(arguments, "--mib", 256, "how much the parent holds")
    execute(main, arguments)
