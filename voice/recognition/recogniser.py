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

from voice.recognition.dictation import Dictation
from voice.recognition.graph import filler_graph, phrase_graph, request_graph
from voice.recognition.model import Acceptance, accent_costs, check_model, load
from voice.recognition.phrases import sound_out
from voice.recognition.recordings import LONGEST_S, RATE, SHORTEST_S, AudioError
from voice.recognition.syllables import SYLLABLES

__all__ = ["AudioError", "Heard", "Recogniser"]

QUIET = 60.0  # root mean square of the loudest 0.1 s, of 32768, below which nobody spoke
# Power above 4.5 kHz relative to all of it, below which half of what tells consonants apart is missing, as from 8 kHz
# recordings (of the trials, 98 in 100 have less when made so; at 16 kHz and lowered by a fifth, 99 in 100 have more).
NARROW_DB = -48.0
_MOST_MARGIN = 10.0  # of log-likelihood, that is looked at between the best phrase and the next
_PAUSE = np.zeros(RATE * 3 // 10, np.int16)
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
    ms: float
    audio_s: float
    between: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()
    dictated: str = ""


@dataclass(frozen=True)
class Evidence:
    """What the two decoders found. `phrases` are the best two of the list, fewer when fewer fit.

    `features` speak for the first phrase; `either` for one of the two, as if the second were not in the list.
    """

    phrases: tuple[str, ...]
    syllables: tuple[str, ...]
    features: Mapping[str, float]
    either: Mapping[str, float]
    free: float = 0.0  # log-likelihood of the free syllables

    @property
    def phrase(self) -> str | None:
        return self.phrases[0] if self.phrases else None

    def chance(self, acceptance: Acceptance) -> float:
        """That the first phrase was said."""
        return acceptance.chance(self.features) if self.phrases else 0.0

    def heard(self, acceptance: Acceptance) -> str | None:
        """The phrase that was said, when that is certain and it stands clear of the next one."""
        is_certain = self.chance(acceptance) >= acceptance.least
        return self.phrase if is_certain and self.features["margin"] >= acceptance.least_margin else None

    def between(self, acceptance: Acceptance) -> tuple[str, ...]:
        """The two phrases of which one was said, though nobody knows which; else ()."""
        if len(self.phrases) < 2 or acceptance.chance(self.either) < acceptance.least:
            return ()
        return self.phrases if self.either["margin"] >= acceptance.least_margin else ()


NOTHING = Evidence((), (), {}, {})


class Recogniser:
    """Hears the phrases of one list. A new list means a new Recogniser: that takes milliseconds.

    `accent` is a profile of the model's accents.json. `own_words` are sentences (toneless syllables) of the kind that
    may be said beside the phrases: `Heard.syllables` then follows them where the sound allows it. `dictation` is the
    kind (of voice.recognition.dictation) of what may be dictated beside the phrases: `Heard.dictated` then holds it.
    `unheard` are the phrases that can never be heard, `reasons` why (one plain sentence each). ModelError when the
    model is missing or damaged.
    One thread at a time.
    """

    def __init__(
        self,
        model_dir: Path,
        phrases: Sequence[str],
        accent: str = "default",
        own_words: tuple[tuple[str, ...], ...] = (),
        dictation: str | None = None,
    ) -> None:
        self._model_dir = model_dir
        self._acceptance, self._free = _of_any_list(model_dir)
        self._requests = _of_requests(model_dir, own_words) if own_words else None
        self._dictation = Dictation(model_dir, dictation, accent) if dictation else None
        listed = sound_out(phrases)
        self.reasons: Mapping[str, str] = dict(listed.unheard)
        self.unheard: tuple[str, ...] = tuple(listed.unheard)
        self._phrases = list(dict.fromkeys(listed.sounds.values()))
        label = {phrase: number for number, phrase in enumerate(self._phrases, 1)}
        sounds = {way: label[phrase] for way, phrase in listed.sounds.items()}
        graph = phrase_graph(sounds, accent_costs(model_dir, accent)).to_bytes()
        self._sizes = {phrase: len(way) for way, phrase in reversed(list(listed.sounds.items()))}
        self._beginnings = beginnings(listed.sounds)
        self._listed = load(model_dir, graph, [f"p{number}" for number in range(len(self._phrases))], _MOST_MARGIN)
        self.reset()

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
        self._endpointer = _decoder(self._free, 0)

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
        self._doubtful, self._loudness = heard, _loudness(samples.tobytes())
        self._waited, self._louder = 0, False
        self._endpointer = _decoder(self._free, 0)
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
        self._louder = self._louder or _loudness(sound) > self._loudness / 2
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

    def hear(self, samples: NDArray[np.int16]) -> Heard:
        """What is said in `samples` (int16, mono, RATE). AudioError when they are too short or too long to tell."""
        started = time.perf_counter()
        seconds = len(samples) / RATE
        if not SHORTEST_S <= seconds <= LONGEST_S:
            raise AudioError(f"A recording must last {SHORTEST_S} to {LONGEST_S:.0f} seconds: record it again.")
        found = self.evidence(samples)
        narrow = is_narrow(samples)
        confidence = found.chance(self._acceptance)
        phrase = None if narrow else found.heard(self._acceptance)
        dictated = "" if narrow else self._dictated(samples, found, bool(phrase))
        phrase = None if dictated else phrase
        between = () if phrase or narrow or dictated else found.between(self._acceptance)
        syllables = found.syllables
        if self._requests and not phrase and syllables:
            syllables = _syllables(_decoder(self._load_requests(self._requests), 1), samples)
        text = phrase or dictated or " ".join(syllables)
        ms = round(1000 * (time.perf_counter() - started), 1)
        return Heard(text, phrase, round(confidence, 3), ms, seconds, between, syllables, dictated)

    def _load_requests(self, graph: bytes) -> Any:
        """For one utterance that is no phrase: some 25 ms then, against 10 MB always."""
        return load(self._model_dir, graph, SYLLABLES, lattice_beam=1.0)

    def _dictated(self, samples: NDArray[np.int16], found: Evidence, phrase_heard: bool) -> str:
        if self._dictation is None or not found.syllables:
            return ""
        heard = self._dictation.hear(padded(samples))
        by_phrase = found.free - found.features["lost"] if found.phrases else -math.inf
        return heard.text if heard.fits(found.free, by_phrase, phrase_heard) else ""

    def evidence(self, samples: NDArray[np.int16]) -> Evidence:
        """What speaks for and against the best phrase, before the decision."""
        if not is_spoken(samples) or not self._phrases:
            return NOTHING
        sound = padded(samples)
        free = _alternatives(_decoder(self._free, 1), sound)[0]
        syllables = tuple(free["text"].split())
        best = [found for found in _alternatives(_decoder(self._listed, 3), sound) if found["text"]]
        if not best or not syllables:
            return Evidence((), syllables, {}, {}, free["confidence"])
        phrases = tuple(self._phrases[int(found["text"][1:])] for found in best[:2])
        size = self._sizes[phrases[0]]
        lost = free["confidence"] - best[0]["confidence"]
        features = {
            "lost": lost,
            "lost_per_sound": lost / size,
            "sounds": size,
            "syllables_off": abs(len(syllables) - size / 2),
            "contrast": contrast(samples),
            "lost_in_noise": lost / size * (5 - contrast(samples)),
            "unclear": -free["confidence"] / len(syllables),
        }
        first, second = (
            min(best[0]["confidence"] - best[n]["confidence"], _MOST_MARGIN) if len(best) > n else _MOST_MARGIN
            for n in (1, 2)
        )
        return Evidence(
            phrases, syllables, {**features, "margin": first}, {**features, "margin": second}, free["confidence"]
        )


@lru_cache(maxsize=2)
def _of_any_list(model_dir: Path) -> tuple[Acceptance, Any]:
    """What does not depend on the phrases, read and checked once: the acceptance and the model of free syllables."""
    acceptance = check_model(model_dir)
    return acceptance, load(model_dir, filler_graph(acceptance.filler_cost).to_bytes(), SYLLABLES, lattice_beam=1.0)


@lru_cache(maxsize=2)
def _of_requests(model_dir: Path, own_words: tuple[tuple[str, ...], ...]) -> bytes:
    return request_graph(own_words, check_model(model_dir).request_cost).to_bytes()


def beginnings(sounds: Mapping[tuple[str, ...], str]) -> set[str]:
    """The phrases (row of sounds -> phrase) with which a longer one begins: who said one may go on."""
    begun = {way[:length] for way in sounds for length in range(1, len(way))}
    return {phrase for way, phrase in sounds.items() if way in begun}


def contrast(samples: NDArray[np.int16]) -> float:
    """How far the voice stands out of what else is heard: 0 to 5, in units of 10 dB."""
    window = RATE // 50
    frames = samples[: len(samples) // window * window].astype(np.float64).reshape(-1, window)
    quiet, loud = np.percentile((frames**2).mean(axis=1) + 1, (10, 95))
    return float(min(np.log10(loud / quiet), 5))


def _loudness(sound: bytes) -> float:
    """Root mean square, of 32768."""
    return float(np.sqrt((np.frombuffer(sound, np.int16).astype(np.float64) ** 2).mean()))


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


def padded(samples: NDArray[np.int16]) -> bytes:
    return np.concatenate((_PAUSE, samples.astype(np.int16), _PAUSE)).tobytes()


def _syllables(decoder: Any, samples: NDArray[np.int16]) -> tuple[str, ...]:
    return tuple(_alternatives(decoder, padded(samples))[0]["text"].split())


def _alternatives(decoder: Any, sound: bytes) -> list[dict[str, Any]]:
    """The readings of one utterance, best first: [{"text", "confidence": log-likelihood}]."""
    decoder.AcceptWaveform(sound)
    found: list[dict[str, Any]] = json.loads(decoder.FinalResult())["alternatives"]
    return found
