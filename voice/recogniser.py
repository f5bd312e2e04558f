"""Hears which phrase of a list was said, or that none was. Offline, with vosk and the bundled Mandarin model.

Two decoders hear the same sound: one knows the list and nothing else, the other any row of syllables. A phrase counts
when it explains the sound nearly as well as free syllables do, and clearly better than the next phrase of the list.
Everything else is refused.
"""

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import vosk
from numpy.typing import NDArray

from voice.audio import LONGEST_S, RATE, SHORTEST_S, AudioError
from voice.graph import filler_graph, phrase_graph
from voice.model import Acceptance, check_model, load
from voice.phrases import sound_out
from voice.syllables import SYLLABLES

__all__ = ["AudioError", "Heard", "Recogniser"]

QUIET = 60.0  # root mean square of the loudest 0.1 s, of 32768, below which nobody spoke
# Power above 4.5 kHz relative to all of it, below which half of what tells consonants apart is missing, as from 8 kHz
# recordings (-55 dB and less in the test and demo clips; at 16 kHz they have -29 dB and more).
NARROW_DB = -42.0
_MOST_MARGIN = 10.0  # of log-likelihood, that is looked at between the best phrase and the next
PAUSE = np.zeros(RATE * 3 // 10, np.int16)


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
    ms: float
    audio_s: float
    between: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()
    dictated: str = ""


@dataclass(frozen=True)
class Evidence:
    """What the two decoders found; costs are negative log-likelihoods. `phrase` is None when no phrase fits at all."""

    phrase: str | None
    syllables: tuple[str, ...]
    features: Mapping[str, float]

    def chance(self, acceptance: Acceptance) -> float:
        """That `phrase` was said."""
        if self.phrase is None:
            return 0.0
        x = acceptance.bias + sum(acceptance.weights[name] * value for name, value in self.features.items())
        return 1 / (1 + math.exp(-max(min(x, 30), -30)))


class Recogniser:
    """Hears the phrases of one list. A new list means a new Recogniser: that takes milliseconds.

    `unheard` are the phrases that can never be heard, `reasons` why (one plain sentence each). ModelError when the
    model is missing or damaged.
    One thread at a time.
    """

    def __init__(self, model_dir: Path, phrases: Sequence[str]) -> None:
        self._acceptance, self._free = _of_any_list(model_dir)
        listed = sound_out(phrases)
        self.reasons: Mapping[str, str] = dict(listed.unheard)
        self.unheard: tuple[str, ...] = tuple(listed.unheard)
        self._phrases = list(dict.fromkeys(listed.sounds.values()))
        label = {phrase: number for number, phrase in enumerate(self._phrases, 1)}
        graph = phrase_graph({sounds: label[phrase] for sounds, phrase in listed.sounds.items()})
        self._sizes = {phrase: len(sounds) for sounds, phrase in reversed(list(listed.sounds.items()))}
        self._listed = load(model_dir, graph, [f"p{number}" for number in range(len(self._phrases))], _MOST_MARGIN)
        self.reset()

    def reset(self) -> None:
        """Forget what was fed so far."""
        self._fed = bytearray()
        self._endpointer = _decoder(self._free, 0)

    def feed(self, sound: bytes) -> Heard | None:
        """Takes the next piece of a stream (int16, mono, RATE); an answer when somebody has spoken and stopped."""
        self._fed += sound
        if not self._endpointer.AcceptWaveform(sound) and len(self._fed) < 2 * RATE * LONGEST_S:
            return None
        samples = np.frombuffer(bytes(self._fed), np.int16)[: int(RATE * LONGEST_S)]
        self.reset()
        return self.hear(samples) if len(samples) >= SHORTEST_S * RATE and is_spoken(samples) else None

    def hear(self, samples: NDArray[np.int16]) -> Heard:
        """What is said in `samples` (int16, mono, RATE). AudioError when they are too short or too long to tell."""
        started = time.perf_counter()
        seconds = len(samples) / RATE
        if not SHORTEST_S <= seconds <= LONGEST_S:
            raise AudioError(f"A recording must last {SHORTEST_S} to {LONGEST_S:.0f} seconds: record it again.")
        found = self.evidence(samples)
        confidence = found.chance(self._acceptance)
        certain = confidence >= self._acceptance.least and not is_narrow(samples)
        phrase = found.phrase if certain else None
        text = phrase or " ".join(found.syllables)
        return Heard(
            text,
            phrase,
            round(confidence, 3),
            round(1000 * (time.perf_counter() - started), 1),
            seconds,
            syllables=found.syllables,
        )

    def evidence(self, samples: NDArray[np.int16]) -> Evidence:
        """What speaks for and against the best phrase, before the decision."""
        if not is_spoken(samples) or not self._phrases:
            return Evidence(None, (), {})
        sound = np.concatenate((PAUSE, samples.astype(np.int16), PAUSE)).tobytes()
        free = _alternatives(_decoder(self._free, 1), sound)[0]
        syllables = tuple(free["text"].split())
        best = [found for found in _alternatives(_decoder(self._listed, 3), sound) if found["text"]]
        if not best or not syllables:
            return Evidence(None, syllables, {})
        phrase = self._phrases[int(best[0]["text"][1:])]
        margin = best[0]["confidence"] - best[1]["confidence"] if len(best) > 1 else _MOST_MARGIN
        lost = free["confidence"] - best[0]["confidence"]
        size = self._sizes[phrase]
        features = {
            "lost": lost,
            "lost_per_sound": lost / size,
            "margin": min(margin, _MOST_MARGIN),
            "sounds": size,
            "syllables_off": abs(len(syllables) - size / 2),
        }
        return Evidence(phrase, syllables, features)


@lru_cache(maxsize=2)
def _of_any_list(model_dir: Path) -> tuple[Acceptance, Any]:
    """What does not depend on the phrases, read and checked once: the acceptance and the model of free syllables."""
    acceptance = check_model(model_dir)
    return acceptance, load(model_dir, filler_graph(acceptance.filler_cost), SYLLABLES, lattice_beam=1.0)


def is_spoken(samples: NDArray[np.int16]) -> bool:
    """Whether any tenth of a second is loud enough to be somebody speaking."""
    window = RATE // 10
    whole = samples[: len(samples) // window * window].astype(np.float64).reshape(-1, window)
    return bool(len(whole)) and float(np.sqrt((whole**2).mean(axis=1)).max()) >= QUIET


def is_narrow(samples: NDArray[np.int16]) -> bool:
    """Whether nothing is left above 4.5 kHz: a telephone or headset took it away, and other commands would be heard."""
    window = RATE * 32 // 1000
    frames = samples[: len(samples) // window * window].reshape(-1, window) * np.hanning(window)
    power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).sum(axis=0)
    hertz = np.fft.rfftfreq(window, 1 / RATE)
    above, total = power[(hertz > 4500) & (hertz < 7600)].sum(), power[hertz > 100].sum()
    return bool(above < total * 10 ** (NARROW_DB / 10))


def _decoder(model: Any, alternatives: int) -> Any:
    decoder = vosk.KaldiRecognizer(model, RATE)
    decoder.SetMaxAlternatives(alternatives)
    return decoder


def _alternatives(decoder: Any, sound: bytes) -> list[dict[str, Any]]:
    """The readings of one utterance, best first: [{"text", "confidence": log-likelihood}]."""
    decoder.AcceptWaveform(sound)
    found: list[dict[str, Any]] = json.loads(decoder.FinalResult())["alternatives"]
    return found
