"""A whole number that is counted or compared, such as the people of a household; `min` and `max` bound it."""

import re
from decimal import Decimal

from forms.field import Asked, Field, FieldKind, Verdict, as_text
from forms.values.characters import are_digits, tidy
from forms.values.counts import read_count

_LEAST, _MOST = "0", "9999"
_LONGEST = 9  # digits


def _judge(text: str, asked: Asked) -> Verdict:
    unit = asked.field.unit
    for one in (unit.zh, unit.en) if unit else ("",):
        if (count := read_count(text, one)) is not None:
            break
    else:
        return Verdict(tidy(text), "number_unclear")
    bounds = _bounds(asked.field)
    return Verdict(str(count), None if int(bounds["min"]) <= count <= int(bounds["max"]) else "number_range")


def _bounds(field: Field, lang: str = "") -> dict[str, str]:
    return {"min": field.least or _LEAST, "max": field.most or _MOST}


def _read(raw: object) -> str | None:
    if isinstance(raw, float):
        return f"{raw:.0f}" if raw.is_integer() else repr(raw)
    return as_text(raw)


def _wrong_settings(field: Field) -> str | None:
    for name, bound in (("min", field.least), ("max", field.most)):
        if bound is not None and not (are_digits(bound) and len(bound) <= _LONGEST):
            return f"its {name} {bound!r} is no number: write a whole number such as 1"
    bounds = _bounds(field)
    return "its max is less than the least number" if int(bounds["min"]) > int(bounds["max"]) else None


def _in_words(field: Field, value: str, lang: str) -> str:
    return f"{value} {field.unit.written(lang)}" if field.unit and value else value


KIND = FieldKind(
    judge=_judge,
    codes=("number_unclear", "number_range"),
    read=_read,
    settings=("min", "max", "unit"),
    wrong_settings=_wrong_settings,
    longest=_LONGEST,
    may_begin=lambda text: bool(re.fullmatch("[0-9]*", text)),
    bounds=_bounds,
    in_words=_in_words,
    value=lambda text: Decimal(text) if are_digits(text) else None,
)
