"""The number on a receipt of this system: eleven digits and a Luhn check digit."""

from stdnum import luhn

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import are_digits, in_groups, tidy_number
from forms.values.digit_counts import TOO_FEW, TOO_MANY, DigitCount

_DIGITS = DigitCount(12, 12)


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy_number(text)
    if not are_digits(value):
        return Verdict(value, "digits_characters")
    if problem := _DIGITS.problem(value):
        return Verdict(value, problem)
    return Verdict(value, None if luhn.is_valid(value) else "receipt_number_check")


KIND = FieldKind(
    judge=_judge,
    codes=("digits_characters", TOO_FEW, TOO_MANY, "receipt_number_check"),
    digits=lambda text, field: _DIGITS,
    grouped=lambda text: in_groups(text, (4, 4, 4)),
    wrong_example="4000",
)
