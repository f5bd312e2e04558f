"""Texts that may come from anywhere, such as the names of files, so that every line, screen and wire takes them."""

from unicodedata import category

_NEVER = ("Cc", "Cs", "Zl", "Zp")  # control characters, halves of characters, ends of lines


def printable(text: str) -> str:
    """One line; � stands for what is no character of it."""
    return "".join("�" if category(one) in _NEVER else one for one in text)
