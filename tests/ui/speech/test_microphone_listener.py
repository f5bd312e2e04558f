"""Ears: speech from files, through the real recogniser, to what the session does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from project import ASSETS

from forms import load_catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from ui.devtools.played import PlayedMicrophone
from ui.speech import microphone_listener
from ui.speech.microphone_listener import MicrophoneListener
from voice.audio.recordings import RATE, read_wav
from voice.recognition.choice import recogniser_for
from voice.recognition.recogniser import Heard
from voice.speech.prompts import Prompts

NOISE = np.random.default_rng(1)
pytestmark = pytest.mark.usefixtures("qapp")


def noise(seconds: float, loudness: float) -> NDArray[np.int16]:
    """Hiss; `loudness` is its root mean square of 32768."""
    return NOISE.normal(0, loudness, int(seconds * RATE)).astype(np.int16)


class Room:
    """A session, a listener, and a microphone that hears recordings."""

    def __init__(self, model: Path = ASSETS / "voice_model") -> None:
        self.rehearsal = Rehearsal(load_catalogue(ASSETS), Texts.load(ASSETS), PinyinTable.load(ASSETS))
        self.session = self.rehearsal.session
        self.microphone = PlayedMicrophone()
        self.audible = False
        self.listener = MicrophoneListener(
            self.session,
            self.microphone,
            lambda phrases, dictation: recogniser_for(model, phrases, dictation=dictation),
            lambda: self.audible,
        )
        self.follow()

    def follow(self, *, audible: bool = False) -> None:
        self.audible = audible
        self.listener.follow(self.session.screen())

    def say(self, phrase: str, loudness: float = 1.0) -> None:
        self.microphone.hear(self.recording(phrase, loudness))

    def recording(self, phrase: str, loudness: float = 1.0) -> NDArray[np.int16]:
        clip = Prompts.load(ASSETS / "demo").lookup(phrase, "zh")
        assert clip is not None
        return (read_wav(clip) * loudness).astype(np.int16)

    @property
    def open(self) -> bool:
        return self.microphone.listening

    @property
    def line(self) -> str:
        return self.listener.hearing().line


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def at_home(room: Room) -> Room:
    room.session.do("start")
    room.follow()
    return room


@pytest.fixture
def long_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any press counts as long."""

    class Long:
        def start(self) -> None: ...

        def hasExpired(self, milliseconds: int) -> bool:
            return True

    monkeypatch.setattr(microphone_listener, "QElapsedTimer", Long)


def test_a_spoken_errand_is_chosen_and_shown(at_home: Room) -> None:
    at_home.say("高龄津贴")
    assert at_home.session.screen().name == "prerequisites"
    assert at_home.line == "听到：高龄津贴"


def test_what_was_heard_is_gone_once_a_finger_leads_on(at_home: Room) -> None:
    at_home.session.on_change(at_home.follow)
    at_home.say("高龄津贴")
    assert at_home.line == "听到：高龄津贴"
    at_home.session.do("next")
    assert not at_home.line.startswith("听到")


def test_what_could_not_be_done_is_recorded_not_recognised(at_home: Room) -> None:
    session = at_home.session
    session.microphone_is(available=True)
    session.do("cannot")
    session.do("reason", "")
    session.do("decline")
    session.do("record")
    at_home.follow(audible=True)
    assert not at_home.open, "the kiosk does not record its own voice"
    at_home.follow()
    assert at_home.open
    at_home.say("高龄津贴")
    assert at_home.line == "正在录您说的"
    at_home.listener.talk()
    assert session.screen().name == "order-recording"
    session.do("recorded")
    at_home.follow()
    assert session.screen().name == "order-spoken"
    session.do("keep")
    (order,) = at_home.rehearsal.hall.orders.values()
    assert order.sound


def test_other_words_do_nothing_but_a_kind_sentence(at_home: Room) -> None:
    at_home.say("今天天气不错")
    assert at_home.session.screen().name == "home"
    assert at_home.session.to_say() == ("没听清，请再说一次，或者用手点。",)


def test_all_that_was_heard_reaches_the_session(at_home: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(at_home.session, "hear", lambda phrase, **rest: told.append((phrase, rest)))
    heard = Heard("", None, 0.4, 1.0, 1.0, ("高龄津贴", "查进度"), ("gao", "ling"), "一三八")
    assert at_home.listener._recogniser is not None
    monkeypatch.setattr(at_home.listener._recogniser, "feed", lambda sound: heard)
    at_home.microphone.play(noise(0.1, 8))
    rest = {"between": ("高龄津贴", "查进度"), "syllables": ("gao", "ling"), "dictated": "一三八"}
    assert told == [(None, rest)]


def test_who_pauses_after_words_that_were_none_may_go_on(at_home: Room) -> None:
    other, wanted = at_home.recording("今天天气不错"), at_home.recording("高龄津贴")
    at_home.microphone.hear(np.concatenate((other, noise(1.2, 8), wanted)))
    assert at_home.session.screen().name == "prerequisites"
    assert at_home.session.to_say() != ("没听清，请再说一次，或者用手点。",)


def test_it_does_not_hear_itself(at_home: Room) -> None:
    at_home.audible = True  # a touched word is read; nobody has told the listener yet
    at_home.say("高龄津贴")
    assert at_home.session.screen().name == "home"
    at_home.follow(audible=True)
    assert not at_home.open
    at_home.follow()
    assert at_home.open  # the reading came between: the ear is open again


def test_the_button_silences_first_and_listens_when_the_echo_is_gone(at_home: Room) -> None:
    at_home.listener._close()
    at_home.listener._close()
    at_home.audible = True
    at_home.listener.talk()
    assert not at_home.open
    at_home.follow()
    assert at_home.open


def test_the_ear_opens_once_a_screen_when_the_reading_is_over(room: Room) -> None:
    room.session.do("start")
    room.follow(audible=True)
    assert not room.open
    room.follow()
    assert room.open
    room.microphone.play(noise(0.1, 8))
    assert room.listener.hearing().state == "listening"
    room.listener._window.timeout.emit()
    room.follow()
    assert not room.open


def test_nobody_is_listened_to_on_the_attract_screen_unasked(room: Room) -> None:
    assert not room.open
    room.listener.talk()
    assert room.open


@pytest.mark.parametrize(
    ("why", "line"),
    [
        ("microphone", "没有话筒，请用手点"),
        ("model", "现在听不了，请用手点"),
        ("language", "Voice understands Chinese only, please touch"),
    ],
)
def test_what_cannot_be_heard_is_said_in_one_line(why: str, line: str, tmp_path: Path) -> None:
    room = Room(model=tmp_path) if why == "model" else Room()
    if why == "microphone":
        room.microphone.available = False
    room.session.do("start")
    if why == "language":
        room.session.do("lang", "en")
    room.follow()
    assert room.listener.hearing().state == "blocked"
    assert room.line == line
    room.listener.hold()
    room.listener.let_go()
    assert not room.open


def test_a_microphone_plugged_back_listens_again(at_home: Room) -> None:
    at_home.microphone.available = False
    at_home.follow()
    assert (at_home.open, at_home.line) == (False, "没有话筒，请用手点")
    at_home.microphone.available = True
    at_home.follow()
    at_home.say("高龄津贴")
    assert at_home.session.screen().name == "prerequisites"


def test_a_screen_change_drops_the_old_phrases(at_home: Room) -> None:
    at_home.session.do("choose", "old-age-allowance")
    at_home.follow()
    at_home.say("高龄津贴")  # not offered here
    assert at_home.session.screen().name == "prerequisites"
    at_home.listener.talk()
    at_home.say("带齐了")
    assert at_home.session.screen().name == "question-for_whom"


def test_other_phrases_on_the_same_screen_are_heard_at_once(at_home: Room) -> None:
    screen = at_home.session.screen()
    at_home.listener.follow(replace(screen, phrases=screen.phrases[-3:]))
    assert at_home.open
    at_home.listener.follow(screen)
    at_home.say("高龄津贴")
    assert at_home.session.screen().name == "prerequisites"


def test_what_may_be_dictated_is_listened_for(at_home: Room) -> None:
    at_home.listener.follow(replace(at_home.session.screen(), dictation="phone"))
    assert at_home.listener._recogniser is not None
    assert at_home.listener._recogniser._dictation is not None


def test_after_a_refusal_it_listens_again_twice_a_screen(at_home: Room) -> None:
    at_home.session.do("choose", "old-age-allowance")  # from home they would lead to the other errands
    at_home.follow()
    for _ in range(2):
        at_home.say("今天天气不错")
        at_home.follow(audible=True)
        assert not at_home.open
        at_home.follow()
        assert at_home.open
    at_home.say("今天天气不错")
    at_home.follow()
    assert not at_home.open


def test_it_does_not_close_on_somebody_who_speaks(at_home: Room) -> None:
    at_home.microphone.level = 0.5
    at_home.listener._window.timeout.emit()
    assert at_home.open
    at_home.listener._window.timeout.emit()
    assert not at_home.open


def test_it_closes_when_it_is_quiet(at_home: Room) -> None:
    at_home.listener._window.timeout.emit()
    assert not at_home.open
    assert at_home.line == ""  # who did not press need not have wanted to speak


def test_a_phrase_that_turns_the_page_does_nothing_else(at_home: Room) -> None:
    screen = at_home.session.screen()
    phrases = tuple(replace(one, action="page", value="1") for one in screen.phrases)
    turned: list[bool] = []
    at_home.listener.page_wanted.connect(lambda: turned.append(True))
    at_home.listener.follow(replace(screen, phrases=phrases))
    at_home.say("高龄津贴")
    assert turned == [True]
    assert at_home.session.screen().name == "home"


# push to talk


def test_held_it_waits_for_the_end_of_the_press(long_press: None, at_home: Room) -> None:
    at_home.listener.hold()
    at_home.say("高龄津贴")
    assert at_home.session.screen().name == "home"
    at_home.listener.let_go()
    assert at_home.open  # for the sound still on its way
    at_home.listener._last_words.timeout.emit()
    assert at_home.session.screen().name == "prerequisites"


def test_a_short_press_goes_on_listening(at_home: Room) -> None:
    at_home.listener.hold()
    recording = at_home.recording("高龄津贴")
    at_home.microphone.play(recording[:5000])
    at_home.listener.let_go()
    assert at_home.open
    at_home.microphone.play(np.concatenate((recording[5000:], noise(3, 8))))
    assert at_home.session.screen().name == "prerequisites"


def test_who_is_not_heard_while_holding_is_told(long_press: None, at_home: Room) -> None:
    at_home.listener.hold()
    at_home.microphone.play(noise(1, 8))
    at_home.listener.let_go()
    at_home.listener._last_words.timeout.emit()
    assert not at_home.open
    assert at_home.line == "没有听到您说话，请再按一下说"
    assert at_home.session.to_say() == at_home.session.screen().say  # nobody is told off aloud


def test_held_for_too_long_it_decides(at_home: Room) -> None:
    at_home.listener.hold()
    at_home.say("高龄津贴")
    at_home.listener._window.timeout.emit()
    assert at_home.session.screen().name == "prerequisites"


# a microphone that gives nothing


ZEROS = np.zeros(16000, np.int16)


def test_it_never_says_that_it_listens_before_there_is_sound(at_home: Room) -> None:
    at_home.microphone.play(ZEROS)
    assert at_home.open
    assert at_home.listener.hearing().state == "idle"
    at_home.microphone.play(noise(0.1, 8))
    assert at_home.listener.hearing().state == "listening"


def test_a_silent_microphone_is_said_until_it_is_heard_again(at_home: Room) -> None:
    at_home.microphone.silent = True
    at_home.microphone.play(ZEROS)
    at_home.follow()
    assert (at_home.listener.hearing().state, at_home.line) == ("blocked", "话筒没有声音，请用手点")
    at_home.session.do("choose", "old-age-allowance")
    at_home.follow()
    assert at_home.line == "话筒没有声音，请用手点"  # also on the next screen, before it is tried there
    at_home.microphone.silent = False  # what voice.devices.qt_audio tells as soon as sound comes
    at_home.say("带齐了")
    assert at_home.session.screen().name == "question-for_whom"


def test_a_silent_microphone_is_tried_again_and_again(at_home: Room) -> None:
    at_home.microphone.silent = True
    at_home.listener._window.timeout.emit()
    assert not at_home.open
    at_home.follow()  # at the next tick of the window
    assert at_home.open
    assert at_home.line == "话筒没有声音，请用手点"


def test_on_the_attract_screen_a_silent_microphone_stays_shut(room: Room) -> None:
    room.listener.talk()
    room.microphone.silent = True
    room.listener._window.timeout.emit()
    room.follow()
    assert not room.open


def test_who_presses_a_microphone_without_sound_is_not_told_to_speak_up(at_home: Room) -> None:
    at_home.listener.talk()
    at_home.microphone.play(ZEROS)
    at_home.listener._window.timeout.emit()
    assert at_home.line == "话筒没有声音，请用手点"


# what disturbs: three sentences


def test_nobody_is_too_soft_who_did_not_speak(at_home: Room) -> None:
    at_home.listener.talk()
    at_home.microphone.play(noise(3, 8))
    at_home.listener._window.timeout.emit()
    assert at_home.line == "没有听到您说话，请再按一下说"


def test_who_spoke_too_softly_is_told_however_long_it_was_quiet_after(at_home: Room) -> None:
    at_home.listener.talk()
    at_home.microphone.play(np.concatenate((noise(1, 3), at_home.recording("高龄津贴", 0.008), noise(8, 3))))
    at_home.listener._window.timeout.emit()
    assert at_home.line == "声音太小了，请靠近一点说"


def test_who_could_not_be_told_from_the_noise_hears_of_the_noise(at_home: Room) -> None:
    at_home.listener.talk()
    at_home.microphone.play(noise(3, 1000))
    at_home.microphone.level = 0.0
    at_home.listener._window.timeout.emit()
    assert at_home.line == "这里有点吵，请靠近一点说"


def test_noise_is_told_while_listening(at_home: Room) -> None:
    at_home.microphone.play(noise(2, 1000))
    assert at_home.open
    assert at_home.line == "这里有点吵，请靠近一点说"


def test_a_soft_voice_is_told_when_it_was_not_understood(at_home: Room) -> None:
    at_home.say("今天天气不错", loudness=0.03)
    at_home.follow()
    assert at_home.line == "声音太小了，请靠近一点说"
    at_home.say("高龄津贴")
    assert at_home.line == "听到：高龄津贴"
