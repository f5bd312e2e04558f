"""What somebody's spoken request means, as the home screen would take it."""

from dataclasses import dataclass

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.intents import CANNOT, HELP, counter_errands
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.session.session import Session
from kiosk.texts.strings import Texts
from kiosk.walk.walked_terminal import WalkedTerminal
from voice.recognition.recogniser import Heard

_OFFERED = {"help": HELP, "in_vain": CANNOT}  # staff are only ever offered


@dataclass(frozen=True)
class Meant:
    """`service`: the errand that begins, HELP, CANNOT, or None; `event`: the life event that opens. `asks`: services
    and events between which the kiosk asks.

    `confidence` is the chance that the phrase was said, or that own words mean this.
    """

    service: str | None
    event: str | None
    asks: tuple[str, ...]
    confidence: float


class HomeScreen:
    """A home screen that nobody sees: it does with what it hears what the terminal's own does."""

    def __init__(self, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, classifier: IntentClassifier) -> None:
        self._files = catalogue, texts, pinyin
        self._classifier = classifier
        self.phrases = [one.text for one in self._opened().session.screen().phrases]
        self.own_words = (*classifier.sayings(), *counter_errands.sayings(catalogue.counters_here))

    def meant(self, heard: Heard) -> Meant:
        terminal = self._opened()
        terminal.intent = self._classifier.syllables(heard.syllables)
        terminal.session.hear(heard.phrase, between=heard.between, syllables=heard.syllables)
        service, asks = _outcome(terminal.session)
        bundle = terminal.session.state.bundle
        by_phrase = heard.phrase is not None or bool(heard.between)
        confidence = heard.confidence if by_phrase else terminal.intent.confidence
        return Meant(service, bundle.event.id if bundle else None, asks, round(confidence, 3))

    def _opened(self) -> WalkedTerminal:
        terminal = WalkedTerminal(*self._files)
        terminal.do("start")
        return terminal


def _outcome(session: Session) -> tuple[str | None, tuple[str, ...]]:
    """The errand that has begun, and the services and life events between which it is asked."""
    state = session.state
    if state.visit:
        return state.visit.service.id, ()
    if state.overlay == "help":
        return HELP, ()
    if state.overlay == "which" and state.question:
        options = state.question.options
        asks = tuple(one.value for one in options if one.action in ("choose", "event") and one.value)
        return _OFFERED.get(state.question.kind), asks
    listed = session.screen().choices if state.location == "group" else ()
    return None, tuple(one.value for one in listed if one.action in ("choose", "event") and one.value)
