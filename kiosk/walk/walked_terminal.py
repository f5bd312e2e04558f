"""The terminal that is walked through."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms import Catalogue
from kiosk.devices.printers import Paper
from kiosk.entry.pinyin import PinyinTable
from kiosk.entry.strokes import Stroke
from kiosk.hall.in_memory import InMemoryHall
from kiosk.hall.service import HallAway
from kiosk.intents import Intent
from kiosk.session.handlers.idle import Times
from kiosk.session.session import Session
from kiosk.state.actions import AnyAction
from kiosk.state.look import Look
from kiosk.texts.strings import Texts

TODAY = date(2026, 11, 23)
STAFF = {"zh": "李敏", "en": "Li Min"}
GUESSES = ("王", "玉", "主", "五", "丑", "壬", "士", "正", "生", "土")  # what any handwriting is taken for


@dataclass
class WalkedPrinter:
    works: bool

    def print(self, paper: Paper) -> bool:
        return self.works


class WalkedTerminal:
    """One session, a hall in memory, a clock that is moved by hand, and background work that is done when asked."""

    def __init__(self, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, look: Look = Look()) -> None:  # noqa: B008
        self.seconds = 0.0
        self.hall = InMemoryHall(monotonic=lambda: self.seconds)
        self.intent = Intent(None, 0.0)  # of whatever is said in somebody's own words
        self.catalogue = catalogue
        self.pinyin = pinyin
        self._waiting: list[Callable[[], None]] = []
        self.session = Session(
            catalogue,
            texts,
            pinyin,
            self.hall,
            self._later,
            lambda: self.seconds,
            lambda: TODAY,
            lambda syllables: self.intent,
            Times(),
            look,
            lambda strokes, many: list(GUESSES[:many]),
        )

    def do(self, action: AnyAction, value: str | None = None) -> None:
        self.session.do(action, value)

    def write(self, stroke: Stroke) -> None:
        """Draw a line, and wait until it was read."""
        self.session.write(stroke)
        self.finish_background()

    def finish_background(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()

    def _later(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[HallAway], None]) -> None:
        def finish() -> None:
            try:
                found = work()
            except HallAway as error:
                failed(error)
            else:
                done(found)

        self._waiting.append(finish)
