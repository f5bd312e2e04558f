"""Microphone and loudspeaker: without any, and with real ones that PulseAudio makes up."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtMultimedia import QAudio, QAudioDevice, QAudioFormat
from pytestqt.qtbot import QtBot

from voice.audio.recordings import RATE as LISTENING_RATE
from voice.devices import qt_audio
from voice.devices.capture import CHUNK
from voice.devices.qt_audio import Headset, Loudspeaker, Microphone, headset_problem, loudspeakers, microphones
from voice.speech.sound import RATE

SCENARIO = Path(__file__).with_name("pulse_scenario.py")


class NoDevices(QObject):
    audioInputsChanged = Signal()
    audioOutputsChanged = Signal()
    audioInputs = audioOutputs = staticmethod(list)
    defaultAudioInput = defaultAudioOutput = staticmethod(QAudioDevice)


@pytest.fixture
def no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_audio, "QMediaDevices", NoDevices)


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

    monkeypatch.setattr(qt_audio, "QMediaDevices", Devices)

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

    monkeypatch.setattr(qt_audio, "QMediaDevices", Devices)
    monkeypatch.setattr(qt_audio, "QAudioSink", Sink)
    monkeypatch.setattr(qt_audio, "TRIAL_MS", 1)
    monkeypatch.setattr(qt_audio, "_format", lambda device, rate: None)
    headset = Headset("headset")
    assert headset.available
    with qtbot.waitSignal(headset.changed):
        headset.use(True)
    assert not headset.available
    with qtbot.waitSignal(headset.changed):
        headset._devices.audioOutputsChanged.emit()  # plugged in again, perhaps
        assert headset.available


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
    assert told["unplugged"] == {"silent": True, "listening": False}
    assert told["plugged again"] == {"listening": True, "hears": True}
    assert told["tried"] == {"silent": True, "silent while it plays": False}
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

    monkeypatch.setattr(qt_audio, "QMediaDevices", Two)
    for device in (Microphone(chosen), Loudspeaker(chosen)):
        assert device.available
        found = device._pick()
        assert found is not None
        assert found.description() == taken
        assert device.missing == missing


class Stream(QObject):
    """What a device that was opened gives."""

    readyRead = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._data = b""

    def give(self, samples: np.ndarray) -> None:
        self._data = samples.astype(np.int16).tobytes()
        self.readyRead.emit()

    def readAll(self) -> QByteArray:
        return QByteArray(self._data)


@pytest.fixture
def opened(qapp: object, no_devices: None, monkeypatch: pytest.MonkeyPatch) -> Stream:
    """Any microphone opens, at 16 kHz; the test says what it hears."""
    stream = Stream()

    class Source(QObject):
        def __init__(self, *_: object) -> None:
            super().__init__()

        def start(self) -> Stream:
            return stream

        def stop(self) -> None: ...

        def error(self) -> QAudio.Error:
            return QAudio.Error.NoError

    form = QAudioFormat()
    form.setSampleRate(LISTENING_RATE)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    monkeypatch.setattr(qt_audio, "QAudioSource", Source)
    monkeypatch.setattr(qt_audio, "_format", lambda device, rate: form)
    monkeypatch.setattr(Microphone, "_pick", lambda microphone: Plugged("table"))
    return stream


def test_what_a_microphone_gives_is_handed_on_with_its_level(opened: Stream) -> None:
    heard: list[np.ndarray] = []
    microphone = Microphone()
    assert microphone.start(heard.append)
    assert microphone.listening
    opened.give(np.full(CHUNK, 32767))
    assert [len(chunk) for chunk in heard] == [CHUNK]
    assert microphone.level == pytest.approx(1.0, abs=0.01)
    microphone.stop()
    assert (microphone.listening, microphone.level) == (False, 0.0)


def test_a_microphone_that_gives_only_zeros_is_silent_until_it_is_heard(qtbot: QtBot, opened: Stream) -> None:
    microphone, second = Microphone(), np.zeros(LISTENING_RATE)
    assert microphone.start(lambda samples: None)
    opened.give(second)
    opened.give(second)
    assert not microphone.silent
    with qtbot.waitSignal(microphone.changed):
        opened.give(second)
    assert (microphone.silent, microphone.listening, microphone.available) == (True, False, True)
    microphone.stop()
    assert microphone.start(lambda samples: None)
    opened.give(second)
    assert microphone.silent  # opened anew, it has still to be heard
    with qtbot.waitSignal(microphone.changed):
        opened.give(np.ones(CHUNK))
    assert (microphone.silent, microphone.listening) == (False, True)


def test_an_open_microphone_that_gives_no_samples_is_silent(qtbot: QtBot, opened: Stream) -> None:
    microphone = Microphone()
    assert microphone.start(lambda samples: None)
    with qtbot.waitSignal(microphone.changed):
        microphone._nothing.timeout.emit()
    assert microphone.silent


def test_a_microphone_that_cannot_be_opened_is_silent(
    qtbot: QtBot, opened: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qt_audio.QAudioSource, "error", lambda source: QAudio.Error.OpenError)
    microphone = Microphone()
    with qtbot.waitSignal(microphone.changed):
        assert not microphone.start(lambda samples: None)
    assert microphone.silent


def test_microphones_of_telephone_headsets_are_told(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Inputs(NoDevices):
        audioInputs = staticmethod(lambda: [Plugged("headset", 8000), Plugged("table", 48000)])

    monkeypatch.setattr(qt_audio, "QMediaDevices", Inputs)
    assert microphones() == ["headset", "table"]
    assert qt_audio.slow_microphones() == ["headset"]


def test_the_device_that_is_taken_is_named_first(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    camera, headset, table = (Plugged(name) for name in ("camera", "headset", "table"))

    class Three(NoDevices):
        audioInputs = audioOutputs = staticmethod(lambda: [camera, headset, table])
        defaultAudioInput = defaultAudioOutput = staticmethod(lambda: table)

    monkeypatch.setattr(qt_audio, "QMediaDevices", Three)
    for names in (microphones, loudspeakers):
        assert names()[0] == "table"
        assert names("head")[0] == "headset"
        assert names("gone")[0] == "table"
