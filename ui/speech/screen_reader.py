"""Reads aloud what session and window ask for. The kind of speech decides what interrupts what
(kiosk.texts.speech_kinds).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.screens.common.model import Button, Entry
from kiosk.session.session import Session
from kiosk.texts.languages import Lang
from kiosk.texts.speech_kinds import MANNERS, SpeechKind
from ui.speech.speaker import Speaker
from voice.audio.samples import Samples

PUT_IN = ("type", "letter", "pick")
SILENT_ACTIONS = (*PUT_IN, "erase", "clear")  # spoken aloud, an answer would leak key by key
PATIENCE = 4  # ticks of quiet after a press, before what was kept is said: another press may follow


@dataclass(frozen=True)
class Speech:
    kind: SpeechKind
    parts: tuple[str, ...]
    lang: Lang


def spoken(button: Button) -> tuple[str, ...]:
    """What a button is called aloud."""
    return button.called or tuple(text for text in (button.label, button.detail) if text)


class ScreenReader:
    def __init__(self, session: Session, speaker: Speaker) -> None:
        self._session, self._speaker = session, speaker
        self._now: Speech | None = None
        self._waiting: dict[SpeechKind, Speech] = {}  # the latest of each kind, in the order in which they came
        self._patience = 0
        session.on_speak(self.say)
        session.on_replay(self._replay)

    @property
    def audible(self) -> bool:
        """Whether something is heard or will be soon, so that the microphone has to stay shut."""
        return self._speaker.audible or bool(self._waiting)

    def say(self, kind: SpeechKind, parts: Sequence[str]) -> None:
        """Speak `parts` in the visitor's language, at their speed. No parts of a kind that cuts in: silence."""
        manner, speech = MANNERS[kind].while_speaking, Speech(kind, tuple(parts), self._session.look.lang)
        busy = self._speaker.speaking or self._waiting
        if manner == "cuts in":
            self.hush()
            self._begin(speech)
        elif manner == "waits" and busy:
            self._waiting[kind] = speech
        elif not busy:
            self._begin(speech)

    def tick(self) -> None:
        """Called twice a second: when it is quiet, the next waiting speech begins."""
        if self._speaker.speaking or not self._waiting:
            return
        self._patience -= 1
        if self._patience <= 0:
            self._begin(self._waiting.pop(next(iter(self._waiting))))

    def echo(self, button: Button, entry: Entry | None) -> None:
        """Say what was just pressed. Of a private answer only how much there is, and only for an `entry`."""
        if button.action not in SILENT_ACTIONS or (self._session.look.headset and button.action in PUT_IN):
            self.say("echo", spoken(button))
        elif entry and button.action != "letter":
            self.say("echo", [entry.said])

    def hush(self) -> None:
        """Somebody did something: fall silent. Of what was said or waits, kinds that are kept will be said later."""
        cut_short = self._now if self._speaker.speaking else None
        pending = [*([cut_short] if cut_short else []), *self._waiting.values()]
        self._waiting = {one.kind: one for one in pending if MANNERS[one.kind].kept}
        self._patience = PATIENCE
        self._speaker.stop()

    def forget(self) -> None:
        """The visitor has gone: keep nothing of what was said."""
        self._waiting, self._now = {}, None
        self._speaker.forget()

    def _replay(self, samples: Samples) -> None:
        """What the visitor has said, heard again; nothing of it is kept here."""
        self.hush()
        self._now = None
        self._speaker.play(samples, self._session.look.volume, self._session.look.headset)

    def _begin(self, speech: Speech) -> None:
        self._now, self._patience = speech, 0
        look = self._session.look
        if speech.parts:
            self._speaker.say(speech.parts, speech.lang, look.speed, look.volume, look.headset)
