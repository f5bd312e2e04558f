"""What may be the name of a member of staff: old people read it, and no two may look the same."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

MOST_LETTERS = 20
_BETWEEN = " ·•・‧-'’.()（）"
_INVISIBLE = "\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f"  # letters and marks without a form


def plain_name(text: str) -> str:
    """The name as it is kept, one spelling for all; ValueError in one sentence for what is none.

    Control characters, those that turn the direction of writing, and those that nobody sees are no part of a name.
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split(" ")).strip(" ")
    if not 0 < len(name) <= MOST_LETTERS or "  " in name or not all(map(_is_part, name)):
        raise ValueError(
            f"A name has 1 to {MOST_LETTERS} letters and digits, without invisible characters: type it anew."
        )
    return name


def _is_part(character: str) -> bool:
    if character in _INVISIBLE or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF:
        return False
    return character in _BETWEEN or unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")


StaffName = Annotated[str, Field(max_length=200), AfterValidator(plain_name)]
