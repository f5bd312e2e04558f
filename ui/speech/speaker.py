"""What speaks for the kiosk, as the screen reader sees it."""

from collections.abc import Sequence
from typing import Literal, Protocol

from voice.audio.samples import Samples
from voice.speech.sound import Lang, Speed

Volume = Literal["soft", "normal", "loud"]


class Speaker(Protocol):
    """What the screen reader needs: ui.speech.speech_player has the real one."""

    @property
    def speaking(self) -> bool: ...

    @property
    def audible(self) -> bool:
        """Whether it speaks, or its echo may still be in the room."""
        ...

    def say(self, parts: Sequence[str], lang: Lang, speed: Speed, volume: Volume, headset: bool) -> None: ...

    def play(self, samples: Samples, volume: Volume, headset: bool) -> None:
        """Sound at 16 kHz, in place of what is being spoken."""

    def stop(self) -> None: ...

    def forget(self) -> None:
        """Fall silent and keep nothing of what was said."""


class SilentSpeaker:
    """Where there is no loudspeaker, or none is wanted."""

    speaking = audible = False

    def say(self, parts: Sequence[str], lang: Lang, speed: Speed, volume: Volume, headset: bool) -> None:
        pass

    def play(self, samples: Samples, volume: Volume, headset: bool) -> None:
        pass

    def stop(self) -> None:
        pass

    def forget(self) -> None:
        pass
