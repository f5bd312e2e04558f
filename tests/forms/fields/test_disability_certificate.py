"""The twenty characters of a disability certificate, each rule at its edge."""

from datetime import date

import pytest
from field_support import field

from forms.rules import judge

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "value", "error"),
    [
        ("11010519491231002X42", "11010519491231002X42", None),
        ("110105 19491231 002x 11", "11010519491231002X11", None),
        ("11010519491231002X74", "11010519491231002X74", None),
        ("11010519491231002X02", None, "certificate_ending"),
        ("11010519491231002X82", None, "certificate_ending"),
        ("11010519491231002X40", None, "certificate_ending"),
        ("11010519491231002X45", None, "certificate_ending"),
        ("11010519491231002X4", None, "too_few_digits"),
        ("11010519491231002X421", None, "too_many_digits"),
        ("1101051949123100X242", None, "certificate_characters"),
        ("11010519491231002X4X", None, "certificate_characters"),
        ("１１010519491231002X42", "11010519491231002X42", None),
        ("11010519491231003X42", None, "resident_id_check_digit"),
        ("99010519491231002X42", None, "resident_id_region"),
        ("11010519491331002X42", None, "resident_id_birth_date"),
    ],
)
def test_a_certificate_is_an_id_number_then_kind_and_grade(text: str, value: str | None, error: str | None) -> None:
    verdict = judge(field("disability_certificate"), text, [], TODAY)
    assert verdict.error == error
    assert value is None or verdict.value == value
