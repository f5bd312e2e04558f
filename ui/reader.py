"""The reader: whatever the session wants said is said, and it falls silent as soon as somebody does something."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.screens import Button
from kiosk.session import Session

SILENT_ACTIONS = ("type", "letter", "pick", "erase", "clear")  # spoken aloud, an answer would leak key by key


class Speaker(Protocol):
    """What voice.devices.Speaker does; `speed` and `volume` as in kiosk.screens.Look."""

    @property
    def audible(self) -> bool:
        """Whether it speaks, or its echo may still be in the room."""
        ...

    def say(self, parts: Sequence[str], lang: str, speed: str, volume: str) -> None: ...

    def stop(self) -> None: ...

    def forget(self) -> None:
        """Fall silent and keep nothing of what was said."""


class SilentSpeaker:
    """Where there is no loudspeaker, or none is wanted."""

    audible = False

    def say(self, parts: Sequence[str], lang: str, speed: str, volume: str) -> None:
        pass

    def stop(self) -> None:
        pass

    def forget(self) -> None:
        pass


class Reader:
    def __init__(self, session: Session, speaker: Speaker) -> None:
        self._session, self._speaker = session, speaker
        self._spoken = session.utterance

    @property
    def audible(self) -> bool:
        return self._speaker.audible

    def follow(self) -> bool:
        """Speak what the session wants said, if that is new; whether it was."""
        if self._session.utterance == self._spoken:
            return False
        self._spoken = self._session.utterance
        self.read(self._session.to_say())
        return True

    def read(self, parts: Sequence[str]) -> None:
        """Speak `parts` in the visitor's language and at their speed, in place of what is being spoken."""
        look = self._session.look
        if parts:
            self._speaker.say(tuple(parts), look.lang, look.speed, look.volume)
        else:
            self.hush()

    def echo(self, button: Button) -> None:
        """Say what was just pressed, except what belongs to a private answer."""
        if button.action not in SILENT_ACTIONS:
            self.read([text for text in (button.label, button.detail) if text])

    def forget(self) -> None:
        """The visitor has gone."""
        self._speaker.forget()

    def hush(self) -> None:
        self._speaker.stop()
