"""The number of a disability certificate: an ID number, then a digit for the kind of disability and one for the grade.

The kinds are 1 sight, 2 hearing, 3 speech, 4 body, 5 mind, 6 mental health, 7 several; grade 1 is the heaviest of four.
"""

import re

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import in_groups, tidy_number
from forms.values.digit_counts import TOO_FEW, TOO_MANY, DigitCount
from forms.values.resident_id import problem

_DIGITS = DigitCount(20, 20)
_ID_NUMBER = 18  # of these characters


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy_number(text)
    if wrong_length := _DIGITS.problem(value):
        return Verdict(value, wrong_length)
    if not re.fullmatch("[0-9]{17}[0-9X][0-9]{2}", value):
        return Verdict(value, "certificate_characters")
    if not re.fullmatch("[1-7][1-4]", value[_ID_NUMBER:]):
        return Verdict(value, "certificate_ending")
    return Verdict(value, problem(value[:_ID_NUMBER], asked.today))


KIND = FieldKind(
    judge=_judge,
    codes=(
        TOO_FEW,
        TOO_MANY,
        "certificate_characters",
        "certificate_ending",
        "resident_id_region",
        "resident_id_birth_date",
        "resident_id_check_digit",
    ),
    digits=lambda text, field: _DIGITS,
    visible=(1, 2),
    grouped=lambda text: in_groups(text, (6, 8, 4, 2)),
    hides_example=True,
    wrong_example="11010519491231002X92",
)
