"""Where somebody lives, or a part of it such as the house number; `keys` are words with keys of their own."""

import re

from forms.field import Asked, Field, FieldKind, Verdict
from forms.values.characters import HAN, LATIN, tidy

MOST_KEYS = 8  # beside the digits
# Something that can be found, and what stands between: 幸福路18号-2, 3号楼2单元501, Room 5.
_ADDRESS = re.compile(rf"(?=.*(?:{HAN}|[A-Za-z0-9]))(?:{HAN}|{LATIN}|[0-9 ,.·、,()#/-])+")


def _judge(text: str, asked: Asked) -> Verdict:
    value = re.sub(r"\s+", " ", tidy(text))
    value = re.sub(rf"(?<={HAN}) | (?={HAN})", "", value)
    if not _ADDRESS.fullmatch(value):
        return Verdict(value, "address_characters")
    fits = asked.field.min_length <= len(value) <= asked.field.max_length
    return Verdict(value, None if fits else "address_length")


def wrong_keys(field: Field) -> str | None:
    """What is wrong with the words that have keys of their own."""
    if len(field.keys) > MOST_KEYS or len(set(field.keys)) < len(field.keys):
        return f"it may have {MOST_KEYS} different keys"
    return None


KIND = FieldKind(
    judge=_judge,
    codes=("address_characters", "address_length"),
    settings=("keys",),
    wrong_settings=wrong_keys,
)
