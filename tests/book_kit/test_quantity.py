"""A measurement keeps every repeat, and arithmetic on two of them pairs the repeats up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from book_kit.evidence.quantity import Measurement


def figure(*values: float, unit: str = "MiB", instrument: str = "scale") -> Measurement:
    return Measurement("figure", unit, values, instrument)


def test_a_measurement_needs_a_value() -> None:
    with pytest.raises(ValueError, match="no values"):
        figure()


def test_the_middle_and_both_ends_are_those_of_the_repeats() -> None:
    repeats = figure(38.4, 38.2, 39.0)
    assert (repeats.n, repeats.median, repeats.low, repeats.high) == (3, 38.4, 38.2, 39.0)


def test_a_measurement_reads_as_its_median() -> None:
    assert str(figure(1.0, 9.0, 2.0)) == "2.0\N{NO-BREAK SPACE}MiB"
    assert figure(1.0, 9.0, 2.0).signed() == "+2.0\N{NO-BREAK SPACE}MiB"


def test_a_multiple_is_spoken_of_in_round_numbers() -> None:
    assert figure(7.28, unit="copies").spoken() == "about 7\N{NO-BREAK SPACE}copies"
    assert figure(1.83, unit="times").spoken() == "about 1.8\N{NO-BREAK SPACE}times"
    assert figure(38.4).spoken() == str(figure(38.4))


def test_the_spread_shows_the_lowest_and_the_highest_repeat() -> None:
    assert figure(38.4, 38.2, 39.0).spread() == "38.2 to 39.0\N{NO-BREAK SPACE}MiB"
    assert figure(5.0, 5.0).spread() == "5.0\N{NO-BREAK SPACE}MiB"


def test_the_evidence_names_the_repeats_the_spread_and_the_instrument() -> None:
    evidence = figure(38.4, 38.2, 39.0).evidence()
    assert "median of 3 runs" in evidence
    assert "38.2 to 39.0" in evidence
    assert evidence.endswith("scale")
    assert figure(1.0).evidence().startswith("one run")


def test_division_pairs_the_repeats_of_one_process() -> None:
    ratio = figure(2.0, 40.0, 600.0) / figure(1.0, 20.0, 300.0)
    assert ratio.values == (2.0, 2.0, 2.0)
    assert ratio.unit == "times"


def test_subtraction_pairs_the_repeats_and_keeps_the_unit() -> None:
    difference = figure(10.0, 20.0) - figure(9.0, 19.0)
    assert difference.values == (1.0, 1.0)
    assert difference.unit == "MiB"


def test_unequal_repeats_meet_each_other_so_that_the_spread_is_the_widest() -> None:
    ratio = figure(2.0, 4.0, 8.0) / figure(1.0, 2.0)
    assert sorted(ratio.values) == [1.0, 2.0, 2.0, 4.0, 4.0, 8.0]
    assert (ratio.low, ratio.high) == (2.0 / 2.0, 8.0 / 1.0)


def test_figures_of_two_units_neither_divide_nor_subtract() -> None:
    mebibytes, kibibytes = figure(1.0, unit="MiB"), figure(1.0, unit="KiB")
    with pytest.raises(ValueError, match="KiB"):
        mebibytes / kibibytes
    with pytest.raises(ValueError, match="KiB"):
        mebibytes - kibibytes


def test_a_result_of_two_instruments_names_both() -> None:
    one, other = figure(1.0, instrument="scale"), figure(1.0, instrument="ruler")
    assert (one / other).instrument == "scale, and ruler"
    assert (one / one).instrument == "scale"


def test_the_plain_values_are_the_whole_measurement() -> None:
    one = figure(1.0, 2.0)
    plain = one.as_json()
    values = plain["values"]
    assert isinstance(values, list)
    again = Measurement(
        str(plain["name"]), str(plain["unit"]), tuple(values), str(plain["instrument"])
    )
    assert again == one


def test_a_figure_made_of_others_comes_from_the_experiments_of_all_of_them() -> None:
    one = replace(figure(6.0), runs=("list",))
    other = replace(figure(3.0), runs=("dict",))
    assert (one / other).runs == ("list", "dict")
    assert (other - one).runs == ("dict", "list")
    assert (one / other / (one / one)).runs == ("list", "dict")
    assert (one - one).runs == ("list",)
