"""What of an answer may be said aloud: never an ID, card or phone number in full, nor a whole name."""

from kiosk.catalogue import Field
from kiosk.screens import Lang

_LONG = 8  # of a shorter number the last two digits would say too much


def spoken_value(field: Field, value: str, lang: Lang) -> str:
    """A private answer as the loudspeaker may say it: how much is filled in, of a long one the last two."""
    if field.type == "person_name":
        return "已经填好" if lang == "zh" else "filled in"
    digits = sum(character.isalnum() for character in value)
    if digits < _LONG:
        return f"已填写{digits}位" if lang == "zh" else f"{digits} digits"
    last = " ".join(value[-2:])
    return f"已填写{digits}位，最后两位{last}" if lang == "zh" else f"{digits} digits, ending in {last}"
