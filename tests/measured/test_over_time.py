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
    points = over_time.around(samples, start, end, before=0.1, after=0.1)
    before = [size for moment, size in points if moment < 0]
    during = max(size for moment, size in points if 0 <= moment <= 1)
    assert before
    assert 60 < during - before[0] < 72
    assert [points[0][0], points[-1][0]] == [-0.1, 1.1]
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


def children() -> set[psutil.Process]:
    """Return what this process has started, other tests' browser among it."""
    return set(psutil.Process().children())


def test_the_observer_ends_with_what_it_observes() -> None:
    before = children()
    with pytest.raises(KeyboardInterrupt), over_time.sampled():
        assert children() > before
        raise KeyboardInterrupt
    assert children() == before


def test_a_step_between_two_samples_has_what_was_seen_before_it() -> None:
    found = over_time.around([(0.0, 5.0), (9.0, 7.0)], 3.0, 5.0, before=0.5, after=0.5)
    assert found == [(-0.5, 5.0), (1.5, 5.0)]
    late = over_time.around([(3.0, 5.0), (4.0, 6.0)], 2.0, 6.0, before=0.5, after=0.5)
    assert late == [(-0.5, 5.0), (0.25, 5.0), (0.5, 6.0), (1.5, 6.0)]


def test_an_observer_that_is_ended_is_reported() -> None:
    before = children()
    with pytest.raises(ChildProcessError, match="ended early"), over_time.sampled():
        (observer,) = children() - before
        observer.kill()
        observer.wait()
