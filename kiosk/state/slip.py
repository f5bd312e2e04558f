"""Slips: what a visitor takes home to go on another day. A slip holds the only key to what they filled in."""

import secrets
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass, field
from datetime import date
from re import fullmatch
from typing import Literal

from stdnum import luhn

from forms import Field, Text
from forms.values.digit_counts import DigitCount

CODE_DIGITS = 16  # fifteen that chance chose and a check digit: docs/decisions/save-and-return.md
CODE_COUNT = DigitCount(CODE_DIGITS, CODE_DIGITS)
CODE = Field(  # what the entry that takes its digits has to know
    id="slip_code",
    type="digits",
    tier="L3",
    label=Text(zh="号码", en="number"),
    question=Text(zh="号码是多少？", en="What is the number?"),
    example="1234567890123452",
    min_length=CODE_DIGITS,
    max_length=CODE_DIGITS,
)
_QR = r"YLS1\W?([A-Z2-7]{52})"


@dataclass(frozen=True)
class Slip:
    """The key as a QR code for scanners, and digits for people; good until the end of that day."""

    key: bytes = field(repr=False)
    code: str = field(repr=False)
    until: date

    @property
    def qr(self) -> str:
        return f"YLS1:{b32encode(self.key).decode().rstrip('=')}"


class SlipError(Exception):
    """Nothing can be taken up with this; `reason` is the last part of a `come_back.*` text key."""

    def __init__(self, reason: Literal["unknown", "wait", "failed"]) -> None:
        super().__init__(reason)
        self.reason = reason


def new_code() -> str:
    """Digits that nobody can guess, the last a Luhn check digit."""
    body = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS - 1))
    return body + luhn.calc_check_digit(body)


def is_code(digits: str) -> bool:
    """Whether the check digit is right: a typing mistake is found before it counts as a try."""
    return len(digits) == CODE_DIGITS and luhn.is_valid(digits)


def in_fours(digits: str) -> str:
    """1234 5678 9012 3452: how people read and copy them."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def key_in(scanned: str) -> bytes | None:
    """The key in the text of a slip's QR code; None when it is none."""
    found = fullmatch(_QR, scanned.strip().upper())
    try:
        return b32decode(found[1] + "====") if found else None
    except NotBase32:
        return None
