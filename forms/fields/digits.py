"""Any other number, such as the last four digits of something; `min_length` and `max_length` bound it."""

import re

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import are_digits, tidy


def _judge(text: str, asked: Asked) -> Verdict:
    value = re.sub(r"\s", "", tidy(text))  # a hyphen stays wrong: 12-3 is no 123
    if not are_digits(value):
        return Verdict(value, "digits_characters")
    fits = asked.field.min_length <= len(value) <= asked.field.max_length
    return Verdict(value, None if fits else "digits_length")


KIND = FieldKind(judge=_judge, codes=("digits_characters", "digits_length"))
