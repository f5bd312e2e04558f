"""Finding one of many names: by the first letters of its pinyin or more of them, by English letters, by a character."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from forms import Choice, Field
from kiosk.entry.pinyin import readings
from kiosk.entry.strokes import is_han

MANY = 16  # choices: of more than these people would turn page after page
PAGE = 5  # names shown at a time
_LONGEST = 20  # letters and characters

Units = Sequence[Collection[str]]  # of a name: how each of its characters, or words, may be spelled


def is_searched(field: Field, choices: Sequence[Choice]) -> bool:
    """Whether one looks for the answer among the choices, instead of seeing them all."""
    return field.type == "choice" and (field.search or len(choices) > MANY)


@dataclass(frozen=True)
class _Name:
    choice: Choice
    written: tuple[str, ...]  # in Chinese: its label, and what people call it
    spelled: tuple[Units, ...]

    @classmethod
    def of(cls, choice: Choice) -> "_Name":
        chinese = (choice.label.zh, *choice.phrases.zh)
        english = (choice.label.en, *choice.phrases.en)
        spelled: list[Units] = [[readings(one) or (one.lower(),) for one in name if one.isalpha()] for name in chinese]
        spelled += [
            [(word,) for word in re.findall(r"[^\W\d_]+", re.sub("['’]", "", name.lower()))] for name in english
        ]
        return cls(choice, chinese, tuple(spelled))

    def rank(self, characters: Sequence[str], letters: str) -> int | None:
        """0 when a name begins so, 1 when the letters come later in it, None when this is not what is looked for."""
        if characters and not any(_in_order(characters, name) for name in self.written):
            return None
        places = [place for units in self.spelled if (place := _spelled_at(units, letters)) is not None]
        return min(places, default=None)


class ListSearch:
    """What was put in so far to find one of the choices, and which of them fit."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._names = [_Name.of(choice) for choice in choices]
        self.characters = {one for name in self._names for written in name.written for one in written}
        self.found: list[Choice] = []
        self._page = 0
        self.clear()

    def clear(self) -> None:
        self._put("")

    def add(self, one: str) -> bool:
        """One more letter or character; False when there are enough."""
        fits = len(self.query) < _LONGEST
        if fits:
            self._put(self.query + one)
        return fits

    def erase(self) -> None:
        self._put(self.query[:-1])

    def more(self) -> None:
        """The next of those that fit; after the last, the first again."""
        self._page = (self._page + 1) % max(1, -(-len(self.found) // PAGE))

    @property
    def page(self) -> tuple[Choice, ...]:
        return tuple(self.found[self._page * PAGE : (self._page + 1) * PAGE])

    def _put(self, query: str) -> None:
        self.query, self._page = query, 0
        characters = [one for one in query if is_han(one)]
        letters = "".join(one for one in query if not is_han(one))
        ranked = [(name.rank(characters, letters), name.choice) for name in self._names]
        self.found = [choice for wanted in (0, 1) for rank, choice in ranked if rank == wanted]


def _in_order(characters: Sequence[str], name: str) -> bool:
    left = iter(name)
    return all(one in left for one in characters)


def _spelled_at(units: Units, letters: str) -> int | None:
    """0 when the letters are the beginnings of the units in a row, from the first on: xrm, xianrm and xianrenmin of
    县人民医院; 1 when from a later one on; None when they are not."""
    if not letters:
        return 0
    from_first, from_any = {0}, {0}  # how many letters may be used up by now
    for unit in units:
        from_first, from_any = _after(unit, letters, from_first), _after(unit, letters, from_any)
        if len(letters) in from_first:
            return 0
        if len(letters) in from_any:
            return 1
        from_any.add(0)
    return None


def _after(unit: Collection[str], letters: str, used: set[int]) -> set[int]:
    return {
        start + many
        for start in used
        for one in unit
        for many in range(1, len(one) + 1)
        if letters.startswith(one[:many], start)
    }
