"""The number on a receipt of this system: eleven digits and a Luhn check digit."""

from stdnum import luhn

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import are_digits, in_groups, tidy_number

_LENGTH = 12


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy_number(text)
    if not are_digits(value) or len(value) != _LENGTH:
        return Verdict(value, "receipt_number_length")
    return Verdict(value, None if luhn.is_valid(value) else "receipt_number_check")


KIND = FieldKind(
    judge=_judge,
    codes=("receipt_number_length", "receipt_number_check"),
    longest=_LENGTH,
    grouped=lambda text: in_groups(text, (4, 4, 4)),
    wrong_example="4000",
)
