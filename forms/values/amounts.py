"""Amounts of money as people write and say them, in yuan."""

import re
import unicodedata
from decimal import Decimal

from forms.values import numerals

_WRITTEN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{0,2})?")
_PARTS = re.compile(
    r"(?:(?P<yuan>[^块元圆]+)[块元圆])?(?:(?P<jiao>[^毛角]+)[毛角])?(?:(?P<fen>[^分]+)分)?(?P<rest>.+)?"
)
_LEAST_ROW = 3  # 七八块 is “some seven or eight yuan”, 三五零零 a number read out


def read_amount(text: str) -> Decimal | None:
    """Yuan with two decimals: 3,500.00, ￥35.5, 三千五, 两万零五十块六毛, 1万2, 三块五, 三点五元; None when it is no
    amount or not a certain one (五百多, 七八块)."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^(人民币|rmb|cny|[¥￥])", "", plain.lower())
    plain = re.sub(r"(人民币|rmb|yuan|cny)$", "元", plain).replace("块钱", "块").removesuffix("钱")
    plain = re.sub(r"(?<=[块元圆毛角分])[整正]$", "", plain)
    if len(plain) > 40 or not plain:
        return None
    if _WRITTEN.fullmatch(plain.removesuffix("元")):
        return _two_decimals(Decimal(plain.removesuffix("元").replace(",", "")))
    return _said(plain)


def amount_in_words(amount: Decimal, lang: str) -> str:
    """3,500元, 35.50 yuan."""
    exact = amount.quantize(Decimal("0.01"))
    number = f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,}"
    return f"{number}元" if lang == "zh" else f"{number} yuan"


def _said(text: str) -> Decimal | None:
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    total, unit = Decimal(0), Decimal(10)  # of the last part said
    for name, size in (("yuan", Decimal(1)), ("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        if parts[name] is not None:
            said = parts[name].removeprefix("零") if unit < 10 else parts[name]
            value = _number(said, with_half=size == 1)
            if value is None or (size < 1 and value > 9):
                return None
            total, unit = total + value * size, size
    rest = parts["rest"]
    if rest is None:
        return _two_decimals(total)
    if unit == 10:
        value = _number(rest, with_half=False)
        return None if value is None else _two_decimals(value)
    if rest == "半":
        return _two_decimals(total + unit / 2)
    digit = numerals.row(rest)
    if digit is None or not (len(digit) == 1 or (len(digit) == 2 and unit == 1)) or unit < Decimal("0.1"):
        return None
    return _two_decimals(total + int(digit) * unit / 10 ** len(digit))


def _number(text: str, with_half: bool) -> Decimal | None:
    """The number before a unit: 两万零五十, 三五零零, 三点五, 两块半's 两; 一块半 is said with `rest`."""
    if with_half and text == "半":
        return Decimal("0.5")
    digits = numerals.row(text)
    if digits and (len(digits) == 1 or len(digits) >= _LEAST_ROW or text.isascii()):
        return Decimal(digits)
    whole, point, behind = text.partition("点")
    if point:
        before, decimals = _number(whole, with_half=False), numerals.row(behind)
        if before is None or decimals is None or len(decimals) > 2 or before != int(before):
            return None
        return before + Decimal(f"0.{decimals}")
    return numerals.number(text)


def _two_decimals(value: Decimal) -> Decimal | None:
    exact = value.quantize(Decimal("0.01")) if value < 10**12 else None
    return exact if exact == value else None
