"""What somebody says they do not want: a request that is refused begins no service."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from kiosk.intents.sounds import HAN, folded, units
from kiosk.texts.languages import Lang

_STOPS = re.compile(r"[，。！？；、,.!?;]+")


class Refusals:
    """The words that refuse, in one language, and those that look like it and do not.

    Written Chinese is compared by its characters, for 补办 (to replace) sounds like 不办 (not to do). What was heard is
    compared by sound, and there a word that sounds like part of one of the `requests` for a service refuses nothing.
    """

    def __init__(self, words: Sequence[str], harmless: Sequence[str], lang: Lang) -> None:
        """As `learned` finds them."""
        self._words, self._harmless, self._lang = words, harmless, lang

    @classmethod
    def learned(
        cls, refusing: Iterable[str], not_refusing: Iterable[str], requests: Iterable[str], lang: Lang
    ) -> "Refusals":
        """Listens to all requests: half a second of processor time."""
        made = cls([], [form for word in not_refusing for form in _forms(word, lang)], lang)
        asked = [made._plain(units(request, lang)) for request in requests]
        made._words = [
            word
            for one in refusing
            for word in _forms(one, lang)
            if lang == "en" or not any(word in request for request in asked)
        ]
        return made

    @classmethod
    def read(cls, written: bytes, lang: Lang) -> "Refusals":
        words, harmless = json.loads(written)
        return cls(words, harmless, lang)

    def written(self) -> bytes:
        return json.dumps([self._words, self._harmless]).encode()

    def wanted(self, text: str) -> str:
        """A text without the parts that refuse; empty when nothing else is in it."""
        return "，".join(part for part in _STOPS.split(text) if not self._refuses(_units(part, self._lang)))

    def heard(self, syllables: Sequence[str]) -> bool:
        """Whether syllables, as the recogniser hears them, refuse."""
        return self._refuses(folded(syllables))

    def _refuses(self, said: Iterable[str]) -> bool:
        row = self._plain(said)
        return any(word in row for word in self._words)

    def _plain(self, said: Iterable[str]) -> str:
        row = _row(said)
        for word in self._harmless:
            row = row.replace(word, " | ")
        return row


def _units(text: str, lang: Lang) -> Sequence[str]:
    return HAN.findall(text) or units(text, lang)


def _forms(word: str, lang: Lang) -> Iterator[str]:
    yield from dict.fromkeys((_row(_units(word, lang)), _row(units(word, lang))))


def _row(said: Iterable[str]) -> str:
    return f" {' '.join(said)} "
