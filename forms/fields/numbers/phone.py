"""A telephone number, of a mobile or a landline, or that there is none."""

import re

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import are_digits, in_groups, tidy, tidy_number
from forms.values.digit_counts import TOO_FEW, TOO_MANY, DigitCount

LONGEST = 12  # digits: of a landline with its area code
NONE = "none"
_WAYS_TO_SAY_NONE = {NONE, "没有电话", "没有", "无", "no phone"}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7}")
_LONG_AREA_CODE = re.compile("0[3-9]")  # of any but the largest cities


def is_phone(digits: str) -> bool:
    """Whether it is a whole number of a mobile or a landline."""
    return bool(_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits))


def _judge(text: str, asked: Asked) -> Verdict:
    if tidy(text).lower() in _WAYS_TO_SAY_NONE:
        return Verdict(NONE)
    value = re.sub(r"[()]", "", tidy_number(text))
    value = re.sub(r"^(\+86|0086)", "", value)
    if not are_digits(value):
        return Verdict(value, "phone_characters")
    if is_phone(value):
        return Verdict(value)
    return Verdict(value, _digits(value).problem(value) or "phone_unknown")


def _digits(text: str) -> DigitCount:
    """Of a mobile, else of a landline without or with its area code."""
    return DigitCount(11, 11) if text.startswith("1") else DigitCount(7, LONGEST)


def _grouped(text: str) -> str:
    return in_groups(text, (4, 4, 4) if _LONG_AREA_CODE.match(text) else (3, 4, 4))


KIND = FieldKind(
    judge=_judge,
    codes=("phone_characters", TOO_FEW, TOO_MANY, "phone_unknown"),
    digits=lambda text, field: _digits(text),
    none=NONE,
    visible=(3, 2),
    grouped=_grouped,
)
