"""Ears: when the microphone is open, what it is listening for, and what the listening bar shows of it.

Half duplex: the kiosk never listens while it speaks, so its own voice gives no command. After a question was read the
microphone opens by itself once a screen; after that, and on the attract screen, only when the button is pressed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.screens import Lang, Screen
from kiosk.session import Session
from ui.furniture import Hearing
from voice.audio import AudioError
from voice.model import ModelError
from voice.recogniser import Heard, Recogniser

WINDOW_MS = 12000  # how long the microphone stays open when nobody speaks
SHOW_HEARD_MS = 4000
OPEN_AGAIN = 2  # times a screen after words that were none of its phrases
LEVEL_OF_SPEECH = 0.4  # -36 dB of full scale; a guess, not measured
PAGE = "page"  # the one action of a phrase that the session does not know


class Microphone(Protocol):
    """What voice.devices.Microphone does."""

    level: float

    @property
    def available(self) -> bool: ...

    def start(self, on_chunk: Callable[[NDArray[np.int16]], None]) -> bool: ...

    def stop(self) -> None: ...


class Listener(QObject):
    """Reports what was said to `session.hear`."""

    changed = Signal()  # what `hearing` returns is another
    level = Signal(float)  # 0 to 1, while listening
    page_wanted = Signal()  # the phrase that turns the page was said

    def __init__(
        self, session: Session, microphone: Microphone, model_folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._microphone, self._model_folder = session, microphone, model_folder
        self._heard_phrase = ""  # shown for a moment, also while the next screen listens already
        self._screen = ""
        self._phrases: tuple[str, ...] = ()
        self._recogniser: Recogniser | None = None
        self._model_works = True
        self._opened_by_itself = True
        self._refused = 0  # times on this screen
        self._extended = False
        self._paging: frozenset[str] = frozenset()
        self._speaking = False
        self._window = self._timer(WINDOW_MS, self._close)
        self._show_heard = self._timer(SHOW_HEARD_MS, self._forget_heard)

    def hearing(self) -> Hearing:
        """What the listening bar shows."""
        if blocked := self._blocked():
            return Hearing("blocked", self._words(blocked))
        if self._heard_phrase:
            return Hearing("heard", self._words("voice.heard", phrase=self._heard_phrase))
        return Hearing("listening", self._words("ui.listening")) if self._window.isActive() else Hearing("idle")

    def follow(self, screen: Screen, lang: Lang, *, speaking: bool) -> bool:
        """Listen for this screen's phrases, and not while something is spoken; whether `hearing` is another now."""
        before = self.hearing()
        phrases = tuple(phrase.text for phrase in screen.phrases)
        self._paging = frozenset(phrase.text for phrase in screen.phrases if phrase.action == PAGE)
        if phrases != self._phrases:
            self._phrases, self._recogniser = phrases, None
        if screen.name != self._screen:
            self._screen = screen.name
            self._opened_by_itself = screen.kind == "attract"
            self._refused = 0
            self._stop()
        self._speaking = speaking
        if speaking or self._blocked():
            self._stop()
        elif not self._opened_by_itself:
            self._opened_by_itself = True
            self._open()
        return self.hearing() != before

    def talk(self) -> None:
        """The button to speak was pressed."""
        if not self._blocked():
            self._opened_by_itself = True
            self._heard_phrase = ""
            self._open()
            self.changed.emit()

    def _blocked(self) -> str:
        """Why nothing can be heard here, as a text key; "" when it can."""
        if not self._microphone.available:
            return "ui.no_microphone"
        if not self._model_works:
            return "ui.no_voice_model"
        return "ui.other_language" if self._session.look.lang != "zh" else ""

    def _open(self) -> None:
        if self._recogniser is None:
            try:
                self._recogniser = Recogniser(self._model_folder, self._phrases)
            except ModelError:
                self._model_works = False
                return
        self._recogniser.reset()
        if self._microphone.start(self._take):
            self._extended = False
            self._window.start()

    def _take(self, samples: NDArray[np.int16]) -> None:
        if self._recogniser is None or self._speaking:
            return
        self.level.emit(self._microphone.level)
        try:
            heard = self._recogniser.feed(samples.tobytes())
        except AudioError:
            self._recogniser.reset()
            return
        if heard:
            self._heard(heard)

    def _heard(self, heard: Heard) -> None:
        self._stop()
        if heard.phrase:
            self._heard_phrase = heard.phrase
            self._show_heard.start()
        else:
            self._refused += 1
            # 没听清，请再说一次: then somebody has to listen, though not to a television for ever
            self._opened_by_itself = self._refused > OPEN_AGAIN
        if heard.phrase in self._paging:
            self._opened_by_itself = False
            self.page_wanted.emit()
        else:
            self._session.hear(heard.phrase, between=heard.between, syllables=heard.syllables, dictated=heard.dictated)
        self.changed.emit()

    def _close(self) -> None:
        """The time is up; who is in the middle of a word gets it once more."""
        if self._microphone.level > LEVEL_OF_SPEECH and not self._extended:
            self._extended = True
            self._window.start()
            return
        self._stop()
        self.changed.emit()

    def _stop(self) -> None:
        self._window.stop()
        self._microphone.stop()

    def _forget_heard(self) -> None:
        self._heard_phrase = ""
        self.changed.emit()

    def _words(self, key: str, **values: str) -> str:
        return self._session.texts(key, self._session.look.lang, **values)

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer
