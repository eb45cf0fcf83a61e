"""Another process sees memory rise and fall, even while this one lets no thread run."""

from __future__ import annotations

import time

import psutil
import pytest

from measured import over_time
from measured.units import MIB


def test_what_comes_and_goes_is_seen_at_its_time() -> None:
    with over_time.sampled() as samples:
        time.sleep(0.05)
        start = time.monotonic()
        block = bytearray(b"x") * (64 * MIB)
        time.sleep(0.2)
        del block
        end = time.monotonic()
        time.sleep(0.05)
    points = over_time.between(samples, start, end)
    before = [size for moment, size in points if moment < 0]
    during = max(size for moment, size in points if 0 <= moment <= 1)
    assert before
    assert 60 < during - before[0] < 72
    assert points[-1][0] > 1
    assert points[-1][1] - before[0] < 8


def test_a_lock_that_is_held_does_not_stop_the_samples() -> None:
    with over_time.sampled() as samples:
        start = time.monotonic()
        sum(range(5_000_000))  # one call of C, which lets no thread run
        end = time.monotonic()
    assert sum(start < moment < end for moment, _ in samples) > 5


def test_points_between_which_nothing_moves_are_left_out() -> None:
    flat = [(float(moment), 10.0) for moment in range(50)]
    assert over_time.bends(flat, 1) == [flat[0], flat[-1]]
    step = [*flat, (50.0, 20.0), (51.0, 20.0)]
    assert over_time.bends(step, 1) == [(0.0, 10.0), (49.0, 10.0), (50.0, 20.0), (51.0, 20.0)]


def test_the_observer_ends_with_what_it_observes() -> None:
    with pytest.raises(KeyboardInterrupt), over_time.sampled():
        assert psutil.Process().children()
        raise KeyboardInterrupt
    assert not psutil.Process().children()
