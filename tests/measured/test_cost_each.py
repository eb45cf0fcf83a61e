"""The cost of each of many objects: what it is, and that no other process changes it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from measured import memory
from measured.command import Experiment
from measured.cost_each import cost_of_each

NUMBER = 200_000


def value(experiment: Experiment, name: str) -> float:
    found = experiment.measurements[name]["value"]
    assert isinstance(found, float)
    return found


def start_another() -> subprocess.Popen[bytes]:
    """Start the same interpreter once more, and wait until it runs."""
    program = [sys.executable, "-c", "print(flush=True); input()"]
    other = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    return other


@pytest.mark.skipif(memory.read().anonymous is None, reason="needs Linux")
def test_private_memory_ignores_a_process_that_begins_to_share_our_libraries() -> None:
    others: list[subprocess.Popen[bytes]] = []

    def make(place: int) -> object:
        if place == NUMBER // 2 and not others:
            others.append(start_another())
        return [None] * 8

    experiment = Experiment("test", {})
    try:
        cost_of_each(experiment, make, NUMBER)
    finally:
        for other in others:
            other.kill()
            other.communicate()
    traced = value(experiment, "each.traced")
    assert traced == pytest.approx(sys.getsizeof([None] * 8), abs=2)
    assert traced - 2 <= value(experiment, "each") <= traced + 20
