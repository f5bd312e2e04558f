"""The name of a person, in Han characters or Latin letters."""

import re

from forms.field import Asked, FieldKind, Verdict, as_text
from forms.values.characters import HAN, LATIN, tidy

# Han characters joined by the dot of Uyghur, Tibetan and other names; or a name in Latin letters.
_NAME = re.compile(rf"{HAN}+(·{HAN}+)*|{LATIN}+([ '’.-]+{LATIN}+)*")
_FEWEST, _MOST = 2, 50  # characters
_BETWEEN_NAMES = re.compile("[、，,;；]")
# It may be one name all the same, so it is taken, and a person looks.
_LIKE_TWO = re.compile(rf"{HAN}{{2,}}[和与及跟]{HAN}{{2,}}|.+ and .+", re.IGNORECASE)


def _judge(text: str, asked: Asked) -> Verdict:
    if len([name for name in _BETWEEN_NAMES.split(text) if name.strip()]) > 1:
        return Verdict(tidy(text), "agents_several" if asked.field.whose == "agent" else "name_several")
    value = tidy(text)
    if re.search(HAN, value):
        value = re.sub(r"\s", "", value)
        value = re.sub(rf"[•・‧●.](?={HAN})", "·", value)
    if not _NAME.fullmatch(value):
        return Verdict(value, "name_characters")
    if len(value.replace("·", "")) < _FEWEST or len(value) > _MOST:
        return Verdict(value, "name_length")
    return Verdict(value, warning="name_several" if _LIKE_TWO.fullmatch(value) else None)


def _read(raw: object) -> str | None:
    """Of several names in a list all, so that it is said that one is wanted."""
    if isinstance(raw, list) and len(raw) > 1 and all(isinstance(one, str) for one in raw):
        return "、".join(raw)
    return as_text(raw)


KIND = FieldKind(
    judge=_judge,
    codes=("name_characters", "name_length", "name_several", "agents_several"),
    read=_read,
    longest=30,
    visible=(1, 0),
    wrong_example="王",
)
