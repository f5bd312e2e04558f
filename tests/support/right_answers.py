"""What a right answer of each kind of field looks like, worked out apart from the rules of the product.

Each tells whether an answer that was accepted may stand. Nothing here uses stdnum, datetime or `forms`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
TODAY = (2026, 11, 23)
CHOICES = ("here", "there", "nothing")
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def digits(text: str, least: int, most: int) -> bool:
    return least <= len(text) <= most and set(text) <= set("0123456789")


def real_day(year: int, month: int, day: int) -> bool:
    leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
    return 1 <= month <= 12 and 1 <= day <= MONTHS[month - 1] + (leap and month == 2)


def luhn(number: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right counts double, its two digits added."""
    total = 0
    for place, character in enumerate(reversed(number)):
        twice = int(character) * (1 + place % 2)
        total += twice // 10 + twice % 10
    return total % 10 == 0


def resident_id(number: str) -> bool:
    """GB 11643: the sum of each digit times its weight, and the check character of what is left by 11."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    if len(number) != 18 or not digits(number[:17], 17, 17) or number[:2] not in PROVINCES.split():
        return False
    born = int(number[6:10]), int(number[10:12]), int(number[12:14])
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return real_day(*born) and born <= TODAY and born[0] >= TODAY[0] - 130 and "10X98765432"[total % 11] == number[17]


def phone(number: str) -> bool:
    mobile = digits(number, 11, 11) and number[0] == "1" and number[1] in "3456789"
    landline = digits(number, 7, 12) and number[0] != "1"
    return number == "none" or mobile or landline


def day(text: str) -> bool:
    whole = len(text) == 10 and text[4] == text[7] == "-" and digits(text.replace("-", ""), 8, 8)
    return whole and real_day(int(text[:4]), int(text[5:7]), int(text[8:])) and "1900-01-31" <= text <= "2100-12-31"


def amount(text: str) -> bool:
    yuan, point, hundredths = text.partition(".")
    return digits(yuan, 1, 8) and point == "." and digits(hundredths, 2, 2)


def number(text: str) -> bool:
    return digits(text, 1, 4) and (text == "0" or text[0] != "0")


def seen(text: str) -> bool:
    """Nothing that cannot be seen, or that makes text look like another; one line."""
    return bool(text.strip()) and all(
        unicodedata.category(one)[0] != "C" or 0x20000 <= ord(one) <= 0x3347F for one in text
    ) and not set(text) & {"\n", "\u2028", "\u2029"}  # fmt: skip


def person_name(text: str) -> bool:
    letters = all(one.isalpha() or one in " ·'’.-〇" for one in text)
    return 2 <= len(text) <= 50 and letters and seen(text)


def multiple_choice(text: str) -> bool:
    chosen = text.split(" ")
    in_order = [one for one in CHOICES if one in chosen] == chosen
    return in_order and ("nothing" not in chosen or chosen == ["nothing"])


def disability_certificate(number: str) -> bool:
    return len(number) == 20 and resident_id(number[:18]) and number[18] in "1234567" and number[19] in "1234"


def signature(text: str) -> bool:
    """A mark, or lists of lists of two whole numbers within 60 x 20 cm, written without spaces."""
    if text == "mark":
        return True
    lines = re.fullmatch(r"\[(\[(\[\d+,\d+\],)*\[\d+,\d+\]\],)*\[(\[\d+,\d+\],)*\[\d+,\d+\]\]\]", text)
    places = [tuple(map(int, point)) for point in re.findall(r"(\d+),(\d+)", text)]
    return lines is not None and all(x <= 6000 and y <= 2000 for x, y in places) and len(places) <= 750


RIGHT: Mapping[str, Callable[[str], bool]] = {
    "address": lambda text: seen(text) and len(text) <= 20,
    "amount": amount,
    "bank_card": lambda text: digits(text, 16, 19),
    "choice": CHOICES.__contains__,
    "consent": "yes".__eq__,
    "date": day,
    "digits": lambda text: digits(text, 1, 20),
    "disability_certificate": disability_certificate,
    "half_day": CHOICES.__contains__,
    "material": CHOICES.__contains__,
    "multiple_choice": multiple_choice,
    "number": number,
    "person_name": person_name,
    "phone": phone,
    "receipt_number": lambda text: digits(text, 12, 12) and luhn(text),
    "resident_id": resident_id,
    "signature": signature,
    "text": lambda text: seen(text) and len(text) <= 20,
}
