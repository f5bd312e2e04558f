"""Hears in a stream of sound which phrase of a list was said, or that none was; one class for each kind of model."""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.audio.recordings import LONGEST_S, RATE, SHORTEST_S, AudioError
from voice.recognition.decoder import decoder_of
from voice.recognition.quality import is_spoken, loudness

_MORE_S = 0.2  # after the end of an utterance that is no phrase so far: somebody may have stopped to think
_RESUMED_S = 1.2  # the same when it was as loud as a voice: words are seen up to 1 s after they began
_UNSEEN_S = 0.3  # fed before the end was found, but not yet decoded: what follows may have begun in it
_JOINED_S = 1.5  # the longest pause inside a phrase
_BEFORE_S = 1.0  # of quiet, that is kept before a voice: with less, its first sound is cut


@dataclass(frozen=True)
class Heard:
    """What was heard: `phrase` is of the list, or None when it was none of them; `text` is then the syllables.

    `confidence` is the chance (0 to 1) that `phrase`, or the best guess that was refused, was said. `ms` is what
    recognising took. `between` are the two phrases that cannot be told apart here, best first, when that is why it was
    refused; `syllables` what was heard freely, toneless; `dictated` what the dictation grammar heard, in characters.
    """

    text: str
    phrase: str | None
    confidence: float
    ms: float = 0.0
    audio_s: float = 0.0
    between: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()
    dictated: str = ""


class Recogniser(ABC):
    """Hears the phrases of one list. A new list means a new Recogniser: that takes milliseconds.

    `unheard` are the phrases that can never be heard, `reasons` why (one plain sentence each). One thread at a time.
    """

    def __init__(self, endpointing: Any, beginnings: set[str], reasons: Mapping[str, str]) -> None:
        """`endpointing` is the vosk.Model that finds where an utterance ends; `beginnings`: see the function."""
        self._endpointing, self._beginnings = endpointing, beginnings
        self.reasons, self.unheard = dict(reasons), tuple(reasons)
        self.reset()

    def hear(self, samples: NDArray[np.int16]) -> Heard:
        """What is said in `samples` (int16, mono, RATE). AudioError when they are too short or too long to tell."""
        started = time.perf_counter()
        seconds = len(samples) / RATE
        if not SHORTEST_S <= seconds <= LONGEST_S:
            raise AudioError(f"A recording must last {SHORTEST_S} to {LONGEST_S:.0f} seconds: record it again.")
        heard = self._hear(samples)
        ms = round(1000 * (time.perf_counter() - started), 1)
        return replace(heard, confidence=round(heard.confidence, 3), ms=ms, audio_s=seconds)

    @abstractmethod
    def _hear(self, samples: NDArray[np.int16]) -> Heard:
        """The same, without what it took."""

    def reset(self) -> None:
        """Forget what was fed so far."""
        self._before = np.zeros(0, np.int16)  # an utterance that was refused, and the silence since
        self._spoken_until = 0  # samples of it
        self._begin()

    def _begin(self) -> None:
        self._fed = bytearray()
        self._spoken = False
        self._doubtful: Heard | None = None  # none of the phrases so far, or one that may go on
        self._loudness = 0.0  # of that utterance
        self._waited, self._louder = 0, False  # bytes since then; whether somebody may be speaking again
        self._endpointer = decoder_of(self._endpointing, 0)

    def feed(self, sound: bytes) -> Heard | None:
        """Takes the next piece of a stream (int16, mono, RATE); an answer when somebody has spoken and stopped.

        A phrase of the list is answered at once; for what is none yet, or may become a longer one, it waits a moment
        longer. What comes within 1.5 s after an utterance that was refused is heard together with it: go on feeding
        after a refusal.
        """
        self._fed += sound
        if self._doubtful:
            return self._wait_for_more(self._doubtful, sound)
        ended = self._endpointer.AcceptWaveform(sound)
        if not self._spoken and not ended:
            self._spoken = bool(json.loads(self._endpointer.PartialResult())["partial"])
            if not self._spoken:
                self._keep_the_last()
                return None
        full = len(self._fed) >= 2 * RATE * LONGEST_S
        if not ended and not full:
            return None
        samples = np.frombuffer(bytes(self._fed), np.int16)[: int(RATE * LONGEST_S)]
        if len(samples) < SHORTEST_S * RATE or not is_spoken(samples):
            self._begin()
            return None
        heard = self._hear_joined(samples)
        if full or heard.between or (heard.phrase and heard.phrase not in self._beginnings):
            self.reset()
            return heard
        self._doubtful, self._loudness = heard, loudness(samples.tobytes())
        self._waited, self._louder = 0, False
        self._endpointer = decoder_of(self._endpointing, 0)
        self._endpointer.AcceptWaveform(bytes(self._fed[-int(2 * RATE * _UNSEEN_S) :]))
        return None

    def _keep_the_last(self) -> None:
        """Nobody speaks yet: what is long past is of no use."""
        too_many = len(self._fed) - int(2 * RATE * _BEFORE_S)
        if too_many > 0:
            silence = np.frombuffer(bytes(self._fed[:too_many]), np.int16)
            del self._fed[:too_many]
            if len(self._before):
                self._before = np.concatenate((self._before, silence))

    def _wait_for_more(self, heard: Heard, sound: bytes) -> Heard | None:
        self._endpointer.AcceptWaveform(sound)
        if json.loads(self._endpointer.PartialResult())["partial"]:
            self._doubtful = None  # it goes on: the end comes later
            return None
        self._waited += len(sound)
        self._louder = self._louder or loudness(sound) > self._loudness / 2
        if self._waited < 2 * RATE * (_RESUMED_S if self._louder else _MORE_S):
            return None
        before = np.frombuffer(bytes(self._fed), np.int16)
        self.reset()
        if not (heard.phrase or heard.dictated):
            self._before, self._spoken_until = before, len(before)
        return heard

    def _hear_joined(self, samples: NDArray[np.int16]) -> Heard:
        """`samples`, with the refused utterance before them when the two make a phrase."""
        if len(self._before) and len(self._before) - self._spoken_until < _JOINED_S * RATE:
            joined = np.concatenate((self._before, samples))
            if len(joined) <= LONGEST_S * RATE:
                heard = self.hear(joined)
                if heard.phrase:
                    return heard
        return self.hear(samples)


def beginnings(sounds: Mapping[tuple[str, ...], str]) -> set[str]:
    """The phrases (row of sounds -> phrase) with which a longer one begins: who said one may go on."""
    begun = {way[:length] for way in sounds for length in range(1, len(way))}
    return {phrase for way, phrase in sounds.items() if way in begun}
