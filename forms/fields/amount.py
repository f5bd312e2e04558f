"""An amount of money in yuan, kept with two decimals; `min` and `max` bound it."""

import re
from decimal import Decimal, InvalidOperation

from forms.field import Asked, Field, FieldKind, Verdict, as_text
from forms.values.amounts import amount_in_words, read_amount
from forms.values.characters import tidy

_LEAST, _MOST = "0", "99999999.99"  # yuan
_BEGINNING = re.compile(r"[0-9]{0,8}(\.[0-9]{0,2})?")


def _judge(text: str, asked: Asked) -> Verdict:
    amount = read_amount(text)
    if amount is None:
        return Verdict(tidy(text), "amount_unclear")
    bounds = _bounds(asked.field)
    return Verdict(str(amount), None if Decimal(bounds["min"]) <= amount <= Decimal(bounds["max"]) else "amount_range")


def _bounds(field: Field, lang: str = "") -> dict[str, str]:
    return {"min": field.least or _LEAST, "max": field.most or _MOST}


def _read(raw: object) -> str | None:
    return repr(raw) if isinstance(raw, float) else as_text(raw)


def _wrong_settings(field: Field) -> str | None:
    for name, bound in (("min", field.least), ("max", field.most)):
        if bound is not None and not _is_amount(bound):
            return f"its {name} {bound!r} is no amount: write yuan such as 1500"
    bounds = _bounds(field)
    return "its max is less than the least amount" if Decimal(bounds["min"]) > Decimal(bounds["max"]) else None


def _is_amount(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


KIND = FieldKind(
    judge=_judge,
    codes=("amount_unclear", "amount_range"),
    read=_read,
    settings=("min", "max", "told_by"),
    wrong_settings=_wrong_settings,
    longest=len(_MOST),
    may_begin=lambda text: bool(_BEGINNING.fullmatch(text)),
    bounds=_bounds,
    value=read_amount,
    in_words=lambda field, value, lang: amount_in_words(Decimal(value), lang),
)
