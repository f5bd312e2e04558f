"""What of an answer may be said aloud: never an ID, card or phone number in full, nor a whole name."""

import re

from forms import Field, mask
from kiosk.texts.languages import Lang

LONG = 8  # digits; the last two of a shorter number would say too much
_GROUP = 4  # digits that may be said of a long number at a time


def is_public(field: Field, value: str) -> bool:
    return mask(field, value) == value


def filled_in(value: str, lang: Lang) -> str:
    """That there is an answer, and nothing of it."""
    return "已经填好" if lang == "zh" else "filled in"


def last_two(value: str, lang: Lang) -> str:
    """How many digits a number has and, when it is long, the last two."""
    digits = sum(character.isalnum() for character in value)
    if digits < LONG:
        return f"已填写{digits}位" if lang == "zh" else f"{digits} digits"
    last = " ".join(value[-2:])
    return f"已填写{digits}位，最后两位{last}" if lang == "zh" else f"{digits} digits, ending in {last}"


def group_back(field: Field, dictated: str, lang: Lang) -> str:
    """The digits that were just dictated, when they are few or public; else how many they are."""
    if is_public(field, dictated) or len(dictated) <= _GROUP:
        return " ".join(dictated)
    return count_back(field, dictated, lang)


def count_back(field: Field, dictated: str, lang: Lang) -> str:
    """How many digits were just dictated; those themselves when the answer is public."""
    if is_public(field, dictated):
        return " ".join(dictated)
    return f"{len(dictated)}位" if lang == "zh" else f"{len(dictated)} digits"


def in_full(shown: str) -> str:
    """For the one who wears the headset: long numbers digit by digit."""
    return re.sub(r"\d[\d ]{4,}[\dX]", lambda number: " ".join(number.group().replace(" ", "")), shown)
