"""The rows of the classic tutorial are the same on every run, version and machine."""

from __future__ import annotations

import hashlib
import random
import re

import pytest
from processes import run_code

from measured.rows import GENEROUS_ROW_SIZE, make_rows

#: Of the first thousand rows; the same on CPython 3.11, 3.12 and 3.13.
DIGEST_OF_THE_FIRST_THOUSAND = "83a33078758853e948525c49f493fa686b1d072be49668ff5343d9af47a89d9e"


def test_a_row_is_a_float_a_string_and_an_integer() -> None:
    for number, letters, bits in make_rows(1000):
        assert type(number) is float
        assert 0 <= number < 1
        assert re.fullmatch("[A-Z]{20}", letters)
        assert type(bits) is int
        assert 0 <= bits < 2**64


def test_the_integers_use_all_of_their_64_bits() -> None:
    assert max(bits for _, _, bits in make_rows(1000)).bit_length() == 64


def test_every_letter_occurs() -> None:
    assert len(set("".join(letters for _, letters, _ in make_rows(1000)))) == 26


@pytest.mark.parametrize("count", [0, 1, 7])
def test_there_are_as_many_rows_as_asked_for(count: int) -> None:
    assert len(make_rows(count)) == count


def test_the_same_seed_gives_the_same_rows() -> None:
    assert make_rows(100) == make_rows(100)
    assert make_rows(100, seed=1) == make_rows(100, seed=1)


def test_another_seed_gives_other_rows() -> None:
    assert make_rows(100, seed=1) != make_rows(100, seed=2)


def test_a_shorter_list_is_the_beginning_of_a_longer_one() -> None:
    assert make_rows(100) == make_rows(200)[:100]


def test_making_rows_leaves_the_shared_generator_alone() -> None:
    random.seed(1)
    expected = random.random()
    random.seed(1)
    make_rows(10)
    assert random.random() == expected


def test_every_version_of_python_makes_the_same_rows() -> None:
    digest = hashlib.sha256(repr(make_rows(1000)).encode()).hexdigest()
    assert digest == DIGEST_OF_THE_FIRST_THOUSAND


def test_a_row_takes_no_more_than_the_size_that_is_refused_in_time() -> None:
    code = """
from measured import memory, rows
with memory.watch() as step:
    made = rows.make_rows(200_000)
print(step.peak * 2**20 / 200_000)
"""
    taken = float(run_code(code).stdout)
    assert GENEROUS_ROW_SIZE / 2 < taken < GENEROUS_ROW_SIZE
