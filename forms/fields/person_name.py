"""The name of a person, in Han characters or Latin letters."""

import re

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import HAN, LATIN, tidy

# Han characters joined by the dot of Uyghur, Tibetan and other names; or a name in Latin letters.
_NAME = re.compile(rf"{HAN}+(·{HAN}+)*|{LATIN}+([ '’.-]+{LATIN}+)*")
_FEWEST, _MOST = 2, 50  # characters


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy(text)
    if re.search(HAN, value):
        value = re.sub(r"\s", "", value)
        value = re.sub(rf"[•・‧●.](?={HAN})", "·", value)
    if not _NAME.fullmatch(value):
        return Verdict(value, "name_characters")
    letters = len(value.replace("·", ""))
    return Verdict(value, None if letters >= _FEWEST and len(value) <= _MOST else "name_length")


KIND = FieldKind(judge=_judge, codes=("name_characters", "name_length"), longest=30, visible=(1, 0), wrong_example="王")
