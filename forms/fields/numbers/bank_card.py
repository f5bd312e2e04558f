"""The number of a bank card, or of a passbook."""

from stdnum import luhn

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import are_digits, in_groups, tidy_number
from forms.values.digit_counts import TOO_FEW, TOO_MANY, DigitCount

_DIGITS = DigitCount(16, 19)


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy_number(text)
    if not are_digits(value):
        return Verdict(value, "bank_card_characters")
    if problem := _DIGITS.problem(value):
        return Verdict(value, problem)
    # A passbook number fails Luhn too, so this is only worth a second look.
    return Verdict(value, warning=None if luhn.is_valid(value) else "bank_card_check")


KIND = FieldKind(
    judge=_judge,
    codes=("bank_card_characters", TOO_FEW, TOO_MANY, "bank_card_check"),
    digits=lambda text, field: _DIGITS,
    visible=(0, 4),
    grouped=lambda text: in_groups(text, (4, 4, 4, 4, 3)),
    hides_example=True,
    wrong_example="6222",
)
