"""The kiosk's voice: utterances become samples off the GUI thread, then the loudspeaker or the headset plays them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ui.speech.speaker import Volume
from voice.audio.recordings import RATE as LISTENING_RATE
from voice.audio.resample import resampled
from voice.audio.samples import Samples
from voice.devices.qt_audio import Headset, Loudspeaker
from voice.speech.prompts import Prompts
from voice.speech.render import Voice, render
from voice.speech.sound import RATE, Lang, SpeechError, Speed

VOLUMES: dict[Volume, float] = {"soft": 0.35, "normal": 0.6, "loud": 1.0}
ECHO_MS = 300  # after the end of speech, until nothing of it is in the room; 70 ms are the sound server's alone


class ForgetfulVoice(Voice, Protocol):
    """A voice that can forget what it said, which may name a person."""

    def forget(self) -> None: ...


class SpeechPlayer(QObject):
    """Speaks utterances: clips and live voice are put together off the GUI thread, then played.

    Without a loudspeaker `say` returns at once; `said` still tells what would have been heard.
    """

    finished = Signal()  # the last `say` is over: heard to its end, or could not be spoken; not after stop()
    quiet = Signal()  # neither speech nor its echo is in the room any more; also after stop()
    _rendered = Signal(int, object)

    def __init__(
        self,
        prompts: Prompts,
        live: ForgetfulVoice,
        loudspeaker: Loudspeaker | None = None,
        headset: Headset | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._prompts = prompts
        self._live = live
        self._loudspeaker = loudspeaker or Loudspeaker(parent=self)
        self._headset = headset
        for one in (self._loudspeaker, headset):
            if one:
                one.finished.connect(self._over)
        self._playing = self._loudspeaker
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="speaker")
        self._rendered.connect(self._play, Qt.ConnectionType.QueuedConnection)  # never inside say()
        self._turn = 0  # grows with every say and stop: what was rendered for an earlier turn is not played
        self._volume = VOLUMES["normal"]
        self._echo = QTimer(self)
        self._echo.setSingleShot(True)
        self._echo.setInterval(ECHO_MS)
        self._echo.timeout.connect(self.quiet)
        self.speaking = False
        self.said: tuple[str, ...] = ()  # the last utterances asked for
        self.trouble = ""  # why the last ones were not heard: one plain sentence

    @property
    def available(self) -> bool:
        return self._loudspeaker.available

    @property
    def audible(self) -> bool:
        """Whether a microphone may hear it: while speaking, and until the echo is gone."""
        return self.speaking or self._echo.isActive()

    def say(
        self,
        parts: Sequence[str],
        lang: Lang,
        speed: Speed = "normal",
        volume: Volume = "normal",
        headset: bool = False,
    ) -> None:
        """Speaks `parts` in place of what is being spoken; what is for the `headset` is heard there or nowhere."""
        if self._begin(tuple(parts), volume, headset):
            self._put_together(partial(render, tuple(parts), lang, speed, self._prompts, self._live))

    def play(self, samples: Samples, volume: Volume = "normal", headset: bool = False) -> None:
        """Sound at LISTENING_RATE in place of what is being spoken."""
        if self._begin((), volume, headset):
            self._put_together(partial(resampled, samples, LISTENING_RATE, RATE))

    def _begin(self, said: tuple[str, ...], volume: Volume, headset: bool) -> bool:
        """Whether there is anything to hear it from."""
        self.stop()
        self.said, self.trouble = said, ""
        out = self._headset if headset else self._loudspeaker
        if out is None or not out.available:
            self.trouble = "No headset is plugged in." if headset else "No loudspeaker is plugged in."
            return False
        self._playing = out
        self.speaking, self._volume = True, VOLUMES[volume]
        self._echo.stop()
        return True

    def _put_together(self, make: Callable[[], Samples]) -> None:
        turn = self._turn
        self._worker.submit(make).add_done_callback(lambda done: self._rendered.emit(turn, done))

    def stop(self) -> None:
        """Silence, at once."""
        self._turn += 1
        self._fall_silent()
        self._playing.stop()

    def forget(self) -> None:
        """Silence, and nothing is left of what was said, as when a visit ends."""
        self.stop()
        self.said = ()
        self._live.forget()

    def close(self) -> None:
        self.stop()
        self._worker.shutdown()

    def _play(self, turn: int, done: "Future[Samples]") -> None:
        if turn != self._turn:
            return
        if problem := done.exception():
            self.trouble = str(problem)
            self._over()  # first of all: while somebody speaks the microphone is shut
            if not isinstance(problem, SpeechError):
                raise problem
            return
        samples = done.result()
        if not len(samples):
            self._over()
        elif not self._playing.play(samples, RATE, self._volume):
            self.trouble = "The loudspeaker cannot be opened: check that it is plugged in."
            self._over()

    def _over(self) -> None:
        self._fall_silent()
        self.finished.emit()

    def _fall_silent(self) -> None:
        if self.speaking:
            self.speaking = False
            self._echo.start()
