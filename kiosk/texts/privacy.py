"""What of an answer may be said aloud: never an ID, card or phone number in full, nor a whole name."""

import re

from forms import Field, mask
from forms.values.days import day_in_words, month_and_day
from kiosk.state.look import Look
from kiosk.texts.languages import Lang

_LONG = 8  # of a shorter number the last two digits would say too much


_GROUP = 4  # digits that may be said of a long number at a time


def spoken_value(field: Field, value: str, lang: Lang) -> str:
    """A private answer as the loudspeaker may say it: how much is filled in, of a long one the last two."""
    done = "已经填好" if lang == "zh" else "filled in"
    if field.type in ("person_name", "address", "amount"):
        return done
    if field.type == "date":
        return f"{done}{'，' if lang == 'zh' else ', '}{month_and_day(value, lang)}"
    digits = sum(character.isalnum() for character in value)
    if digits < _LONG:
        return f"已填写{digits}位" if lang == "zh" else f"{digits} digits"
    last = " ".join(value[-2:])
    return f"已填写{digits}位，最后两位{last}" if lang == "zh" else f"{digits} digits, ending in {last}"


def said_of(field: Field, value: str, shown: str, look: Look) -> str:
    """A private answer as it may be said to whoever hears it now."""
    return in_full(shown) if look.headset else spoken_value(field, value, look.lang)


def in_full(shown: str) -> str:
    """For the one who wears the headset: long numbers digit by digit."""
    return re.sub(r"\d[\d ]{4,}[\dX]", lambda number: " ".join(number.group().replace(" ", "")), shown)


def read_back(field: Field, dictated: str, lang: Lang) -> str:
    """What was just dictated, as it may be said back: a group of a long number, but never a whole private answer."""
    public = mask(field, dictated) == dictated
    if field.type == "date":
        return day_in_words(dictated, lang) if public else month_and_day(dictated, lang)
    if field.type == "amount":
        return f"{dictated.removesuffix('.00')}{'元' if lang == 'zh' else ' yuan'}" if public else ""
    long = field.type != "address" and (field.type != "digits" or field.max_length >= _LONG)
    if public or (long and len(dictated) <= _GROUP):
        return " ".join(dictated)
    return f"{len(dictated)}位" if lang == "zh" else f"{len(dictated)} digits"
