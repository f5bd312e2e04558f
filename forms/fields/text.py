"""A few words in one line, such as a landlord's name or a reason. Nothing of what they say is judged."""

import re
import unicodedata

from forms.field import Asked, Field, FieldKind, Verdict
from forms.fields.address import wrong_keys
from forms.values.characters import HAN

_LONGEST = 100  # characters, of any text
# Control and format characters (with which a text can look like another), halves, private ones and such as are none.
_NEVER = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _judge(text: str, asked: Asked) -> Verdict:
    value = re.sub(r"[ \u3000\u00a0]+", " ", text.strip())
    if not len(value) <= _LONGEST:
        return Verdict(value, "text_length")
    value = unicodedata.normalize("NFC", value)
    if not all(_may_stand(one) for one in value):
        return Verdict(value, "text_characters")
    fits = asked.field.min_length <= len(value) <= asked.field.max_length
    return Verdict(value, None if fits else "text_length")


def _may_stand(character: str) -> bool:
    return unicodedata.category(character) not in _NEVER or bool(re.fullmatch(HAN, character))


def _wrong_settings(field: Field) -> str | None:
    if not 1 <= field.min_length <= field.max_length <= _LONGEST:
        return f"it may have 1 to {_LONGEST} characters, the least first"
    return wrong_keys(field)


KIND = FieldKind(
    judge=_judge,
    codes=("text_characters", "text_length"),
    settings=("keys", "pattern", "pattern_message"),
    wrong_settings=_wrong_settings,
    bounds=lambda field, lang: {"min": str(field.min_length), "max": str(field.max_length)},
)
