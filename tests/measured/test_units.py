"""A figure is written in its own unit, with its sign, and never with a unit nobody declared."""

from __future__ import annotations

import random
import re

import pytest

from measured import units

NO_BREAK = "\N{NO-BREAK SPACE}"
TIMES = "\N{MULTIPLICATION SIGN}"
MINUS = "\N{MINUS SIGN}"
UNITS = ("MiB", "KiB", "GiB", "bytes", "bytes each", "count", "s", "ms", "µs", "times", "copies")


def test_a_mebibyte_is_a_power_of_two() -> None:
    assert (units.KIB, units.MIB, units.GIB) == (2**10, 2**20, 2**30)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (38.26, "MiB", f"38.3{NO_BREAK}MiB"),
        (1024, "bytes", f"1,024{NO_BREAK}bytes"),
        (1_000_000, "count", "1,000,000"),
        (0.5, "times", f"0.50{TIMES}"),
        (31.4, "times", f"31{TIMES}"),
        (0.123, "fraction", f"12{NO_BREAK}%"),
        (0.0123, "fraction", f"1.2{NO_BREAK}%"),
        (1.5, "s", f"1.50{NO_BREAK}s"),
    ],
)
def test_a_figure_is_written_with_the_decimals_of_its_unit(
    value: float, unit: str, written: str
) -> None:
    assert units.write(value, unit) == written


@pytest.mark.parametrize("unit", [*UNITS, "fraction"])
def test_every_unit_of_the_book_is_known(unit: str) -> None:
    assert units.known(unit)
    assert units.write(1, unit)


@pytest.mark.parametrize("unit", ["MB", "mib", "kB", "", "bits"])
def test_an_unknown_unit_is_refused_by_name(unit: str) -> None:
    assert not units.known(unit)
    with pytest.raises(ValueError, match=re.escape(repr(unit))):
        units.write(1, unit)


def test_a_negative_figure_has_a_minus_sign_and_not_a_hyphen() -> None:
    assert units.write(-7.6, "MiB") == f"{MINUS}7.6{NO_BREAK}MiB"


def test_a_signed_figure_shows_its_plus() -> None:
    assert units.write(7.6, "MiB", signed=True) == f"+7.6{NO_BREAK}MiB"
    assert units.write(7.6, "MiB") == f"7.6{NO_BREAK}MiB"


@pytest.mark.parametrize("value", [0.0, -0.0, 0.01, -0.01])
@pytest.mark.parametrize("signed", [True, False])
def test_a_rounded_zero_carries_no_sign(value: float, signed: bool) -> None:
    assert units.write(value, "MiB", signed=signed) == f"0.0{NO_BREAK}MiB"


def test_a_range_names_its_unit_once() -> None:
    assert units.write_range(38.2, 38.4, "MiB") == f"38.2 to 38.4{NO_BREAK}MiB"


def test_a_range_whose_ends_read_alike_is_one_figure() -> None:
    assert units.write_range(38.21, 38.22, "MiB") == f"38.2{NO_BREAK}MiB"


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_written_is_the_figure_to_half_of_its_last_digit(unit: str) -> None:
    draw = random.Random(unit)
    for _ in range(200):
        value = draw.choice([-1, 1]) * 10 ** draw.uniform(-3, 7)
        written = units.write(value, unit).replace(MINUS, "-").replace(",", "")
        found = re.match(r"-?\d+(?:\.(\d+))?", written)
        assert found is not None
        half_of_last_digit = 0.5 * 10 ** -len(found[1] or "")
        assert abs(float(found[0]) - value) <= half_of_last_digit * (1 + 1e-6)
