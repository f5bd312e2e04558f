"""A text of the data files as what the staff page and kiosks are told."""

from datetime import date
from typing import Protocol

from forms.values.days import day_in_words
from protocol.wire import Words


class InBothLanguages(Protocol):
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def words_of(text: InBothLanguages) -> Words:
    """As it is written, in both languages."""
    return Words(zh=text.zh, en=text.en)


def words_of_day(day: date) -> Words:
    """As people say it."""
    return Words(zh=day_in_words(day.isoformat(), "zh"), en=day_in_words(day.isoformat(), "en"))


def filled(words: Words, **parts: Words | str) -> Words:
    """With each part where its name stands in braces; a county may write a text without it, or otherwise."""
    zh, en = words.zh, words.en
    for name, part in parts.items():
        own = Words(zh=part, en=part) if isinstance(part, str) else part
        zh, en = zh.replace(f"{{{name}}}", own.zh), en.replace(f"{{{name}}}", own.en)
    return Words(zh=zh, en=en)
