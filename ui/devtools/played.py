"""Stand-ins for devices in pictures, the demo visit and tests: a listener, a loudspeaker and a microphone."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.screens.common.model import Screen
from ui.speech.listener import Hearing, Listener
from ui.speech.speaker import SilentSpeaker
from voice.audio.samples import level_of


class PlayedListener(Listener):
    """A listener that shows what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = Hearing("idle")

    def hearing(self) -> Hearing:
        return self.shown

    def follow(self, screen: Screen) -> bool:
        return False

    def talk(self) -> None: ...

    def hold(self) -> None: ...

    def let_go(self) -> None: ...


class PlayedSpeaker(SilentSpeaker):
    """A loudspeaker that nobody hears: it keeps what was to be said, `last` and all together."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.last: list[str] = []

    def say(self, parts: Sequence[str], lang: str, speed: str, volume: str, headset: bool) -> None:
        self.last = list(parts)
        self.said += parts

    def forget(self) -> None:
        self.said, self.last = [], []


class PlayedMicrophone:
    """A microphone (ui.speech.microphone_listener.AudioInput) into which sound files are played."""

    def __init__(self) -> None:
        self.level = 0.0
        self.available, self.silent = True, False
        self._on_chunk: Callable[[NDArray[np.int16]], None] | None = None

    def start(self, on_chunk: Callable[[NDArray[np.int16]], None]) -> bool:
        self._on_chunk = on_chunk
        return True

    def stop(self) -> None:
        self._on_chunk = None

    @property
    def listening(self) -> bool:
        return self._on_chunk is not None

    def hear(self, samples: NDArray[np.int16]) -> None:
        """`samples` with quiet before and after, as when somebody speaks."""
        hush = np.random.default_rng(0).normal(0, 8, 16000).astype(np.int16)
        self.play(np.concatenate((hush[:8000], samples, hush, hush, hush)))

    def play(self, samples: NDArray[np.int16]) -> None:
        """`samples` in pieces of a tenth of a second, as long as somebody listens."""
        for start in range(0, len(samples), 1600):
            if self._on_chunk is None:
                return
            self.level = level_of(samples[start : start + 1600])
            self._on_chunk(samples[start : start + 1600])
