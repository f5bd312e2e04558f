"""The characters of answers: what is tidied before an answer is judged, and which are letters."""

import re
import unicodedata

HAN = r"[㐀-鿿\U00020000-\U0003347F〇]"  # of every plane: rare characters are in old people's names
LATIN = r"[A-Za-zÀ-ɏḀ-ỿ]"


def tidy(raw: str) -> str:
    """Without space at the ends, full-width letters and digits made plain."""
    return unicodedata.normalize("NFKC", raw).strip()


def tidy_number(raw: str) -> str:
    """Without the spaces and hyphens that people write between digits; an x at the end becomes X."""
    return re.sub(r"[\s\-‐-―]", "", tidy(raw)).upper()


def are_digits(value: str) -> bool:
    """Whether these are 0 to 9 only, at least one of them."""
    return value.isascii() and value.isdecimal()


def in_groups(text: str, sizes: tuple[int, ...]) -> str:
    """In groups of these sizes, what is left over as a last one: 138 0013 8000."""
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return " ".join(group for group in [*groups, text[start:]] if group)
