"""What is written by hand, and what reads it: apart from the reader itself, which needs numpy."""

import unicodedata
from collections.abc import Callable, Sequence

Stroke = tuple[tuple[float, float], ...]  # where the pen went; any unit, x to the right and y downward
# The strokes of one character, and how many characters are wanted -> those, the likeliest first.
HandwritingReader = Callable[[Sequence[Stroke], int], list[str]]


class HandwritingError(Exception):
    """Nothing can be read; the text is one plain sentence."""


def is_han(character: str) -> bool:
    return len(character) == 1 and unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")
