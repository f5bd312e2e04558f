"""What of an answer may be said aloud: never an ID, card or phone number in full, nor a whole name."""

from kiosk.catalogue import Field
from kiosk.screens import Lang


def spoken_value(field: Field, value: str, lang: Lang) -> str:
    """A private answer as the loudspeaker may say it: how much is filled in, and the last two digits."""
    if field.type == "person_name":
        return "已经填好" if lang == "zh" else "filled in"
    digits = sum(character.isalnum() for character in value)
    last = " ".join(value[-2:])
    return f"已填写{digits}位，最后两位{last}" if lang == "zh" else f"{digits} digits, ending in {last}"
