"""The 18-digit resident identity number, GB 11643: region (6), birth date (8), sequence (3), check digit."""

from datetime import date

from stdnum.iso7064 import mod_11_2

from forms.values.characters import are_digits
from forms.values.digit_counts import DigitCount

DIGITS = DigitCount(18, 18)  # the last may be an X
_PROVINCE_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
PROVINCES = frozenset(str(code) for first, last in _PROVINCE_RANGES for code in range(first, last + 1))


def birth_date(number: str) -> date | None:
    """The birth date inside a number of 18 characters, None when there is no such day."""
    if len(number) != 18 or not are_digits(number[:17]):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def problem(number: str, today: date) -> str | None:
    """What is wrong with a number of digits and a final digit or X, as an error code; None when nothing is.

    County codes are not looked up: old people carry numbers of counties that are gone.
    """
    if wrong := DIGITS.problem(number):
        return "resident_id_old" if len(number) == 15 else wrong
    if not are_digits(number[:17]) or number[17] not in "0123456789X":
        return "resident_id_characters"
    if number[:2] not in PROVINCES:
        return "resident_id_region"
    born = birth_date(number)
    if born is None or born > today or today.year - born.year > 130:
        return "resident_id_birth_date"
    return None if mod_11_2.is_valid(number) else "resident_id_check_digit"


def full_months_between(born: date, today: date) -> int:
    """Full months from one day to another."""
    return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
