"""What memory is read with: the kernel's mark, or samples where there is none, and it is said."""

from __future__ import annotations

import pytest

from measured.lines import gauge
from measured.lines.profiler import Profiler

MIB = 2**20


def take() -> int:
    kept = bytearray(40 * MIB)
    return len(kept)


def no_mark() -> gauge.KernelGauge:
    raise PermissionError("this kernel lets nobody put its mark back")


def test_without_a_mark_of_the_kernel_samples_are_taken_and_the_head_of_the_table_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gauge, "KernelGauge", no_mark)
    profiler, code = Profiler(), take.__code__
    try:
        assert profiler.profile(take)() == 40 * MIB
        report = profiler.report("take")
    finally:
        profiler.close()
        take.__code__ = code
    assert str(report).startswith(f"Memory by line, in MiB: {gauge.SampledGauge.name}.")
    assert "sampled every millisecond" in gauge.SampledGauge.name
    (line,) = [line for line in report.tables[0].lines if "bytearray" in line.source]
    assert line.retained_mib == pytest.approx(40, abs=1)
    assert line.peak_mib == pytest.approx(40, abs=1)


def test_readings_stand_still_once_it_is_closed() -> None:
    for made in (gauge.gauge(), gauge.SampledGauge()):
        resident = made.read()[0]
        made.stop()
        kept = bytearray(40 * MIB)
        assert made.read() == (resident, None)
        del kept
