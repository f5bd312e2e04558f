"""What is being typed or dictated for one question: digits as they come, or characters made of pinyin letters."""

import re

from kiosk.catalogue import Field
from kiosk.catalogue.rules import NO_PHONE
from kiosk.pinyin import PinyinTable

CANDIDATES = 8  # shown at a time
_LONGEST = {"resident_id": 18, "bank_card": 19, "receipt_number": 12, "phone": 12, "person_name": 30, "date": 8}
_AMOUNT = re.compile(r"[0-9]{0,8}(\.[0-9]{0,2})?")
_GROUPS = {
    "date": (4, 2, 2),
    "resident_id": (6, 8, 4),
    "bank_card": (4, 4, 4, 4, 3),
    "receipt_number": (4, 4, 4),
    "phone": (3, 4, 4),
}


class Pad:
    """Holds the text of the present question, and the letters of a character on its way."""

    def __init__(self, pinyin: PinyinTable) -> None:
        self._pinyin = pinyin
        self._field: Field | None = None
        self.forget()

    def forget(self) -> None:
        self.text = ""
        self.letters = ""
        self.marked: tuple[int, int] | None = None  # from where and how many characters are to be replaced
        self.before: str | None = None  # what stood here before the last dictation
        self.part = ""  # what was said of a date so far
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
        """Add what still fits, in the marked place if there is one; the rest is dropped, as on a telephone."""
        self.before = None
        if self.text == NO_PHONE:
            self.text = ""
        for character in characters:
            if self.marked:
                start, length = self.marked
                self.text = self.text[:start] + character + self.text[start + 1 :]
                self.marked = (start + 1, length - 1) if length > 1 else None
            elif self._fits(self.text + character):
                self.text += character

    def put(self, text: str) -> bool:
        """Take what was dictated: in the marked place when it has as many characters, else at the end.

        False, and nothing is taken, when it does not fit.
        """
        old = "" if self.text == NO_PHONE else self.text
        if self.marked:
            start, length = self.marked
            if len(text) != length:
                return False
            new = old[:start] + text + old[start + length :]
        else:
            new = old + text
        return self.replace(new)

    def replace(self, text: str) -> bool:
        """Have `text` and nothing else, if it fits; `undo` brings back what stood there."""
        if not self._fits(text):
            return False
        self.before, self.text, self.marked = self.text, text, None
        return True

    def undo(self) -> None:
        """Take back the last dictation."""
        if self.before is not None:
            self.text, self.before, self.marked = self.before, None, None

    def mark(self, of: str, place: int, count: int = 1) -> bool:
        """Mark digits or groups (`of` "digit" or "group", counted from 1, or from the end with -1) to be replaced.

        False when there are none there.
        """
        assert self._field is not None
        if of == "digit":
            spans = [(at, 1) for at in range(len(self.text))]
        else:
            spans, start = [], 0
            for group in grouped(self._field.type, self.text).split():
                spans.append((start, len(group)))
                start += len(group)
        index = place - 1 if place > 0 else len(spans) + place
        chosen = spans[index : index + count] if index >= 0 else []
        if len(chosen) < count or self.text == NO_PHONE:
            return False
        self.marked = (chosen[0][0], sum(length for _, length in chosen))
        return True

    @property
    def display(self) -> str:
        """The text in groups; a gap where a digit is to be replaced."""
        assert self._field is not None
        text = self.text
        if self.marked:
            start, length = self.marked
            text = text[:start] + "_" * length + text[start + length :]
        return grouped(self._field.type, text)

    def _fits(self, text: str) -> bool:
        assert self._field is not None
        if self._field.type == "amount":
            return bool(_AMOUNT.fullmatch(text))
        return len(text) <= self.longest

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
        """Take back a letter, a mark, else a character."""
        self.before = None
        if self.marked:
            self.marked = None
        elif self.letters:
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
