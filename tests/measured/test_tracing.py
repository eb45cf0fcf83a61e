"""What tracemalloc counts from one moment to another, whoever else is tracing."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from measured import tracing
from measured.command import Experiment, Failure
from measured.cost_each import cost_of_each
from measured.tracing import Traced

SIZE = 100_000


@pytest.fixture(params=["nobody else", "somebody else"], ids=str)
def _traces(request: pytest.FixtureRequest) -> Iterator[None]:
    """Trace already, after a peak that is far above what is measured then; or not at all."""
    if request.param == "nobody else":
        assert not tracemalloc.is_tracing()
        yield
        return
    tracemalloc.start()
    higher = b"x" * (100 * SIZE)
    del higher
    yield
    assert tracemalloc.is_tracing(), "what somebody else had started was stopped"
    tracemalloc.stop()


@pytest.mark.usefixtures("_traces")
def test_what_is_there_still_is_counted_and_so_is_the_peak() -> None:
    with Traced() as traced:
        kept = b"x" * SIZE
        gone = b"x" * (2 * SIZE)
        del gone
    del kept
    assert SIZE <= traced.held < 1.01 * SIZE
    assert 3 * SIZE <= traced.peak < 3.01 * SIZE


@pytest.mark.usefixtures("_traces")
def test_a_second_name_costs_nothing() -> None:
    one = ["old"] * SIZE
    with Traced() as traced:
        other = one
        held = traced.held
    assert other is one
    assert abs(held) < 100  # not the 8 bytes of each item


@pytest.mark.usefixtures("_traces")
def test_what_each_of_many_objects_asks_for_is_counted() -> None:
    experiment = Experiment("test", {})
    cost_of_each(experiment, float, 1_000)
    assert experiment.measurements["each.traced"]["value"] == pytest.approx(24, abs=0.5)


def test_tracing_ends_where_it_began_and_also_after_an_exception() -> None:
    with pytest.raises(LookupError), Traced():
        raise LookupError
    assert not tracemalloc.is_tracing()


def test_an_experiment_does_not_begin_while_every_block_is_traced() -> None:
    tracing.refuse_if_on()
    tracemalloc.start()
    try:
        with pytest.raises(Failure, match="PYTHONTRACEMALLOC"):
            tracing.refuse_if_on()
    finally:
        tracemalloc.stop()
