"""What is being typed for one question: digits as they come, or characters made of pinyin letters."""

from kiosk.catalogue import Field
from kiosk.catalogue.rules import NO_PHONE
from kiosk.pinyin import PinyinTable

CANDIDATES = 8  # shown at a time
_LONGEST = {"resident_id": 18, "bank_card": 19, "receipt_number": 12, "phone": 12, "person_name": 30}
_GROUPS = {"resident_id": (6, 8, 4), "bank_card": (4, 4, 4, 4, 3), "receipt_number": (4, 4, 4), "phone": (3, 4, 4)}


class Pad:
    """Holds the text of the present question, and the letters of a character on its way."""

    def __init__(self, pinyin: PinyinTable) -> None:
        self._pinyin = pinyin
        self._field: Field | None = None
        self.forget()

    def forget(self) -> None:
        self.text = ""
        self.letters = ""
        self._page = 0

    def begin(self, field: Field, text: str) -> None:
        """Start on a question, with what was typed for it before."""
        self.forget()
        self._field = field
        self.text = text

    @property
    def longest(self) -> int:
        assert self._field is not None
        return _LONGEST.get(self._field.type, self._field.max_length)

    def add(self, characters: str) -> None:
        """Add what still fits; the rest is dropped, as on a telephone."""
        before = "" if self.text == NO_PHONE else self.text
        self.text = (before + characters)[: self.longest]

    def letter(self, letter: str) -> None:
        """One pinyin letter; a letter after which no character is left is not taken."""
        if self._pinyin.candidates(self.letters + letter):
            self.letters += letter
            self._page = 0

    def pick(self, character: str) -> None:
        self.add(character)
        self.letters = ""
        self._page = 0

    def more(self) -> None:
        """The next candidates; after the last, the first again."""
        self._page = (self._page + 1) % max(1, -(-len(self._all()) // CANDIDATES))

    def erase(self) -> None:
        """Take back a letter, else a character."""
        if self.letters:
            self.letters = self.letters[:-1]
            self._page = 0
        else:
            self.text = "" if self.text == NO_PHONE else self.text[:-1]

    def clear(self) -> None:
        self.forget()

    @property
    def candidates(self) -> tuple[str, ...]:
        return tuple(self._all()[self._page * CANDIDATES : (self._page + 1) * CANDIDATES])

    @property
    def more_candidates(self) -> bool:
        return len(self._all()) > CANDIDATES

    def _all(self) -> list[str]:
        return self._pinyin.candidates(self.letters)


def grouped(field_type: str, text: str) -> str:
    """Digits in the groups in which people read them: 138 0013 8000."""
    groups, start = [], 0
    for size in _GROUPS.get(field_type, ()):
        groups.append(text[start : start + size])
        start += size
    return " ".join(group for group in [*groups, text[start:]] if group)
