"""The answer that is being put in: digits as they come, a date by cards, characters spelled or written by hand."""

from collections.abc import Sequence
from datetime import date

from forms import Choice, Field
from kiosk.entry import signing
from kiosk.entry.answer_text import AnswerText
from kiosk.entry.date_steps import DateSteps
from kiosk.entry.field_input import InputMethod, input_of
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.search import ListSearch, is_searched
from kiosk.entry.strokes import Stroke

CANDIDATES = 8  # shown at a time
GUESSES = 5 * CANDIDATES  # how many characters a drawing may be read as; the rare ones are on later pages


class AnswerEntry(AnswerText):
    """The text of the present question, the method of input, and the letters or strokes of a character on its way."""

    def __init__(self, pinyin: PinyinTable, *, by_hand: bool = False) -> None:
        super().__init__()
        self._pinyin = pinyin
        self.by_hand = by_hand  # whether what is written can be read
        self.forget()

    def forget(self) -> None:
        """Back to what every visitor finds."""
        self._chosen: dict[str, InputMethod] = {}  # by type of field
        self._steps: DateSteps | None = None
        self.search: ListSearch | None = None  # where one looks for the answer in a long list
        self._empty()

    def _empty(self) -> None:
        super()._empty()
        self.letters = ""
        self.strokes: tuple[Stroke, ...] = ()
        self._guesses: list[str] = []  # what the strokes may be
        self._page = 0

    def begin(self, field: Field, text: str, today: date, choices: Sequence[Choice] = ()) -> None:
        """Start on a question, with what is there of its answer; of a long list, with its `choices`."""
        self._empty()
        self._field = field
        self.text = text
        steps = input_of(field).steps
        self._steps = steps(field, today) if steps else None
        self.search = ListSearch(choices) if is_searched(field, choices) else None

    @property
    def methods(self) -> tuple[InputMethod, ...]:
        """How the present answer may be put in; none where it is chosen on the screen, or nothing is asked."""
        every = input_of(self._field).methods if self._field else ()
        if self.search:
            every = ("letters", "hand")
        return tuple(one for one in every if self.by_hand or one != "hand")

    @property
    def method(self) -> InputMethod | None:
        """How the present answer is put in; what was chosen once is kept for all of its kind."""
        chosen = self._chosen.get(self._field.type) if self._field else None
        return chosen if chosen in self.methods else next(iter(self.methods), None)

    def cannot_read(self) -> None:
        """What is written cannot be read after all: spell it."""
        self.by_hand = False
        self.use("letters")

    def use(self, method: InputMethod) -> None:
        """Change the method. The text stays; a character that was begun is started again."""
        self._chosen[self.field.type] = method
        self.letters, self.strokes, self._guesses, self._page = "", (), [], 0

    def add(self, characters: str) -> bool:
        """As AnswerText. Characters of a keyboard, where there are cards: digits are the method from now on."""
        if self.method == "cards":
            self.use("digits")
        return super().add(characters)

    def letter(self, letter: str) -> None:
        """One pinyin letter; a letter after which no character is left is not taken.

        It may come from a keyboard while one writes by hand.
        """
        if self.method != "letters":
            self.use("letters")
        if self.search:
            self.search.add(letter)
        elif self._pinyin.candidates(self.letters + letter):
            self.letters += letter
            self._page = 0

    def draw(self, stroke: Stroke) -> bool:
        """One more line of the character under way, or of the signature; False when no more fits."""
        if self.method != "sign":
            self._ink((*self.strokes, stroke))
            return True
        more = signing.with_line(self.typed, stroke)
        self.text = self.text if more is None else more
        return more is not None

    def rub_out(self) -> None:
        """Start the character under way again."""
        self._ink(())

    def _ink(self, strokes: tuple[Stroke, ...]) -> None:
        self.strokes, self._page = strokes, 0
        if not strokes:
            self._guesses = []

    def guessed(self, characters: list[str]) -> None:
        """What the strokes may be, the likeliest first. Earlier guesses stay until these come, so nothing flickers."""
        if self.search:
            characters = [one for one in characters if one in self.search.characters]
        self._guesses, self._page = characters, 0

    def pick(self, character: str) -> bool:
        """Put a candidate behind the text; False when no more fits."""
        fit = self.search.add(character) if self.search else self.add(character)
        self.letters = ""
        self.rub_out()
        return fit

    @property
    def under_way(self) -> bool:
        """True while a character is begun that is not among the text yet."""
        return bool(self.letters or self.strokes)

    # a date by cards

    @property
    def steps(self) -> DateSteps:
        """The steps of the date so far; when the text is a whole day, however it was put in, the steps of that day."""
        assert self._steps is not None, "only a date has steps"
        day = _day(self.text)
        if day is None or not self._steps.least <= day <= self._steps.most:
            return self._steps
        return self._steps.on(day)

    def step(self, number: int) -> None:
        self._to(self.steps.take(number))

    def calendar(self, *, moon: bool) -> None:
        """Count by the lunar (`moon`) or the solar calendar; the day stays."""
        self._to(self.steps.by(moon=moon))

    def _to(self, steps: DateSteps) -> None:
        day = steps.day
        self._steps, self.before, self.marked = steps, None, None
        self.text = f"{day:%Y%m%d}" if day else ""

    def more(self) -> None:
        """The next candidates; after the last, the first again."""
        if self.search and not self.strokes:
            self.search.more()
            return
        self._page = (self._page + 1) % max(1, -(-len(self._all()) // CANDIDATES))

    def erase(self) -> None:
        """Take back a mark, a step of a date, a line, a letter, else a character."""
        if self.method == "sign":
            self.text = signing.without_last(self.typed)
        elif self.method == "cards" and not self.marked:
            self._to(self.steps.back())
        elif self.strokes and not self.marked:
            self._ink(self.strokes[:-1])
        elif self.search:
            self.search.erase()
        elif self.letters and not self.marked:
            self.letters, self._page, self.before = self.letters[:-1], 0, None
        else:
            super().erase()

    def clear(self) -> None:
        if self.search:
            self.search.clear()
            self.rub_out()
            return
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
        return self._guesses if self.method == "hand" else self._pinyin.candidates(self.letters)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == 8 else None
    except ValueError:
        return None
