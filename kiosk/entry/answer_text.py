"""The text of an answer that is being put in: keys add to it, dictation fills or corrects it."""

import dataclasses
from dataclasses import dataclass

from forms import Field


@dataclass(frozen=True)
class Mark:
    """A place in the text that is put in anew. The text stays as it was until all characters of it are there."""

    start: int
    length: int
    new: str = dataclasses.field(default="", compare=False)  # what is there so far; the place is the same

    @property
    def missing(self) -> int:
        return self.length - len(self.new)

    def holding(self, new: str) -> "Mark":
        return Mark(self.start, self.length, new)

    def filled(self, text: str) -> str:
        """The text with what is put in anew, a gap where some is missing."""
        return text[: self.start] + self.new + "_" * self.missing + text[self.start + self.length :]


class AnswerText:
    """What was put in for one field so far. It takes nothing that is too long for the field."""

    def __init__(self) -> None:
        self._field: Field | None = None
        self._empty()

    def _empty(self) -> None:
        self.text = ""
        self.begun = ""  # what the answer begins with, which nobody has typed
        self.marked: Mark | None = None
        self.before: str | None = None  # what stood here before the last dictation
        self.part = ""  # what was said of a date so far

    @property
    def field(self) -> Field:
        assert self._field is not None, "there is a question before there is an answer"
        return self._field

    @property
    def typed(self) -> str:
        """The text; "" when a button put there that one has none."""
        return "" if self.text == self.field.kind.none else self.text

    def add(self, characters: str) -> bool:
        """Add what still fits, in the marked place if there is one; False when not all of it did."""
        self.before, self.text, fit = None, self.typed, True
        for character in characters:
            if self.marked:
                mark = self.marked = self.marked.holding(self.marked.new + character)
                if not mark.missing:
                    self.text, self.marked = mark.filled(self.text), None
            elif self._fits(self.text + character):
                self.text += character
            else:
                fit = False
        return fit

    def put(self, text: str) -> bool:
        """Take what was dictated: in the marked place when it has as many characters, else at the end, or in place of
        what nobody has typed.

        False, and nothing is taken, when it does not fit.
        """
        old = self.typed
        if self.marked:
            if len(text) != self.marked.missing:
                return False
            new = self.marked.holding(self.marked.new + text).filled(old)
        else:
            new = old + text
            if old and old == self.begun and not self._fits(new):
                new = text
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
        if of == "digit":
            spans = [(at, 1) for at in range(len(self.typed))]
        else:
            spans, start = [], 0
            for group in self.field.kind.grouped(self.typed).split():
                spans.append((start, len(group)))
                start += len(group)
        index = place - 1 if place > 0 else len(spans) + place
        chosen = spans[index : index + count] if index >= 0 else []
        if len(chosen) < count:
            return False
        self.marked = Mark(chosen[0][0], sum(length for _, length in chosen))
        return True

    @property
    def display(self) -> str:
        """The text in groups; a gap where a digit is to be replaced."""
        return self.field.kind.grouped(self.marked.filled(self.text) if self.marked else self.text)

    @property
    def groups(self) -> int:
        """How many groups of a number there are to be marked."""
        return len(self.field.kind.grouped(self.typed).split()) if self.field.kind.digits else 0

    def erase(self) -> None:
        """Take back what was put into the marked place, then the mark, else a character."""
        self.before = None
        if self.marked:
            self.marked = self.marked.holding(self.marked.new[:-1]) if self.marked.new else None
        else:
            self.text = self.typed[:-1]

    def _fits(self, text: str) -> bool:
        return len(text) <= self.field.longest(text) and self.field.kind.may_begin(text)
