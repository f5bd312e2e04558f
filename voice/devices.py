"""Microphone and loudspeaker, the one Qt file of the voice package. Both may be missing, come and go at any time."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Literal

import numpy as np
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QElapsedTimer,
    QIODevice,
    QLoggingCategory,
    QObject,
    QTimer,
    Signal,
)
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QAudioSource, QMediaDevices

from voice.speech.resample import Resampler, resampled
from voice.speech.sound import RATE, Samples, to_samples

LISTENING_RATE = 16000  # Hz, what the recogniser takes
OVERTIME_MS = 3000  # a sound server may lose a device and never say so: playing is over this long after its end
POLL_MS = 40  # device states are asked for: slots that take the state raise TypeError in PySide6
QUIETEST_DB = -60.0  # level 0
DEAD_S = 2.0  # of exact silence, which no real microphone gives
DEAD_MS = 30000  # how long such a one counts as unplugged
CHUNK = LISTENING_RATE * 3 // 100  # samples; devices give single ones too, and those have no level
NOWHERE = b"nowhere"  # a sink that nobody hears; docs/reader.md says how it is made the usual one
TRIAL_MS = 1000  # how often it is tried whether a headset in use is still there


class Microphone(QObject):
    """16 kHz mono samples from the chosen microphone, else the system's first choice.

    While it is listening and the device is unplugged it waits, and goes on when a device is there again. Qt does not
    hear of it when PulseAudio loses its last microphone: then nothing but zeros comes in, and that is told as well.
    When the chosen one is not there the system's first choice is taken, and `missing` says so.
    """

    changed = Signal()  # a microphone came or went

    def __init__(self, chosen: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._devices = QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self._devices_changed)
        self._device: QAudioDevice | None = None
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._on_chunk: Callable[[Samples], None] | None = None
        self._zeros = 0  # samples since the last sound
        self._dead = QTimer(self)  # runs while it counts as unplugged, for nothing but zeros came
        self._dead.setSingleShot(True)
        self._dead.setInterval(DEAD_MS)
        self._dead.timeout.connect(self.changed)
        self.level = 0.0  # 0 (silence) to 1 (full scale) of the last chunk

    @property
    def available(self) -> bool:
        return self._pick() is not None and not self._dead.isActive()

    @property
    def missing(self) -> str:
        """The chosen name when another microphone has to do, else ""."""
        return _missing(QMediaDevices.audioInputs(), self._chosen)

    @property
    def listening(self) -> bool:
        """Whether sound is really coming in."""
        return self._stream is not None and not self._dead.isActive()

    def _pick(self) -> QAudioDevice | None:
        return _pick(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput(), self._chosen)

    def start(self, on_chunk: Callable[[Samples], None]) -> bool:
        """Begins to listen; False when no microphone can be opened now."""
        self.stop()
        self._on_chunk = on_chunk
        return self._open()

    def stop(self) -> None:
        self._on_chunk = None
        self._close()

    def _open(self) -> bool:
        device = self._pick()
        if device is None:
            return False
        self._device, form = device, _format(device, LISTENING_RATE)
        self._source = QAudioSource(device, form, self)
        self._resampler = Resampler(form.sampleRate(), LISTENING_RATE)
        self._left, self._waiting = b"", np.zeros(0, np.int16)
        self._stream = self._source.start()
        if self._stream is None or _name(self._source.error()) != "NoError":
            self._close()
            return False
        self._stream.readyRead.connect(self._read)
        return True

    def _close(self) -> None:
        self.level, self._zeros = 0.0, 0
        self._stream = self._device = None
        if self._source is not None:
            self._source.stop()
            self._source.deleteLater()
            self._source = None

    def _read(self) -> None:
        if self._stream is None or self._source is None or self._on_chunk is None:
            return
        form = self._source.format()
        data = self._left + bytes(self._stream.readAll().data())
        whole = len(data) - len(data) % form.bytesPerFrame()
        self._left = data[whole:]
        samples = _to_mono(data[:whole], form)
        if form.sampleRate() != LISTENING_RATE:
            samples = self._resampler(samples)
        self._waiting = np.concatenate((self._waiting, samples))
        if len(self._waiting) >= CHUNK:
            samples, self._waiting = self._waiting, self._waiting[:0]
            self.level = level_of(samples)
            self._on_chunk(samples)
            self._watch(samples)

    def _watch(self, samples: Samples) -> None:
        """Notice that the device is gone, and that it is there after all."""
        self._zeros = 0 if samples.any() else self._zeros + len(samples)
        was_dead, is_dead = self._dead.isActive(), self._zeros > DEAD_S * LISTENING_RATE
        if is_dead != was_dead:
            self._dead.start() if is_dead else self._dead.stop()
            self.changed.emit()

    def _devices_changed(self) -> None:
        lost = not self.listening or self._device not in _real(QMediaDevices.audioInputs())
        self._dead.stop()
        if self._on_chunk is not None and lost:
            self._close()
            self._open()
        self.changed.emit()


class Loudspeaker(QObject):
    """Plays samples on the chosen loudspeaker, else the system's first choice; never on the `headset`."""

    changed = Signal()  # a loudspeaker came or went
    finished = Signal()  # played to the end, or broken off because the device went away; not after stop()

    def __init__(self, chosen: str = "", headset: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen, self._headset = chosen, headset
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._devices_changed)
        self._device: QAudioDevice | None = None
        self._sink: QAudioSink | None = None
        self._buffer: QBuffer | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look)
        self._clock = QElapsedTimer()
        self._longest_ms = 0

    @property
    def available(self) -> bool:
        return self._pick() is not None

    @property
    def missing(self) -> str:
        """The chosen name when another loudspeaker has to do, else ""."""
        return _missing(QMediaDevices.audioOutputs(), self._chosen)

    def _pick(self) -> QAudioDevice | None:
        others = [one for one in QMediaDevices.audioOutputs() if not _named(one, self._headset)]
        return _pick(others, QMediaDevices.defaultAudioOutput(), self._chosen)

    @property
    def playing(self) -> bool:
        return self._sink is not None

    def play(self, samples: Samples, rate: int, volume: float = 1.0) -> bool:
        """Begins to play mono `samples`, in place of what is playing; False when no loudspeaker can be opened."""
        self.stop()
        device = self._pick()
        if device is None:
            return False
        self._device, form = device, _format(device, rate)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(_from_mono(resampled(samples, rate, form.sampleRate()), form)))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, form, self)
        self._sink.setVolume(volume)
        self._sink.start(self._buffer)
        if _name(self._sink.error()) != "NoError":
            self.stop()
            return False
        self._longest_ms = len(samples) * 1000 // rate + OVERTIME_MS
        self._clock.start()
        self._poll.start()
        return True

    def stop(self) -> None:
        self._poll.stop()
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = None
        if self._buffer is not None:
            self._buffer.deleteLater()
            self._buffer = None

    def _look(self) -> None:
        if self._sink is None or self._buffer is None:
            return
        state = _name(self._sink.state())
        ended = state == "StoppedState" or (state == "IdleState" and self._buffer.atEnd())
        if ended or self._clock.hasExpired(self._longest_ms):
            self._end()

    def _devices_changed(self) -> None:
        if self.playing and self._device not in _real(QMediaDevices.audioOutputs()):
            self._end()
        self.changed.emit()

    def _end(self) -> None:
        self.stop()
        self.finished.emit()


class Headset(Loudspeaker):
    """Plays on the chosen device and on no other: what is said there is for one pair of ears.

    When a device is pulled out, PulseAudio 16 moves what is playing to the system's first choice (measured). So the
    headset counts as there only while that is NOWHERE. Qt 6.11 is not told when another than the first choice goes
    (measured), so while it is in use it is tried.
    """

    def __init__(self, chosen: str, parent: QObject | None = None) -> None:
        super().__init__(chosen, parent=parent)
        self._gone = False
        self._trial = QTimer(self)
        self._trial.setInterval(TRIAL_MS)
        self._trial.timeout.connect(self._try)

    def use(self, used: bool) -> None:
        """Somebody wears it, or no more."""
        if used != self._trial.isActive():
            self._trial.start() if used else self._trial.stop()

    def play(self, samples: Samples, rate: int, volume: float = 1.0) -> bool:
        opened = super().play(samples, rate, volume)
        if not opened:
            self._lose()
        return opened

    def _pick(self) -> QAudioDevice | None:
        if self._gone or QMediaDevices.defaultAudioOutput().id().data() != NOWHERE:
            return None
        return next((one for one in QMediaDevices.audioOutputs() if _named(one, self._chosen)), None)

    def _try(self) -> None:
        if (device := self._pick()) is not None:
            trial = QAudioSink(device, _format(device, RATE), self)
            trial.start()
            opened = _name(trial.error()) == "NoError"
            trial.stop()
            trial.deleteLater()
            if not opened:
                self._lose()

    def _lose(self) -> None:
        self._gone = True
        self._tell()

    def _devices_changed(self) -> None:
        self._gone = False  # if it still is, the next trial finds out
        self._tell()

    def _tell(self) -> None:
        if self.playing and self._pick() is None:
            self._end()
        self.changed.emit()


def _pick(devices: Sequence[QAudioDevice], default: QAudioDevice, chosen: str) -> QAudioDevice | None:
    """The device whose name holds `chosen`, else the system's first choice; None when there is no device."""
    there = _real(devices)
    named = [device for device in there if _named(device, chosen)]
    return next(iter([*named, *([default] if default in there else there)]), None)


def _named(device: QAudioDevice, chosen: str) -> bool:
    return bool(chosen) and chosen.lower() in device.description().lower()


def _first(devices: Sequence[QAudioDevice], default: QAudioDevice, chosen: str) -> list[QAudioDevice]:
    taken = _pick(devices, default, chosen)
    return sorted(devices, key=lambda device: 0 if device == taken else 1)


def _missing(devices: Sequence[QAudioDevice], chosen: str) -> str:
    there = _real(devices)
    return "" if any(chosen.lower() in device.description().lower() for device in there) or not there else chosen


def _real(devices: Sequence[QAudioDevice]) -> list[QAudioDevice]:
    """Without the "dummy output" that sound servers put in place of the last loudspeaker, and without NOWHERE."""
    return [device for device in devices if device.id().data() not in (b"auto_null", NOWHERE)]


def _format(device: QAudioDevice, rate: int) -> QAudioFormat:
    """Mono 16 bit at `rate` when the device can, else its own rate and channels, at 16 bit when it can."""
    form = QAudioFormat()
    form.setSampleRate(rate)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if device.isFormatSupported(form):
        return form
    form = device.preferredFormat()
    own = form.sampleFormat()
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if not device.isFormatSupported(form):
        form.setSampleFormat(own)
    return form


def _name(value: Enum) -> str:
    """A state or error by name: PySide6 gives QtAudio's members, which equal none of QAudio's."""
    return value.name


NUMBERS: dict[QAudioFormat.SampleFormat, tuple[str, float]] = {  # sample type and full scale
    QAudioFormat.SampleFormat.Int16: ("<i2", 32768.0),
    QAudioFormat.SampleFormat.Int32: ("<i4", 2147483648.0),
    QAudioFormat.SampleFormat.Float: ("<f4", 1.0),
}


def _to_mono(data: bytes, form: QAudioFormat) -> Samples:
    kind, full = NUMBERS[form.sampleFormat()]
    mixed = np.frombuffer(data, dtype=kind).reshape(-1, form.channelCount()).mean(axis=1) / full
    return to_samples(mixed * 32768)


def _from_mono(samples: Samples, form: QAudioFormat) -> bytes:
    kind, full = NUMBERS[form.sampleFormat()]
    return np.repeat((samples / 32768 * full).astype(kind), form.channelCount()).tobytes()


def level_of(samples: Samples) -> float:
    """How loud: 0 for -60 dB and less, 1 for full scale."""
    power = float(np.mean((samples / 32768) ** 2))
    return 0.0 if power == 0 else min(max(1 - 10 * np.log10(power) / QUIETEST_DB, 0.0), 1.0)


def microphones(chosen: str = "") -> list[str]:
    """The names of the microphones plugged in, the one that is taken first; also before there is an application."""
    return _names(lambda: _first(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput(), chosen))


def slow_microphones() -> list[str]:
    """Of these the names of those that give less than LISTENING_RATE, as telephone headsets do: nothing is heard."""
    return _names(lambda: [one for one in QMediaDevices.audioInputs() if one.maximumSampleRate() < LISTENING_RATE])


def loudspeakers(chosen: str = "") -> list[str]:
    """The names of the loudspeakers plugged in, the one that is taken first; also before there is an application."""
    return _names(lambda: _first(QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput(), chosen))


def headset_problem(chosen: str) -> Literal["", "missing", "heard"]:
    """Why the headset cannot be used: it is not there, or what is moved when it goes would be heard."""
    if not any(chosen.lower() in name.lower() for name in loudspeakers()):
        return "missing"
    return "heard" if _names(lambda: [QMediaDevices.defaultAudioOutput()]) else ""


def _names(devices: Callable[[], Sequence[QAudioDevice]]) -> list[str]:
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # no device is an answer, not a fault
    application = QCoreApplication.instance() or QCoreApplication([])
    names = [device.description() for device in _real(devices())]
    del application
    return names
