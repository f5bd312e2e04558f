"""A terminal put together from its settings: catalogue, texts, voice, and a session with its hall."""

import fcntl
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from kiosk.derived.results import DerivedResults
from kiosk.entry.handwriting import Handwriting, model_file
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.strokes import HandwritingError
from kiosk.hall.offline_service import BackgroundSync, OfflineHallService
from kiosk.intents import counter_errands
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.operations.hall_access import hall_client
from kiosk.operations.offered import offered
from kiosk.operations.settings import Settings
from kiosk.session.common.presenter import InBackground
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.state.look import Look
from kiosk.texts.strings import Texts
from kiosk.walk.walkable import walkable
from offline_cache.store import Store, StoreError
from voice.recognition.choice import recogniser_for
from voice.recognition.recogniser import Recogniser
from voice.speech.prompts import Prompts, PromptsError

log = logging.getLogger(__name__)


class Equipment:
    """What visitors share, read before anybody comes. CatalogueError when the shipped texts are broken: then nothing at
    all can be shown."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._offered = offered(settings)
        self.texts = Texts.load(settings.assets, settings.county_in_use)
        self.pinyin = PinyinTable.load(settings.assets)
        derived = DerivedResults(settings.derived_folder)
        walked = walkable(self._offered.catalogue, self.texts, self.pinyin, derived)
        self.catalogue = walked.catalogue
        self.classifier = IntentClassifier.load(settings.assets, self.catalogue, derived, settings.county_in_use)
        self.classifier.learn("zh")
        self._sayings = (*self.classifier.sayings(), *counter_errands.sayings(self.catalogue.counters_here))
        self.prompts = _prompts(settings)
        self._left_out = (*map(str, (*self.texts.mistakes, *self.classifier.mistakes)), *walked.problems)
        for problem in self.problems:
            log.error("%s", problem)
        self._handwriting = _handwriting()

    @property
    def problems(self) -> tuple[str, ...]:
        """What staff should know of today: a parameter may be past its review since this was read."""
        return (*self._offered.problems, *self._left_out, *filter(None, [self.prompts.trouble]))

    def new_session(
        self,
        store: Store,
        sync: BackgroundSync,
        hall_url: Callable[[], str],
        damaged_store: Path | None,
        in_background: InBackground,
        monotonic: Callable[[], float] = time.monotonic,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Session:
        """A session for one visitor; `sync` brings to the hall what is kept in `store`."""
        chosen = self.settings
        hall = OfflineHallService(
            chosen.kiosk,
            store,
            sync,
            lambda: hall_client(chosen, hall_url()),
            damaged_store,
            clock,
            monotonic=monotonic,
            draft_days=chosen.draft_days,
            phone=chosen.phone,
        )
        times = Times(
            idle_warning=chosen.idle_warning_s,
            idle_countdown=chosen.idle_countdown_s,
            offer_help=chosen.offer_help_s,
            goodbye=chosen.goodbye_s,
            unanswered=chosen.unanswered_s,
            waiting_for_staff=chosen.waiting_for_staff_s,
        )
        look = Look(lang=chosen.lang, text=chosen.text, contrast=chosen.contrast)
        return Session(
            self.catalogue,
            self.texts,
            self.pinyin,
            hall,
            in_background,
            monotonic,
            lambda: clock().astimezone().date(),
            self.classifier.syllables,
            times,
            look,
            self._handwriting,
        )

    def recogniser(self, phrases: Sequence[str], dictation: str | None = None) -> Recogniser:
        """Hears `phrases`, what may be dictated, and requests in somebody's own words. ModelError."""
        chosen = self.settings
        return recogniser_for(chosen.model_folder, phrases, chosen.accent, self._sayings, dictation)


def _prompts(settings: Settings) -> Prompts:
    folder = settings.assets / "prompts"
    try:
        return Prompts.load(folder, settings.county_prompts)
    except PromptsError as error:
        return Prompts.none(folder, f"{error} The live voice speaks instead.")


def _handwriting() -> Handwriting | None:
    """Nobody is kept from their errand because nothing can be read: names are spelled then, and doctor says why."""
    try:
        return Handwriting(model_file())
    except HandwritingError as error:
        log.error("%s", error)
        return None


def alone_in(data: Path) -> TextIO:
    """Two terminals on one folder would send each other's forms and calls; the lock ends with the process."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / "terminal.lock").open("a")
    except OSError as error:
        raise StoreError(
            f"{data} cannot be written ({error.strerror}): set data to a folder you may write to."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise StoreError(f"A kiosk is running on {data} already: end it, or set data to another folder.") from error
    return lock
