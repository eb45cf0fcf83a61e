"""Memory over time: a line for each way, which says how high the kernel saw it rise."""

from __future__ import annotations

import pytest
from drawings import pictures, places_of

from book_kit.evidence.quantity import Measurement
from book_kit.running.experiment import Result
from book_kit.show.markup import Markup
from book_kit.show.over_time import over_time


def result(peak: float, points: list[tuple[float, float]]) -> Result:
    measured = {"call.peak": Measurement("call.peak", "MiB", (peak,), "the kernel")}
    return Result("way", "", "way", measured, "", 0.0, 0.0, series={"memory": points})


def drawn() -> Markup:
    return over_time(
        {
            "all": result(96.5, [(-5, 200), (0, 200), (60, 290), (100, 200)]),
            "parts": result(0.5, [(-5, 200), (100, 200.5)]),
        },
        call="writing",
        y="memory",
        alt="Two ways.",
        caption="Two.",
    )


def test_each_line_says_how_high_the_kernel_saw_it_rise() -> None:
    assert "all +96.5\N{NO-BREAK SPACE}MiB" in drawn().text
    assert "parts +0.5\N{NO-BREAK SPACE}MiB" in drawn().text


def test_it_is_told_from_before_the_call_until_after_it() -> None:
    assert "time, in percent of what writing takes against memory (MiB)" in drawn().text
    assert "from 200 at \N{MINUS SIGN}5 to 200 at 100" in drawn().text
    assert len(pictures(drawn())) == 2


def test_heights_begin_at_nothing() -> None:
    assert len(places_of(drawn(), "0")) >= 2


def test_a_run_without_a_peak_is_refused() -> None:
    without = Result("way", "", "way", {}, "", 0.0, 0.0, series={"memory": [(0, 1), (1, 2)]})
    with pytest.raises(LookupError, match=r"call\.peak"):
        over_time({"a": without}, call="it", y="memory", alt="A.", caption="C.")
