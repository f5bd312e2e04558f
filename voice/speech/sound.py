"""What the parts of the speaking half share: one sample rate, the languages, the speeds, one kind of error."""

import re
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
Speed = Literal["slow", "normal", "fast"]
SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])(?![”’」』）)])|(?<=[。！？!?；;][”’」』）)])|(?<=[.])(?=\s)")
RATE = 24000  # Hz, of every clip and of everything that is played


class SpeechError(Exception):
    """Something cannot be spoken; the message is one plain sentence that says what to do."""


def has_words(text: str) -> bool:
    """Whether there is anything in `text` to speak: a letter, a digit, a Chinese character."""
    return any(character.isalnum() for character in text)
