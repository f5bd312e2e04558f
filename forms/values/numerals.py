"""Chinese numerals, as they are said and as they are written: digits in a row (一九四五) and numbers (三千五百二十)."""

import re
from decimal import Decimal

_ALSO = ("零〇○洞", "一幺壹", "二两俩贰", "三仨叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
ROW = {character: str(digit) for digit, characters in enumerate(_ALSO) for character in characters}
# 廿 and 卅 are twenty and thirty in one word; bank forms have characters that cannot be forged.
_PLAIN = str.maketrans(
    {"廿": "二十", "卅": "三十", "俩": "两", "仨": "三", "拾": "十", "佰": "百", "仟": "千", "萬": "万", "〇": "零"}
    | dict(zip("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九", strict=True))
)
_UNITS = {"亿": 100_000_000, "万": 10_000, "千": 1000, "百": 100, "十": 10}
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_LONGEST = 30  # characters: longer ones are no number that anybody means


def row(text: str) -> str | None:
    """Digits said one by one ("一九四五", "1945") as digits; None when anything else is among them."""
    digits = "".join(ROW.get(character, character) for character in text)
    return digits if digits.isascii() and digits.isdecimal() else None


def number(text: str) -> Decimal | None:
    """A whole number as it is said: 三千五百, 两万零五十, 三千五 (3500), 1万2, 1.5万, 廿三. None when it is none."""
    plain = text.translate(_PLAIN)
    if not plain or len(plain) > _LONGEST:
        return None
    value = _below(plain, 10**12)
    return value if value is not None and value == value.to_integral_value() else None


def _below(text: str, limit: int) -> Decimal | None:
    """A number smaller than `limit`."""
    for character, unit in _UNITS.items():
        head, found, tail = text.partition(character)
        if found:
            many = Decimal(1) if unit == 10 and not head else _below(head, limit // unit if unit < 10_000 else 10_000)
            rest = _after(tail, unit)
            if many is None or rest is None or many < 1 or (unit < 10_000 and many > 9):
                return None
            value = many * unit + rest
            return value if value < limit else None
    if text in _DIGITS:
        return Decimal(_DIGITS[text])
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        value = Decimal(text)
        return value if value < limit else None
    return None


def _after(tail: str, unit: int) -> Decimal | None:
    """What follows a unit: nothing, a number after 零, a number with units of its own, or a lone digit (三千五)."""
    if not tail:
        return Decimal(0)
    if tail.startswith("零"):
        return _below(tail[1:], unit) if len(tail) > 1 and tail[1] != "零" else None
    if len(tail) == 1 and tail in _DIGITS | dict.fromkeys("123456789"):
        return Decimal(_DIGITS.get(tail, tail)) * unit / 10
    return _below(tail, unit)
