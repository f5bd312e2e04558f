"""What is being put in for one question: digits as they come, a date by cards, characters spelled or written."""

import re
from datetime import date
from typing import Literal

from forms import Field
from forms.fields.date import bounds as date_bounds
from forms.fields.phone import NONE as NO_PHONE
from kiosk.entry.date_steps import DateSteps
from kiosk.entry.handwriting import Stroke
from kiosk.entry.pinyin import PinyinTable

# Characters are written by hand or spelled with letters; a date is taken from cards or typed as digits.
Way = Literal["hand", "letters", "cards", "digits"]
_WAYS: dict[str, tuple[Way, ...]] = {  # by type of field, the usual one first
    "person_name": ("hand", "letters"),
    "address": ("digits", "hand", "letters"),
    "date": ("cards", "digits"),
}

CANDIDATES = 8  # shown at a time
GUESSES = 5 * CANDIDATES  # of what was written: on later pages the rare ones
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
    """Holds the text of the present question, and the letters or strokes of a character on its way."""

    def __init__(self, pinyin: PinyinTable, *, by_hand: bool = False) -> None:
        self._pinyin = pinyin
        self.by_hand = by_hand  # whether what is written can be read
        self._field: Field | None = None
        self.forget()

    def forget(self) -> None:
        """The next visitor finds what every visitor finds."""
        self._chosen: dict[str, Way] = {}  # by type of field
        self._steps: DateSteps | None = None
        self._empty()

    def _empty(self) -> None:
        self.text = ""
        self.letters = ""
        self.strokes: tuple[Stroke, ...] = ()
        self._guesses: list[str] = []  # what the strokes may be
        self.marked: tuple[int, int] | None = None  # from where and how many characters are to be replaced
        self.before: str | None = None  # what stood here before the last dictation
        self.part = ""  # what was said of a date so far
        self._page = 0

    def begin(self, field: Field, text: str, today: date) -> None:
        """Start on a question, with what was typed for it before."""
        self._empty()
        self._field = field
        self.text = text
        self._steps = DateSteps(*date_bounds(field, today)) if field.type == "date" else None

    @property
    def ways(self) -> tuple[Way, ...]:
        """How the present answer may be put in."""
        ways = _WAYS.get(self._type, ("digits",))
        return tuple(way for way in ways if self.by_hand or way != "hand")

    @property
    def way(self) -> Way:
        """How the present answer is put in; what was chosen once is kept for all of its kind."""
        ways = self.ways
        chosen = self._chosen.get(self._type)
        return chosen if chosen in ways else ways[0]

    @property
    def _type(self) -> str:
        return self._field.type if self._field else ""

    def cannot_read(self) -> None:
        """What is written cannot be read after all: spell it."""
        self.by_hand = False
        self.go("letters")

    def go(self, way: Way) -> None:
        """Put it in the other way. The text stays; the character under way is started again."""
        self._chosen[self._type] = way
        self.letters, self.strokes, self._guesses, self._page = "", (), [], 0

    @property
    def longest(self) -> int:
        assert self._field is not None
        return _LONGEST.get(self._field.type, self._field.max_length)

    def add(self, characters: str) -> None:
        """Add what still fits, in the marked place if there is one; the rest is dropped, as on a telephone."""
        self.before = None
        if self.way == "cards":
            self.go("digits")  # they come from a keyboard
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
        """One pinyin letter; a letter after which no character is left is not taken.

        It may come from a keyboard while one writes by hand.
        """
        if self.way != "letters":
            self.go("letters")
        if self._pinyin.candidates(self.letters + letter):
            self.letters += letter
            self._page = 0

    def draw(self, stroke: Stroke) -> None:
        """One more line of the character under way; of what it was so far nothing is known any more."""
        self._ink((*self.strokes, stroke))

    def undo_stroke(self) -> None:
        self._ink(self.strokes[:-1])

    def rub_out(self) -> None:
        """Start the character under way again."""
        self._ink(())

    def _ink(self, strokes: tuple[Stroke, ...]) -> None:
        self.strokes, self._page = strokes, 0
        if not strokes:
            self._guesses = []

    def guessed(self, characters: list[str]) -> None:
        """What the strokes may be, the likeliest first. The guesses before stand until then: nothing flickers."""
        self._guesses, self._page = characters, 0

    def pick(self, character: str) -> None:
        self.add(character)
        self.letters = ""
        self.rub_out()

    @property
    def under_way(self) -> bool:
        """True while a character is begun that is not among the text yet."""
        return bool(self.letters or self.strokes)

    # a date by cards

    @property
    def steps(self) -> DateSteps:
        """The steps of the date so far; those of the text when that is a day, however it came."""
        assert self._steps is not None, "only a date has steps"
        day = _day(self.text)
        if day is None or not self._steps.least <= day <= self._steps.most:
            return self._steps
        return self._steps.on(day)

    def step(self, number: int) -> None:
        self._to(self.steps.take(number))

    def calendar(self, *, moon: bool) -> None:
        """Count by the moon or by the sun; the day stays."""
        self._to(self.steps.by(moon=moon))

    def _to(self, steps: DateSteps) -> None:
        day = steps.day
        self._steps, self.before = steps, None
        self.text = f"{day:%Y%m%d}" if day else ""

    def more(self) -> None:
        """The next candidates; after the last, the first again."""
        self._page = (self._page + 1) % max(1, -(-len(self._all()) // CANDIDATES))

    def erase(self) -> None:
        """Take back a step of a date, a letter, a mark, else a character."""
        self.before = None
        if self.marked:
            self.marked = None
        elif self.way == "cards":
            self._to(self.steps.back())
        elif self.letters:
            self.letters = self.letters[:-1]
            self._page = 0
        else:
            self.text = "" if self.text == NO_PHONE else self.text[:-1]

    def clear(self) -> None:
        if self._steps:
            self._to(DateSteps(self._steps.least, self._steps.most, self._steps.moon))
        self._empty()

    @property
    def candidates(self) -> tuple[str, ...]:
        return tuple(self._all()[self._page * CANDIDATES : (self._page + 1) * CANDIDATES])

    @property
    def more_candidates(self) -> bool:
        return len(self._all()) > CANDIDATES

    def _all(self) -> list[str]:
        return self._guesses if self.way == "hand" else self._pinyin.candidates(self.letters)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == 8 else None
    except ValueError:
        return None


def grouped(field_type: str, text: str) -> str:
    """Digits in the groups in which people read them: 138 0013 8000."""
    groups, start, sizes = [], 0, _GROUPS.get(field_type, ())
    if field_type == "phone" and re.match("0[3-9]", text):
        sizes = (4, 4, 4)  # a landline of any but the largest cities
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return " ".join(group for group in [*groups, text[start:]] if group)
