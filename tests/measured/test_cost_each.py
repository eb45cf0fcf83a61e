"""The cost of each of many objects: what it is, and that no other process changes it."""

from __future__ import annotations

import sys

import pytest
from processes import run_code

from measured import memory
from measured.command import Experiment

NUMBER = 200_000


def value(experiment: Experiment, name: str) -> float:
    found = experiment.measurements[name]["value"]
    assert isinstance(found, float)
    return found


#: In a process of its own: memory that other tests freed would be filled again unseen.
BESIDE_ANOTHER_PROCESS = f"""
import subprocess, sys
from measured.command import Experiment
from measured.cost_each import cost_of_each

others = []


def make(place):
    if place == {NUMBER} // 2 and not others:
        program = [sys.executable, "-c", "print(flush=True); input()"]
        others.append(subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        others[0].stdout.readline()
    return [None] * 8


experiment = Experiment("test", {{}})
cost_of_each(experiment, make, {NUMBER})
others[0].kill()
for name in ("each", "each.traced"):
    print(name, experiment.measurements[name]["value"], file=sys.stderr)
"""


@pytest.mark.alone
@pytest.mark.skipif(memory.read().anonymous is None, reason="needs Linux")
def test_private_memory_ignores_a_process_that_begins_to_share_our_libraries() -> None:
    finished = run_code(BESIDE_ANOTHER_PROCESS)
    assert finished.returncode == 0, finished.stderr
    said = {name: float(figure) for name, figure in map(str.split, finished.stderr.splitlines())}
    traced = said["each.traced"]
    assert traced == pytest.approx(sys.getsizeof([None] * 8), abs=2)
    assert traced - 2 <= said["each"] <= traced + 20
