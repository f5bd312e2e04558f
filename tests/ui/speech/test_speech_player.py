"""The kiosk's voice with a loudspeaker that a test plays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ui.speech.speech_player import VOLUMES, SpeechPlayer
from voice.audio.samples import Samples
from voice.speech.prompts import Prompts
from voice.speech.sound import RATE, Lang, SpeechError


class Recorder(QObject):
    """A loudspeaker that remembers; the test says when it is finished."""

    finished = Signal()

    def __init__(self, available: bool = True, opens: bool = True) -> None:
        super().__init__()
        self.available, self._opens = available, opens
        self.played: list[tuple[int, float]] = []
        self.stops = 0

    def play(self, samples: Samples, rate: int, volume: float) -> bool:
        self.played.append((len(samples), volume))
        return self._opens

    def stop(self) -> None:
        self.stops += 1


class Beep:
    """A live voice: a tenth of a second a character; fails on “!”."""

    forgot = False

    def forget(self) -> None:
        self.forgot = True

    def say(self, text: str, lang: Lang) -> Samples:
        if "!" in text:
            raise SpeechError("It cannot be said.")
        return np.ones(RATE // 10 * len(text), dtype=np.int16)


@pytest.fixture
def speaker_on(tmp_path: Path, qapp: object) -> Iterator[Callable[[Recorder], SpeechPlayer]]:
    made: list[SpeechPlayer] = []

    def make(recorder: Recorder) -> SpeechPlayer:
        made.append(SpeechPlayer(Prompts.none(tmp_path), Beep(), recorder))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for speaker in made:
        speaker.close()


SpeakerOn = Callable[[Recorder], SpeechPlayer]


@pytest.mark.parametrize("headset", [None, Recorder(available=False), Recorder(opens=False)])
def test_what_is_for_the_headset_is_heard_there_or_nowhere(
    qtbot: QtBot, tmp_path: Path, headset: Recorder | None
) -> None:
    loud = Recorder()
    speaker = SpeechPlayer(Prompts.none(tmp_path), Beep(), loud, headset)  # type: ignore[arg-type]
    speaker.say(("一一零一",), "zh", headset=True)
    qtbot.waitUntil(lambda: not speaker.speaking)
    assert speaker.trouble
    assert loud.played == []
    speaker.say(("你好",), "zh")
    qtbot.waitUntil(lambda: len(loud.played) == 1)
    speaker.close()


def test_the_headset_is_heard_and_falls_silent(qtbot: QtBot, tmp_path: Path) -> None:
    loud, headset = Recorder(), Recorder()
    speaker = SpeechPlayer(Prompts.none(tmp_path), Beep(), loud, headset)  # type: ignore[arg-type]
    speaker.say(("一一零一",), "zh", headset=True)
    qtbot.waitUntil(lambda: len(headset.played) == 1)
    stops = headset.stops
    speaker.say(("你好",), "zh")
    assert headset.stops > stops
    qtbot.waitUntil(lambda: len(loud.played) == 1)
    assert len(headset.played) == 1
    speaker.close()


def test_without_a_loudspeaker_say_returns_and_remembers(speaker_on: SpeakerOn) -> None:
    speaker = speaker_on(Recorder(available=False))
    speaker.say(("您好", "请坐"), "zh", "slow", "loud")
    assert not speaker.speaking
    assert speaker.said == ("您好", "请坐")
    assert "loudspeaker" in speaker.trouble


def test_say_plays_at_the_volume_asked_for_and_tells_the_end(qtbot: QtBot, speaker_on: SpeakerOn) -> None:
    recorder = Recorder()
    speaker = speaker_on(recorder)
    speaker.say(("您好",), "zh", "normal", "soft")
    assert speaker.speaking
    qtbot.waitUntil(lambda: bool(recorder.played))
    assert recorder.played == [(RATE // 5, VOLUMES["soft"])]
    with qtbot.waitSignal(speaker.finished):
        recorder.finished.emit()
    assert not speaker.speaking


def test_what_was_stopped_is_never_played(qtbot: QtBot, speaker_on: SpeakerOn) -> None:
    recorder = Recorder()
    speaker = speaker_on(recorder)
    speaker.say(("您好",), "zh", "normal", "normal")
    speaker.stop()
    assert not speaker.speaking
    speaker.say(("慢慢来",), "zh", "normal", "normal")
    qtbot.waitUntil(lambda: bool(recorder.played))
    assert [length for length, _ in recorder.played] == [RATE // 10 * 3]


def test_it_is_audible_until_its_echo_is_gone(qtbot: QtBot, speaker_on: SpeakerOn) -> None:
    recorder = Recorder()
    speaker = speaker_on(recorder)
    assert not speaker.audible
    speaker.say(("您好",), "zh", "normal", "normal")
    qtbot.waitUntil(lambda: bool(recorder.played))
    with qtbot.waitSignal(speaker.quiet):
        recorder.finished.emit()
        assert (speaker.speaking, speaker.audible) == (False, True)
    assert not speaker.audible
    speaker.say(("您好",), "zh", "normal", "normal")
    with qtbot.waitSignal(speaker.quiet):  # broken off it is in the room as well
        speaker.stop()
        assert speaker.audible
    speaker.stop()
    assert not speaker.audible  # there was nothing to stop


@pytest.mark.parametrize(
    ("text", "opens", "trouble"), [("您好!", True, "cannot be said"), ("您好", False, "plugged in"), ("……", True, "")]
)
def test_what_cannot_be_heard_ends_at_once_and_says_why(
    qtbot: QtBot, speaker_on: SpeakerOn, text: str, opens: bool, trouble: str
) -> None:
    speaker = speaker_on(Recorder(opens=opens))
    with qtbot.waitSignal(speaker.finished):
        speaker.say((text,), "zh", "normal", "normal")
    assert not speaker.speaking
    assert trouble in speaker.trouble


def test_a_fault_of_the_voice_leaves_the_microphone_open(
    qtbot: QtBot, speaker_on: SpeakerOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(voice: Beep, text: str, lang: Lang) -> Samples:
        raise OSError("No space left on device")

    monkeypatch.setattr(Beep, "say", fails)
    speaker = speaker_on(Recorder())
    with qtbot.captureExceptions() as told, qtbot.waitSignal(speaker.finished):
        speaker.say(("您好",), "zh", "normal", "normal")
    assert not speaker.speaking
    assert "No space" in speaker.trouble
    assert [kind for kind, *_ in told] == [OSError]  # a fault of ours is not hidden


def test_nothing_said_is_left_when_the_visitor_has_gone(speaker_on: SpeakerOn) -> None:
    speaker = speaker_on(Recorder())
    speaker.say(("王秀英",), "zh", "normal", "normal")
    speaker.forget()
    assert (speaker.said, speaker.speaking) == ((), False)
    assert speaker._live.forgot  # type: ignore[attr-defined]
