"""Recognising takes as long as it takes, and nobody waits for it."""

from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic

import numpy as np
import pytest
from numpy.typing import NDArray
from project import ASSETS
from PySide6.QtTest import QTest

from forms import load_catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from ui.devtools.played import PlayedMicrophone
from ui.speech import microphone_listener
from ui.speech.microphone_listener import MicrophoneListener
from ui.speech.recognising import RecognisingThread
from voice.recognition.recogniser import Heard

pytestmark = pytest.mark.usefixtures("qapp")
PHRASE = "高龄津贴"
WAIT_MS = 5000


class SlowEars:
    """A voice.recognition.recogniser.Recogniser that thinks until it is told that it may answer."""

    def __init__(self) -> None:
        self.thinks, self.may_answer, self.has_answered = Event(), Event(), Event()

    def reset(self) -> None: ...

    def feed(self, sound: bytes) -> Heard:
        self.thinks.set()
        assert self.may_answer.wait(WAIT_MS / 1000)
        self.has_answered.set()
        return Heard(PHRASE, PHRASE, 1.0)

    def hear(self, samples: NDArray[np.int16]) -> Heard:
        return self.feed(samples.tobytes())


class Room:
    """A home screen; somebody has just named an errand."""

    def __init__(self) -> None:
        self.rehearsal = Rehearsal(load_catalogue(ASSETS), Texts.load(ASSETS), PinyinTable.load(ASSETS))
        self.session, self.microphone, self.ears = self.rehearsal.session, PlayedMicrophone(), SlowEars()
        self.thread = RecognisingThread()
        ears: Callable[..., SlowEars] = lambda phrases, dictation: self.ears  # noqa: E731
        self.listener = MicrophoneListener(self.session, self.microphone, ears, lambda: False, self.thread)  # type: ignore[arg-type]
        self.session.on_change(lambda: self.listener.follow(self.session.screen()) and None)
        self.session.do("start")

    def say(self) -> None:
        self.microphone.play(np.full(1600, 2000, np.int16))

    def until(self, happened: Callable[[], bool]) -> None:
        until = monotonic() + WAIT_MS / 1000
        while not happened():
            assert monotonic() < until
            QTest.qWait(1)

    def answer(self) -> None:
        """The ears have thought, and what they say has arrived."""
        self.ears.may_answer.set()
        assert self.ears.has_answered.wait(WAIT_MS / 1000)
        delivered: list[None] = []
        self.thread(lambda: None, delivered.append)
        self.until(lambda: bool(delivered))


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    room.say()
    assert room.ears.thinks.wait(WAIT_MS / 1000)
    yield room
    room.ears.may_answer.set()


def test_what_was_said_counts_when_it_is_understood(room: Room) -> None:
    assert room.session.screen().kind == "home"
    room.answer()
    assert room.session.screen().kind == "prerequisites"


def test_who_presses_for_help_meanwhile_is_answered_and_what_was_said_before_counts_no_more(room: Room) -> None:
    room.session.do("help")
    assert room.session.screen().kind == "help"
    room.session.do("resume")
    room.answer()
    assert room.session.screen().kind == "home"


def test_the_time_is_not_up_while_what_was_said_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone_listener, "WINDOW_MS", 1)
    room = Room()
    room.say()
    QTest.qWait(20)
    room.answer()
    assert room.session.screen().kind == "prerequisites"


def test_who_lets_the_button_go_is_not_told_that_one_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone_listener, "HOLD_MS", 0)
    monkeypatch.setattr(microphone_listener, "LAST_WORDS_MS", 0)
    room = Room()
    room.listener.hold()
    room.say()
    assert room.listener.hearing().state == "listening"
    QTest.qWait(2)
    room.listener.let_go()
    room.until(room.ears.thinks.is_set)
    assert (room.listener.hearing().state, room.microphone.listening) == ("idle", False)
    room.answer()
    assert room.session.screen().kind == "prerequisites"
