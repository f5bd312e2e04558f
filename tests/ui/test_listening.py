"""Ears: speech from files, through the real recogniser, to what the session does."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.pinyin import PinyinTable
from kiosk.rehearsal import Rehearsal
from kiosk.texts import Texts
from ui.listening import Listener
from ui.stage import SoundFiles
from voice.audio import read_wav
from voice.prompts import Prompts

ASSETS = Path(__file__).resolve().parents[2] / "assets"
pytestmark = pytest.mark.usefixtures("qapp")


class Room:
    """A session, a listener, and a microphone that hears recordings."""

    def __init__(self, model: Path = ASSETS / "voice_model") -> None:
        self.rehearsal = Rehearsal(load_catalogue(ASSETS), Texts.load(ASSETS), PinyinTable.load(ASSETS))
        self.session = self.rehearsal.session
        self.microphone = SoundFiles()
        self.listener = Listener(self.session, self.microphone, model)
        self.follow()

    def follow(self, *, speaking: bool = False) -> None:
        self.listener.follow(self.session.screen(), self.session.look.lang, speaking=speaking)

    def say(self, phrase: str) -> None:
        clip = Prompts.load(ASSETS / "demo").lookup(phrase, "zh")
        assert clip is not None
        self.microphone.hear(read_wav(clip))

    @property
    def open(self) -> bool:
        return self.microphone.listening


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def at_home(room: Room) -> Room:
    room.session.do("start")
    room.follow()
    return room


def test_a_spoken_errand_is_chosen_and_shown(at_home: Room) -> None:
    at_home.say("高龄津贴")
    assert at_home.session.screen().name == "prerequisites"
    assert at_home.listener.hearing().line == "听到：高龄津贴"


def test_other_words_do_nothing_but_a_kind_sentence(at_home: Room) -> None:
    at_home.say("今天天气不错")
    assert at_home.session.screen().name == "home"
    assert at_home.session.to_say() == ("没听清，请再说一次，或者用手点。",)


def test_it_does_not_hear_itself(at_home: Room) -> None:
    at_home.follow(speaking=True)
    assert not at_home.open
    at_home.follow(speaking=False)
    assert not at_home.open  # the window of this screen was used up; the button opens it again
    at_home.listener.talk()
    assert at_home.open


def test_the_ear_opens_once_a_screen_when_the_reading_is_over(room: Room) -> None:
    room.session.do("start")
    room.follow(speaking=True)
    assert not room.open
    room.follow(speaking=False)
    assert room.open
    assert room.listener.hearing().state == "listening"


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
    assert room.listener.hearing().line == line
    room.listener.talk()
    assert not room.open


def test_a_screen_change_drops_the_old_phrases(at_home: Room) -> None:
    at_home.session.do("choose", "old-age-allowance")
    at_home.follow()
    at_home.say("高龄津贴")  # not offered here
    assert at_home.session.screen().name == "prerequisites"
    at_home.listener.talk()
    at_home.say("带齐了")
    assert at_home.session.screen().name == "question-name"


def test_after_a_refusal_it_listens_again_twice_a_screen(at_home: Room) -> None:
    for _ in range(2):
        at_home.say("今天天气不错")
        at_home.follow(speaking=True)
        assert not at_home.open
        at_home.follow()
        assert at_home.open
    at_home.say("今天天气不错")
    at_home.follow()
    assert not at_home.open


def test_it_does_not_close_on_somebody_who_speaks(at_home: Room) -> None:
    at_home.listener._window.timeout.emit()
    assert at_home.open
    at_home.listener._window.timeout.emit()
    assert not at_home.open


def test_it_closes_when_it_is_quiet(at_home: Room) -> None:
    at_home.microphone.level = 0.1
    at_home.listener._window.timeout.emit()
    assert not at_home.open


def test_a_phrase_that_turns_the_page_does_nothing_else(at_home: Room) -> None:
    screen = at_home.session.screen()
    phrases = tuple(replace(one, action="page", value="1") for one in screen.phrases)
    turned: list[bool] = []
    at_home.listener.page_wanted.connect(lambda: turned.append(True))
    at_home.listener.follow(replace(screen, phrases=phrases), "zh", speaking=False)
    at_home.say("高龄津贴")
    assert turned == [True]
    assert at_home.session.screen().name == "home"
