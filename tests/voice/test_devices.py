"""Microphone and loudspeaker: without any, and with real ones that PulseAudio makes up."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtMultimedia import QAudio, QAudioDevice, QAudioFormat
from pytestqt.qtbot import QtBot

from voice import devices
from voice.devices import VOLUMES, Headset, Loudspeaker, Microphone, Speaker, headset_problem, loudspeakers, microphones
from voice.speech.prompts import Prompts
from voice.speech.sound import RATE, Lang, Samples, SpeechError

SCENARIO = Path(__file__).with_name("pulse_scenario.py")


class NoDevices(QObject):
    audioInputsChanged = Signal()
    audioOutputsChanged = Signal()
    audioInputs = audioOutputs = staticmethod(list)
    defaultAudioInput = defaultAudioOutput = staticmethod(QAudioDevice)


@pytest.fixture
def no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "QMediaDevices", NoDevices)


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
def speaker_on(tmp_path: Path, qapp: object) -> Iterator[Callable[[Recorder], Speaker]]:
    made: list[Speaker] = []

    def make(recorder: Recorder) -> Speaker:
        made.append(Speaker(Prompts.none(tmp_path), Beep(), recorder))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for speaker in made:
        speaker.close()


SpeakerOn = Callable[[Recorder], Speaker]


def test_without_devices_nothing_opens_and_nothing_fails(qapp: object, no_devices: None) -> None:
    microphone, loudspeaker = Microphone(), Loudspeaker()
    assert not microphone.available
    assert not microphone.start(lambda samples: None)
    assert not microphone.listening
    assert microphone.level == 0
    microphone.stop()
    assert not loudspeaker.available
    assert not loudspeaker.play(np.ones(RATE, dtype=np.int16), RATE)
    assert not loudspeaker.playing
    loudspeaker.stop()
    assert microphones() == loudspeakers() == []
    assert headset_problem("socket") == "missing"


def test_plugging_is_told(qtbot: QtBot, no_devices: None) -> None:
    microphone, loudspeaker = Microphone(), Loudspeaker()
    with qtbot.waitSignal(microphone.changed):
        microphone._devices.audioInputsChanged.emit()
    with qtbot.waitSignal(loudspeaker.changed):
        loudspeaker._devices.audioOutputsChanged.emit()


class Socket:
    """A sound device by its name."""

    def __init__(self, name: str) -> None:
        self.description = lambda: name
        self.id = lambda: QByteArray(name.encode())


@pytest.mark.parametrize(
    ("there", "loud", "private"),
    [
        (("Headset socket", "Built-in"), "Built-in", "Headset socket"),
        (("Headset socket",), None, "Headset socket"),
        (("Built-in",), "Built-in", None),
    ],
)
def test_headset_and_loudspeaker_never_stand_in_for_each_other(
    monkeypatch: pytest.MonkeyPatch, qapp: object, there: tuple[str, ...], loud: str | None, private: str | None
) -> None:
    sockets = [Socket(name) for name in there]

    class Devices(NoDevices):
        audioOutputs = staticmethod(lambda: sockets)
        defaultAudioOutput = staticmethod(lambda: Socket("nowhere"))

    monkeypatch.setattr(devices, "QMediaDevices", Devices)

    def name(one: Loudspeaker) -> str | None:
        picked = one._pick()
        return picked.description() if picked else None

    assert name(Loudspeaker(headset="headset")) == loud
    assert name(Headset("headset")) == private
    Devices.defaultAudioOutput = staticmethod(lambda: sockets[0])  # what is plugged in last often becomes it
    assert name(Loudspeaker(headset="headset")) == loud
    assert name(Headset("headset")) is None  # what is moved there would be heard


def test_a_headset_in_use_that_cannot_be_opened_any_more_is_lost(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt goes on listing it."""

    class Devices(NoDevices):
        audioOutputs = staticmethod(lambda: [Socket("Headset")])
        defaultAudioOutput = staticmethod(lambda: Socket("nowhere"))

    class Sink(QObject):
        def __init__(self, *_: object) -> None:
            super().__init__()

        def start(self) -> None: ...

        def stop(self) -> None: ...

        def error(self) -> QAudio.Error:
            return QAudio.Error.OpenError

    monkeypatch.setattr(devices, "QMediaDevices", Devices)
    monkeypatch.setattr(devices, "QAudioSink", Sink)
    monkeypatch.setattr(devices, "TRIAL_MS", 1)
    monkeypatch.setattr(devices, "_format", lambda device, rate: None)
    headset = Headset("headset")
    assert headset.available
    with qtbot.waitSignal(headset.changed):
        headset.use(True)
    assert not headset.available
    with qtbot.waitSignal(headset.changed):
        headset._devices.audioOutputsChanged.emit()  # plugged in again, perhaps
        assert headset.available


@pytest.mark.parametrize("headset", [None, Recorder(available=False), Recorder(opens=False)])
def test_what_is_for_the_headset_is_heard_there_or_nowhere(
    qtbot: QtBot, tmp_path: Path, headset: Recorder | None
) -> None:
    loud = Recorder()
    speaker = Speaker(Prompts.none(tmp_path), Beep(), loud, headset)  # type: ignore[arg-type]
    speaker.say(("一一零一",), "zh", headset=True)
    qtbot.waitUntil(lambda: not speaker.speaking)
    assert speaker.trouble
    assert loud.played == []
    speaker.say(("你好",), "zh")
    qtbot.waitUntil(lambda: len(loud.played) == 1)
    speaker.close()


def test_the_headset_is_heard_and_falls_silent(qtbot: QtBot, tmp_path: Path) -> None:
    loud, headset = Recorder(), Recorder()
    speaker = Speaker(Prompts.none(tmp_path), Beep(), loud, headset)  # type: ignore[arg-type]
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


@pytest.mark.parametrize("kind", list(devices.NUMBERS))
def test_samples_survive_the_formats_of_devices(kind: QAudioFormat.SampleFormat) -> None:
    form = QAudioFormat()
    form.setChannelCount(2)
    form.setSampleRate(48000)
    form.setSampleFormat(kind)
    samples = np.array([0, 1, -1, 12345, 32767, -32768], dtype=np.int16)
    data = devices._from_mono(samples, form)
    assert len(data) == form.bytesPerFrame() * len(samples)
    assert np.array_equal(devices._to_mono(data, form), samples)


def test_level_goes_from_silence_to_full_scale() -> None:
    assert devices.level_of(np.zeros(100, dtype=np.int16)) == 0
    assert devices.level_of(np.full(100, -32768, dtype=np.int16)) == 1
    assert 0.5 < devices.level_of(np.full(100, 3000, dtype=np.int16)) < 0.8


@pytest.mark.skipif(not shutil.which("pulseaudio"), reason="needs Debian's pulseaudio and pulseaudio-utils")
def test_real_sound_goes_out_and_comes_back_in(tmp_path: Path) -> None:
    """Plays to a null sink, hears it on a source of its monitor; plugs and unplugs both."""
    scenario = [sys.executable, str(SCENARIO), str(tmp_path)]
    done = subprocess.run(scenario, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["at first"] == {"microphone": False, "loudspeaker": True, "loudspeakers": ["Ear"]}
    assert told["plugged"] == {"available": True, "opened": True, "microphones": ["Mouth"]}
    assert told["heard"]["hertz"] == pytest.approx(440, abs=5)
    assert told["heard"]["seconds"] == pytest.approx(1.0, abs=0.1)
    assert told["heard"]["level"] > 0.5
    assert told["finished"]
    assert told["unplugged"] == {"available": False, "listening": False}
    assert told["plugged again"] == {"listening": True, "hears": True}
    assert told["loudspeaker gone"] == {"finished": True, "playing": False}
    assert told["dummy only"] == {"available": False, "opened": False}


@pytest.mark.skipif(not shutil.which("pulseaudio"), reason="needs Debian's pulseaudio and pulseaudio-utils")
def test_a_headset_that_is_pulled_out_is_noticed_and_nothing_of_it_is_heard_in_the_room(tmp_path: Path) -> None:
    scenario = [sys.executable, str(SCENARIO.with_name("headset_scenario.py")), str(tmp_path)]
    done = subprocess.run(scenario, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["where what is moved would be heard"] == {
        "available": False,
        "played": False,
        "problem": "heard",
    }
    assert told["moved nowhere"] == {"problem": "", "available": True, "played": True, "loudspeaker": "Ear"}
    assert told["pulled out"] == {"noticed": True, "available": False, "played": False}
    assert told["plugged again"] == {"available": True}
    assert told["heard in the room"] == {"of the headset": 0.0, "of the loudspeaker": True}


class Plugged(QAudioDevice):
    def __init__(self, name: str, rate: int = 48000) -> None:
        super().__init__()
        self._name, self._rate = name, rate

    def description(self) -> str:
        return self._name

    def maximumSampleRate(self) -> int:
        return self._rate

    def __eq__(self, other: object) -> bool:  # Qt compares ids, and made-up devices have none
        return self is other

    __hash__ = QAudioDevice.__hash__


@pytest.mark.parametrize(
    ("chosen", "taken", "missing"),
    [("", "table", ""), ("HEAD", "headset", ""), ("camera", "table", "camera")],
)
def test_the_chosen_device_is_taken_and_else_the_usual_one(
    qapp: object, monkeypatch: pytest.MonkeyPatch, chosen: str, taken: str, missing: str
) -> None:
    headset, table = Plugged("headset"), Plugged("table")

    class Two(NoDevices):
        audioInputs = audioOutputs = staticmethod(lambda: [headset, table])
        defaultAudioInput = defaultAudioOutput = staticmethod(lambda: table)

    monkeypatch.setattr(devices, "QMediaDevices", Two)
    for device in (Microphone(chosen), Loudspeaker(chosen)):
        assert device.available
        found = device._pick()
        assert found is not None
        assert found.description() == taken
        assert device.missing == missing


def test_a_microphone_that_gives_nothing_at_all_counts_as_unplugged_for_a_while(
    qtbot: QtBot, no_devices: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Microphone, "_pick", lambda microphone: Plugged("table"))
    microphone = Microphone()
    silence = np.zeros(devices.LISTENING_RATE, dtype=np.int16)
    microphone._watch(silence)
    assert microphone.available
    microphone._watch(silence)
    microphone._watch(silence)
    assert not microphone.available
    microphone.stop()
    assert not microphone.available  # not only as long as it is open
    with qtbot.waitSignal(microphone.changed):
        microphone._dead.timeout.emit()
        microphone._dead.stop()
    assert microphone.available


def test_microphones_of_telephone_headsets_are_told(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Inputs(NoDevices):
        audioInputs = staticmethod(lambda: [Plugged("headset", 8000), Plugged("table", 48000)])

    monkeypatch.setattr(devices, "QMediaDevices", Inputs)
    assert microphones() == ["headset", "table"]
    assert devices.slow_microphones() == ["headset"]


def test_the_device_that_is_taken_is_named_first(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    camera, headset, table = (Plugged(name) for name in ("camera", "headset", "table"))

    class Three(NoDevices):
        audioInputs = audioOutputs = staticmethod(lambda: [camera, headset, table])
        defaultAudioInput = defaultAudioOutput = staticmethod(lambda: table)

    monkeypatch.setattr(devices, "QMediaDevices", Three)
    for names in (microphones, loudspeakers):
        assert names()[0] == "table"
        assert names("head")[0] == "headset"
        assert names("gone")[0] == "table"
