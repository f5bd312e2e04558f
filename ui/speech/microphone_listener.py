"""Listening: when the microphone is open, what it is listening for, and what the listening bar shows of it.

Half duplex: nothing is taken while the kiosk may still be heard, so its own voice gives no command. After a question
was read the microphone opens by itself once a screen; after that, and on the attract screen, only when the button is
pressed: a short press opens it for a while; while the button is held it listens, and decides when it is let go.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from ui.speech.listener import PAGE, Hearing, Listener
from ui.speech.recognising import Recognising, at_once
from voice.audio.recordings import RATE, AudioError
from voice.recognition.model import ModelError
from voice.recognition.recogniser import Heard, Recogniser
from voice.recognition.surroundings import Surroundings

WINDOW_MS = 12000  # how long the microphone stays open when nobody speaks
SHOW_HEARD_MS = 4000
OPEN_AGAIN = 2  # times a screen after words that were none of its phrases
DOUBT_S = 1.5  # after words that were none of its phrases: who only paused may go on
HOLD_MS = 600  # who presses longer is holding the button
LAST_WORDS_MS = 200  # after the button is let go: the sound on its way
LEVEL_OF_SPEECH = 0.4  # -36 dB of full scale; a guess, not measured
# Makes the recogniser of a screen's phrases and what may be dictated on it. ModelError.
RecogniserFactory = Callable[[tuple[str, ...], str | None], Recogniser]


class AudioInput(Protocol):
    """What the listener needs of voice.devices.qt_audio.Microphone."""

    level: float
    silent: bool  # it gives no sound: switched off, or it cannot be opened

    @property
    def available(self) -> bool: ...

    def start(self, on_chunk: Callable[[NDArray[np.int16]], None]) -> bool:
        """False when it cannot be opened, and then it is silent."""

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Wanted:
    """What may be said on a screen: a recogniser is made for it."""

    phrases: tuple[str, ...] = ()
    dictation: str = ""

    @classmethod
    def on(cls, screen: Screen) -> "Wanted":
        return cls(tuple(phrase.text for phrase in screen.phrases), screen.dictation)


class MicrophoneListener(Listener):
    """Reports what was said to `session.hear`. `audible` tells whether the kiosk's own voice may be in the room."""

    def __init__(
        self,
        session: Session,
        microphone: AudioInput,
        make_recogniser: RecogniserFactory,
        audible: Callable[[], bool],
        recognising: Recognising = at_once,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._microphone, self._make_recogniser = session, microphone, make_recogniser
        self._audible, self._recognising = audible, recognising
        self._looked_at = 0  # pieces of sound that are being recognised
        self._turn = 0  # grows whenever the microphone is opened or shut: what was said before counts no more
        self._is_over = False  # the time is up, and what was said is still being recognised
        self._heard_phrase = ""  # shown for a moment, also while the next screen listens already
        self._advice = ""  # a text key: why nothing was understood
        self._screen = ""
        self._opens_itself = False  # on this screen
        self._deciding = False
        self._wanted = Wanted()
        self._paging: frozenset[str] = frozenset()
        self._recogniser: Recogniser | None = None
        self._model_works = True
        self._sounds = False  # the open microphone gives sound: only then may it be said that one listens
        self._due = False  # to be opened as soon as the kiosk itself is silent
        self._asked = False  # the button to speak was pressed
        self._refused = 0  # times on this screen
        self._extended = False
        self._doubtful: Heard | None = None
        self._doubted = 0  # samples
        self._held = False
        self._recording = False
        self._pressed = QElapsedTimer()
        self._collected: list[NDArray[np.int16]] = []  # while the button is held
        self._surroundings = Surroundings(RATE)
        self._window = self._timer(WINDOW_MS, self._close)
        self._last_words = self._timer(LAST_WORDS_MS, self._decide_on_all)
        self._show_heard = self._timer(SHOW_HEARD_MS, self._forget_heard)

    def hearing(self) -> Hearing:
        if self._recording:
            return Hearing("listening", self._translate("ui.recording"))
        if blocked := self._blocked() or ("ui.silent_microphone" if self._microphone.silent else ""):
            return Hearing("blocked", self._translate(blocked))
        if self._heard_phrase:
            return Hearing("heard", self._translate("voice.heard", phrase=self._heard_phrase))
        listening = self._window.isActive() and self._sounds
        line = "ui.too_noisy" if listening and self._surroundings.noisy else self._advice
        line = line or ("ui.listening" if listening else "")
        return Hearing("listening" if listening else "idle", self._translate(line) if line else "")

    def follow(self, screen: Screen) -> bool:
        before = self.hearing()
        self._record(screen)
        if screen.records:
            return self.hearing() != before
        self._paging = frozenset(phrase.text for phrase in screen.phrases if phrase.action == PAGE)
        wanted, listening = Wanted.on(screen), self._window.isActive()
        if screen.name != self._screen:
            self._screen = screen.name
            self._due = self._opens_itself = screen.kind != "attract"
            self._refused, self._advice = 0, ""
            if not self._deciding:
                self._heard_phrase = ""  # a finger led here
            self._stop()
        elif listening and (wanted != self._wanted or self._audible() or self._blocked()):
            self._due = True  # go on with the new list, after the reading, when the microphone is back
            self._stop()
        if wanted != self._wanted:
            self._wanted, self._recogniser = wanted, None
        self._open_if_quiet()
        return self.hearing() != before

    def _record(self, screen: Screen) -> None:
        """Hand what is said to the session, as long as the screen says so; nothing is recognised of it."""
        if not screen.records and self._recording:
            self._recording = False
            self._stop()
        elif screen.records and not self._recording:
            self._stop()
            self._due = False
            self._recording = not self._audible() and self._microphone.start(self._take_down)

    def _take_down(self, samples: NDArray[np.int16]) -> None:
        self.level.emit(self._microphone.level)
        self._session.record(samples)

    def talk(self) -> None:
        if not self._blocked() and not self._recording and not self._held:
            self._due = self._asked = True
            self._heard_phrase = self._advice = ""
            self._open_if_quiet()
            self.changed.emit()

    def hold(self) -> None:
        self.talk()
        self._held = self._asked
        self._pressed.start()

    def let_go(self) -> None:
        if not self._held:
            return
        if self._pressed.hasExpired(HOLD_MS) and self._window.isActive():
            self._last_words.start()
            return
        self._held, collected = False, self._collected
        for samples in collected:
            self._take(samples)

    def _blocked(self) -> str:
        """Why nothing can be heard here, as a text key; "" when it can."""
        if not self._microphone.available:
            return "ui.no_microphone"
        if not self._model_works:
            return "ui.no_voice_model"
        return "ui.other_language" if self._session.look.lang != "zh" else ""

    def _open_if_quiet(self) -> None:
        if not self._due or self._audible() or self._blocked():
            return
        self._due = False
        if self._recogniser is None:
            try:
                self._recogniser = self._make_recogniser(self._wanted.phrases, self._wanted.dictation or None)
            except ModelError:
                self._model_works = False
                return
        self._turn += 1
        self._recognising(self._recogniser.reset, _nothing)
        self._surroundings.forget()
        self._doubtful, self._extended, self._collected = None, False, []
        self._sounds = self._is_over = False
        self._microphone.start(self._take)
        self._window.start()

    def _take(self, samples: NDArray[np.int16]) -> None:
        if self._recogniser is None:
            return
        if self._audible():  # a touched word is being read
            self._recognising(self._recogniser.reset, _nothing)
            self._collected = []
            return
        before = self._sounds, self._surroundings.noisy
        self._sounds = self._sounds or bool(samples.any())
        self._surroundings.take(samples)
        self.level.emit(self._microphone.level)
        if self._held:
            self._collected.append(samples)
        else:
            self._feed(self._recogniser, samples)
        if self._window.isActive() and (self._sounds, self._surroundings.noisy) != before:
            self.changed.emit()

    def _feed(self, recogniser: Recogniser, samples: NDArray[np.int16]) -> None:
        quiet = len(samples) if self._microphone.level < LEVEL_OF_SPEECH else 0
        self._recognise(partial(_fed, recogniser, samples), lambda heard: self._fed(heard, quiet))

    def _recognise(self, work: Callable[[], Heard | None], done: Callable[[Heard | None], None]) -> None:
        """`done` unless the microphone was opened or shut meanwhile."""
        turn = self._turn
        self._looked_at += 1

        def over(heard: Heard | None) -> None:
            self._looked_at -= 1
            if turn != self._turn:
                return
            done(heard)
            if self._is_over and not self._looked_at and turn == self._turn:
                self._close()

        self._recognising(work, over)

    def _fed(self, heard: Heard | None, quiet: int) -> None:
        """`quiet`: samples of the piece in which nobody spoke."""
        if heard and (heard.phrase or heard.between or heard.dictated):
            self._decide(heard)
        elif heard:
            self._doubtful, self._doubted = heard, 0
            self._advice = self._what_disturbs()
        elif self._doubtful:
            self._doubted += quiet
            if self._doubted > DOUBT_S * RATE:
                self._decide(self._doubtful)

    def _decide(self, heard: Heard) -> None:
        self._stop()
        if heard.phrase:
            self._heard_phrase, self._advice = heard.phrase, ""
            self._show_heard.start()
        elif not heard.between and not heard.dictated:
            self._refused += 1
            # it was said "say it again", so it listens again; but not for ever, for it may be a television
            self._due = self._refused <= OPEN_AGAIN
        self._due |= bool(heard.dictated)  # the next digits, or whether they are right
        if heard.phrase in self._paging:
            self._due = True
            self.page_wanted.emit()
        else:
            self._deciding = True
            self._session.hear(heard.phrase, between=heard.between, syllables=heard.syllables, dictated=heard.dictated)
            self._deciding = False
        self.changed.emit()

    def _decide_on_all(self) -> None:
        """The button was let go: all that was said while it was held is one utterance."""
        self._held = False
        if self._recogniser is None or not self._collected:
            self._nothing_heard()
            return
        self._window.stop()
        self._microphone.stop()
        self.changed.emit()  # nobody listens any more
        self._recognise(partial(_heard_in, self._recogniser, np.concatenate(self._collected)), self._held_and_heard)

    def _held_and_heard(self, heard: Heard | None) -> None:
        if heard and (heard.text or heard.dictated):
            self._advice = self._what_disturbs()
            self._decide(heard)
        else:
            self._nothing_heard()

    def _close(self) -> None:
        """The time is up; it is given once more to somebody in the middle of a word."""
        self._is_over = self._looked_at > 0
        if self._is_over:
            return
        if self._microphone.silent:
            self._stop()
            self._due = self._opens_itself  # it may be there again
        elif self._held:
            self._decide_on_all()
        elif self._microphone.level > LEVEL_OF_SPEECH and not self._extended:
            self._extended = True
            self._window.start()
        elif self._doubtful:
            self._decide(self._doubtful)
        else:
            self._nothing_heard()

    def _nothing_heard(self) -> None:
        """Advise somebody who pressed the button; others may not have wanted to speak."""
        self._advice = (self._what_disturbs() or "ui.nothing_heard") if self._asked else ""
        self._stop()
        self.changed.emit()

    def _what_disturbs(self) -> str:
        """A text key, or "" when it was loud and clear, or nobody spoke."""
        if not self._sounds:
            return "ui.silent_microphone"
        if self._surroundings.noisy:
            return "ui.too_noisy"
        return "ui.too_soft" if self._surroundings.soft else ""

    def _stop(self) -> None:
        self._turn += 1
        self._held = self._asked = self._is_over = False
        self._doubtful = None
        self._window.stop()
        self._last_words.stop()
        self._microphone.stop()

    def _forget_heard(self) -> None:
        self._heard_phrase = ""
        self.changed.emit()

    def _translate(self, key: str, **values: str) -> str:
        return self._session.texts(key, self._session.look.lang, **values)

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer


def _fed(recogniser: Recogniser, samples: NDArray[np.int16]) -> Heard | None:
    try:
        return recogniser.feed(samples.tobytes())
    except AudioError:
        recogniser.reset()
        return None


def _heard_in(recogniser: Recogniser, samples: NDArray[np.int16]) -> Heard | None:
    try:
        return recogniser.hear(samples)
    except AudioError:
        return None


def _nothing(_: None) -> None: ...
