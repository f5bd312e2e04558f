"""Microphone, loudspeaker and headset by Qt. Each may be missing, plugged in or pulled out at any time."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Literal

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QElapsedTimer,
    QEventLoop,
    QIODevice,
    QLoggingCategory,
    QObject,
    QTimer,
    Signal,
)
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QAudioSource, QMediaDevices

from voice.audio.pcm import PcmFormat
from voice.audio.recordings import RATE as LISTENING_RATE
from voice.audio.resample import resampled
from voice.audio.samples import Samples, level_of
from voice.devices.capture import Capture
from voice.devices.choice import NOWHERE, is_named, missing, pick, picked_first, real
from voice.speech.sound import RATE

SOUND_WITHIN_MS = 1000  # after it was opened, when a microphone is tried
OVERTIME_MS = 3000  # a sound server may lose a device and never say so: playing is over this long after its end
POLL_MS = 40  # device states are asked for: slots that take the state raise TypeError in PySide6
NOTHING_MS = 3000  # an open microphone that has given no samples at all for so long is silent
TRIAL_MS = 1000  # how often it is tried whether a headset in use is still there


class Microphone(QObject):
    """16 kHz mono samples from the chosen microphone, else the system's first choice.

    While it is listening and the device is unplugged it waits, and goes on when a device is there again. Qt does not
    hear of it when PulseAudio loses its last microphone: then nothing but zeros comes in, as from one that is switched
    off. Such a one is `silent` until sound comes from it; so is one that cannot be opened, or gives nothing.
    When the chosen one is not there the system's first choice is taken, and `missing` says so.
    """

    changed = Signal()  # a microphone came or went, fell silent or is heard again

    def __init__(self, chosen: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._devices = QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self._devices_changed)
        self._device: QAudioDevice | None = None
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._on_chunk: Callable[[Samples], None] | None = None
        self._capture: Capture | None = None
        self._nothing = QTimer(self)  # runs while it is open, anew with each sample
        self._nothing.setSingleShot(True)
        self._nothing.setInterval(NOTHING_MS)
        self._nothing.timeout.connect(lambda: self._is_silent(True))
        self.silent = False
        self.level = 0.0  # 0 (silence) to 1 (full scale) of the last chunk

    @property
    def available(self) -> bool:
        return self._pick() is not None

    @property
    def missing(self) -> str:
        """The chosen name when another microphone has to do, else ""."""
        return missing(QMediaDevices.audioInputs(), self._chosen)

    @property
    def listening(self) -> bool:
        """Whether sound is really coming in."""
        return self._stream is not None and not self.silent

    def _pick(self) -> QAudioDevice | None:
        return pick(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput(), self._chosen)

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
        self._capture = Capture(_pcm(form))
        self._stream = self._source.start()
        if self._stream is None or _name(self._source.error()) != "NoError":
            self._close()
            self._is_silent(True)
            return False
        self._nothing.start()
        self._stream.readyRead.connect(self._read)
        return True

    def _close(self) -> None:
        self.level = 0.0
        self._nothing.stop()
        self._stream = self._device = self._capture = None
        if self._source is not None:
            self._source.stop()
            self._source.deleteLater()
            self._source = None

    def _read(self) -> None:
        if self._stream is None or self._capture is None or self._on_chunk is None:
            return
        samples = self._capture.take(bytes(self._stream.readAll().data()))
        if samples is not None:
            self._nothing.start()
            self.level = level_of(samples)
            if samples.any() or self._capture.dead:
                self._is_silent(self._capture.dead)
            self._on_chunk(samples)

    def _is_silent(self, silent: bool) -> None:
        if silent != self.silent:
            self.silent = silent
            self.changed.emit()

    def _devices_changed(self) -> None:
        lost = not self.listening or self._device not in real(QMediaDevices.audioInputs())
        self.silent = False  # if it still is, that will be found out
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
        return missing(QMediaDevices.audioOutputs(), self._chosen)

    def _pick(self) -> QAudioDevice | None:
        others = [one for one in QMediaDevices.audioOutputs() if not is_named(one, self._headset)]
        return pick(others, QMediaDevices.defaultAudioOutput(), self._chosen)

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
        self._buffer.setData(QByteArray(_pcm(form).from_mono(resampled(samples, rate, form.sampleRate()))))
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
        if self.playing and self._device not in real(QMediaDevices.audioOutputs()):
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
        """Whether the visitor has chosen to listen by headset: while they do, it is tried once a second."""
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
        return next((one for one in QMediaDevices.audioOutputs() if is_named(one, self._chosen)), None)

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


def _pcm(form: QAudioFormat) -> PcmFormat:
    return PcmFormat(form.sampleRate(), form.channelCount(), _name(form.sampleFormat()))


def microphones(chosen: str = "") -> list[str]:
    """The names of the microphones plugged in, the one that is taken first; also before there is an application."""
    return _names(lambda: picked_first(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput(), chosen))


def microphone_is_silent(chosen: str = "") -> bool:
    """Whether the one that is taken cannot be opened, or gives no sound for a second; also before there is an
    application."""
    application = QCoreApplication.instance() or QCoreApplication([])
    microphone, loop, heard = Microphone(chosen), QEventLoop(), False

    def take(samples: Samples) -> None:
        nonlocal heard
        heard = heard or bool(samples.any())
        if heard:
            loop.quit()

    if microphone.start(take):
        QTimer.singleShot(SOUND_WITHIN_MS, loop.quit)
        loop.exec()
    microphone.stop()
    del application
    return not heard


def slow_microphones() -> list[str]:
    """Of these the names of those that give less than LISTENING_RATE, as telephone headsets do: nothing is heard."""
    return _names(lambda: [one for one in QMediaDevices.audioInputs() if one.maximumSampleRate() < LISTENING_RATE])


def loudspeakers(chosen: str = "") -> list[str]:
    """The names of the loudspeakers plugged in, the one that is taken first; also before there is an application."""
    return _names(lambda: picked_first(QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput(), chosen))


def headset_problem(chosen: str) -> Literal["", "missing", "heard"]:
    """Why the headset cannot be used: it is not there, or sound would go to a loudspeaker when it is pulled out."""
    if not any(chosen.lower() in name.lower() for name in loudspeakers()):
        return "missing"
    return "heard" if _names(lambda: [QMediaDevices.defaultAudioOutput()]) else ""


def _names(devices: Callable[[], Sequence[QAudioDevice]]) -> list[str]:
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # no device is an answer, not a fault
    application = QCoreApplication.instance() or QCoreApplication([])
    names = [device.description() for device in real(devices())]
    del application
    return names
