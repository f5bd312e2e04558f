"""The 18 characters of an ID card. Every number here is made up."""

from datetime import date

import pytest
from stdnum.iso7064 import mod_11_2

from forms.values.resident_id import birth_date, full_months_between, problem

TODAY = date(2026, 11, 23)
RIGHT = "11010519491231002X"


def number(region: str = "110105", born: str = "19491231", sequence: str = "002") -> str:
    body = region + born + sequence
    return body + mod_11_2.calc_check_digit(body)


def test_a_right_number() -> None:
    assert problem(RIGHT, TODAY) is None
    assert number() == RIGHT
    assert birth_date(RIGHT) == date(1949, 12, 31)


@pytest.mark.parametrize("wrong", [f"{RIGHT[:17]}{last}" for last in "0123456789"])
def test_a_wrong_check_digit(wrong: str) -> None:
    assert problem(wrong, TODAY) == "resident_id_check_digit"


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_always_noticed(place: int) -> None:
    for digit in "0123456789":
        changed = RIGHT[:place] + digit + RIGHT[place + 1 :]
        assert (problem(changed, TODAY) is None) == (changed == RIGHT)


@pytest.mark.parametrize("place", range(16))
def test_two_swapped_digits_are_noticed(place: int) -> None:
    swapped = RIGHT[:place] + RIGHT[place + 1] + RIGHT[place] + RIGHT[place + 2 :]
    assert (problem(swapped, TODAY) is None) == (swapped == RIGHT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "too_few_digits"),
        (RIGHT[:17], "too_few_digits"),
        (RIGHT + "1", "too_many_digits"),
        ("110105491231002", "resident_id_old"),
        ("X" + RIGHT[1:], "resident_id_characters"),
        (RIGHT[:17] + "Y", "resident_id_characters"),
        ("王" + RIGHT[1:], "resident_id_characters"),
        ("١" + RIGHT[1:], "resident_id_characters"),  # an Arabic 1 is a digit to Python and to nobody else here
    ],
)
def test_lengths_and_characters(text: str, code: str) -> None:
    assert problem(text, TODAY) == code


@pytest.mark.parametrize("region", ["110105", "650102", "540102", "710000", "810000", "820000", "830000"])
def test_every_province_and_the_residence_permits_of_hong_kong_macau_and_taiwan(region: str) -> None:
    assert problem(number(region), TODAY) is None


@pytest.mark.parametrize("region", ["000000", "160000", "240000", "380000", "470000", "550000", "840000", "910000"])
def test_regions_that_are_none(region: str) -> None:
    assert problem(number(region), TODAY) == "resident_id_region"


def test_counties_that_are_gone_are_fine() -> None:
    assert problem(number("110199"), TODAY) is None


@pytest.mark.parametrize(
    "born", ["19490230", "19491301", "19490001", "19490100", "19000229", "00000101", "20261124", "18951123", "21000101"]
)
def test_days_that_cannot_be(born: str) -> None:
    assert problem(number(born=born), TODAY) == "resident_id_birth_date"


@pytest.mark.parametrize("born", ["19480229", "20000229", "20261123", "18961123"])
def test_days_that_can_be(born: str) -> None:
    assert problem(number(born=born), TODAY) is None


@pytest.mark.parametrize(
    ("born", "today", "months"),
    [
        (date(1946, 11, 23), date(2026, 11, 22), 959),
        (date(1946, 11, 23), date(2026, 11, 23), 960),
        (date(1948, 2, 29), date(2028, 2, 28), 959),
        (date(1948, 2, 29), date(2028, 2, 29), 960),
        (date(1948, 2, 29), date(2029, 2, 28), 971),  # the day after, as the law counts
        (date(1948, 2, 29), date(2029, 3, 1), 972),
        (date(1946, 12, 31), date(2026, 11, 30), 958),
        (date(1946, 12, 31), date(2026, 12, 1), 959),
    ],
)
def test_full_months(born: date, today: date, months: int) -> None:
    assert full_months_between(born, today) == months
