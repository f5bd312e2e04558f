"""Whole numbers of things, as people write and say them."""

import re

from forms.values import numerals
from forms.values.characters import are_digits, tidy

_WRITTEN = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})")
# What is said behind a number: 三个, 三口人, 六个月.
_MEASURE = re.compile(r"(?:个|口|位|名|间|套|辆|头|只|亩|岁|天|次|年|张|份|户)?(?:人|月|孩子|老人|平方米|平米)?$")
_LEAST_ROW = 3  # 七八个 is “some seven or eight”, 一零五 a number read out


def read_count(text: str, unit: str = "") -> int | None:
    """A whole number: 3, 1,200, 三, 十二, 三口人, 一零五, `unit` behind it too.

    None when it is none, or not a certain one (七八个, 十来个).
    """
    plain = re.sub(r"\s", "", tidy(text)).lower()
    if len(plain) > 40:
        return None
    for one in (plain, plain.removesuffix(re.sub(r"\s", "", tidy(unit)).lower()), _MEASURE.sub("", plain)):
        if (found := _read(one)) is not None:
            return found
    return None


def _read(plain: str) -> int | None:
    if _WRITTEN.fullmatch(plain):
        return int(plain.replace(",", ""))
    row = numerals.row(plain)
    if row and not are_digits(plain) and len(row) >= _LEAST_ROW and not row.startswith("0"):
        return int(row)
    said = numerals.number(plain)
    return None if said is None else int(said)
