"""Any other number, such as the last four digits of something; `min_length` and `max_length` bound it.

With `last_of`, a kind of number such as phone, who gives a whole number of that kind gives its last digits.
"""

import re

from forms.field import Asked, Field, FieldKind, Verdict, kinds
from forms.values.characters import are_digits, in_groups, tidy
from forms.values.digit_counts import TOO_FEW, TOO_MANY, DigitCount


def _judge(text: str, asked: Asked) -> Verdict:
    value = re.sub(r"\s", "", tidy(text))  # a hyphen stays wrong: 12-3 is no 123
    if not are_digits(value):
        return Verdict(value, "digits_characters")
    field = asked.field
    if field.last_of and len(value) > field.max_length:
        whole = kinds()[field.last_of].judge(value, asked)
        return Verdict(value, "not_last_digits") if whole.error else Verdict(whole.value[-field.max_length :])
    return Verdict(value, _digits(value, field).problem(value))


def _digits(text: str, field: Field) -> DigitCount:
    whole = kinds()[field.last_of].digits if field.last_of and len(text) > field.max_length else None
    return DigitCount(field.min_length, whole(text, field).most if whole else field.max_length)


def _wrong_settings(field: Field) -> str | None:
    if field.last_of and not kinds()[field.last_of].digits:
        return f"last_of is a kind of number, which {field.last_of} is not"
    return None


KIND = FieldKind(
    judge=_judge,
    codes=("digits_characters", TOO_FEW, TOO_MANY, "not_last_digits"),
    settings=("last_of", "pattern", "pattern_message"),
    wrong_settings=_wrong_settings,
    digits=_digits,
    grouped=lambda text: in_groups(text, (4,) * (len(text) // 4)),
)
