"""What the hall reads: its catalogue and its words, the county's over the shipped; read anew when a file changes."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

from backend.definitions.book import DefinitionBook
from backend.definitions.rules import KnownRules, keep_released
from backend.foundation.database import Database
from backend.foundation.settings import Settings, SetupError
from backend.hall.data_files import read_data
from forms import Catalogue, load_catalogue
from forms.hall.decisions import Decisions
from forms.hall.files import FILES, FOLDER, PageWords, hall_mistakes, read_own
from forms.hall.steps import Standing, StandingWords
from forms.reading.mistake import Mistake
from forms.reading.register import Register
from forms.reading.stamp import stamp
from protocol.wire import Words

log = logging.getLogger("yinling.hall")
Data = TypeVar("Data")
LOOKS_EVERY_S = 3.0
_ADVICE = "give a text under zh and under en"


@dataclass(frozen=True)
class HallFiles:
    """As they were at one moment. `mistakes` are of the county's folder: what is named there was left out."""

    catalogue: Catalogue
    status_words: StandingWords
    next_steps: StandingWords
    page_words: PageWords
    decisions: Decisions
    mistakes: tuple[Mistake, ...]


def read_files(settings: Settings, register: Register) -> HallFiles:
    """By the county's checks that are in the register. SetupError in one plain sentence when a shipped file of the hall
    is broken."""
    catalogue = load_catalogue(settings.assets, settings.county, register)
    status_words, next_steps = _of_each_standing(settings, "progress.yaml"), _of_each_standing(settings, "steps.yaml")
    page_words: PageWords = read_hall_data(settings, "staff_page.yaml", _ADVICE, _merged)
    decisions: Decisions = read_hall_data(settings, "decisions.yaml", _ADVICE, lambda shipped, own: own.over(shipped))
    mistakes = (*catalogue.mistakes, *hall_mistakes(settings.county))
    return HallFiles(catalogue, status_words, next_steps, page_words, decisions, mistakes)


def _of_each_standing(settings: Settings, name: str) -> StandingWords:
    words: StandingWords = read_hall_data(settings, name, _ADVICE, _merged)
    if missing := [standing.value for standing in Standing if standing not in words]:
        raise SetupError(f"assets/hall/{name} has no words for {', '.join(missing)}: add zh and en for each.")
    return words


def read_hall_data(settings: Settings, name: str, advice: str, merged: Callable[[Data, Data], Data]) -> Data:
    """A file of the folder hall/, the county's `merged` into the shipped one unless it is broken.

    SetupError when the shipped one is broken.
    """
    shipped: Data = read_data(settings.assets / FOLDER / name, TypeAdapter(FILES[name]), advice)
    own, _ = read_own(settings.county, name)
    return merged(shipped, own) if own is not None else shipped


def _merged(shipped: dict[Any, Words], own: dict[Any, Words]) -> dict[Any, Words]:
    return {**shipped, **own}


class WatchedFiles:
    """`now` is what was read last and could be used; each request sees one `now` from its beginning on."""

    def __init__(self, settings: Settings, database: Database, clock: Callable[[], datetime]) -> None:
        self.settings, self._database, self._clock = settings, database, clock
        keep_released(database, settings.assets, clock())
        self._rules = KnownRules(database)
        self.stamp = self._seen = self._stamp()
        self.now = read_files(settings, self._rules.register)
        self.definitions = self._definitions(self.now)

    def look(self) -> bool:
        """Read anew what changed, once it has stopped changing: a file may still be on its way. True when it did."""
        self._rules = KnownRules(self._database)
        seen, self._seen = self._seen, self._stamp()
        if self._seen == self.stamp or self._seen != seen:
            return False
        try:
            now = read_files(self.settings, self._rules.register)
        except SetupError as error:
            self.stamp = self._seen
            log.error("files", extra={"fields": {"error": str(error)}})
            return False
        definitions = self._definitions(now)  # before anything is taken: without the database the next look does it all
        self.stamp, self.now, self.definitions = self._seen, now, definitions
        log.info("files read anew", extra={"fields": {"mistakes": len(self.now.mistakes)}})
        return True

    def _stamp(self) -> str:
        return f"{stamp(self.settings.assets, self.settings.county)} {self._rules.number}"

    def _definitions(self, now: HallFiles) -> DefinitionBook:
        book = DefinitionBook(self._database, now.catalogue, self._rules)
        book.keep_own(self._clock())
        return book
