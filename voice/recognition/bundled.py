"""Hears with the bundled Mandarin model, which knows sounds and no words.

Two decoders hear the same sound: one knows the list and nothing else, the other any row of syllables. A phrase counts
when it explains the sound nearly as well as free syllables do, and clearly better than the next phrase of the list.
Everything else is refused.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.recognition.decoder import decoder_of, padded, readings_of
from voice.recognition.dictation import Dictation
from voice.recognition.graph import filler_graph, phrase_graph, request_graph
from voice.recognition.model import Acceptance, accent_costs, check_model, load
from voice.recognition.phrases import sound_out
from voice.recognition.quality import contrast, is_narrow, is_spoken
from voice.recognition.recogniser import Heard, Recogniser, beginnings
from voice.recognition.syllables import SYLLABLES

_MOST_MARGIN = 10.0  # of log-likelihood, that is looked at between the best phrase and the next


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
        """The chance that the first phrase was said."""
        return acceptance.chance(self.features) if self.phrases else 0.0

    def heard(self, acceptance: Acceptance) -> str | None:
        """The phrase that was said; None unless that is certain and it is much likelier than the next one."""
        is_certain = self.chance(acceptance) >= acceptance.least
        return self.phrase if is_certain and self.features["margin"] >= acceptance.least_margin else None

    def between(self, acceptance: Acceptance) -> tuple[str, ...]:
        """The two likeliest phrases when one of them was said but it is not clear which; else ()."""
        if len(self.phrases) < 2 or acceptance.chance(self.either) < acceptance.least:
            return ()
        return self.phrases if self.either["margin"] >= acceptance.least_margin else ()


NOTHING = Evidence((), (), {}, {})


class BundledRecogniser(Recogniser):
    """A Recogniser of any phrases in Mandarin.

    `accent` is a profile of the model's accents.json. `own_words` are sentences (toneless syllables) of the kind that
    may be said beside the phrases: `Heard.syllables` then follows them where the sound allows it. `dictation` is the
    kind (of voice.recognition.dictation) of what may be dictated beside the phrases: `Heard.dictated` then holds it.
    ModelError when the model is missing or damaged.
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
        self._phrases = list(dict.fromkeys(listed.sounds.values()))
        label = {phrase: number for number, phrase in enumerate(self._phrases, 1)}
        sounds = {way: label[phrase] for way, phrase in listed.sounds.items()}
        graph = phrase_graph(sounds, accent_costs(model_dir, accent)).to_bytes()
        self._sizes = {phrase: len(way) for way, phrase in reversed(list(listed.sounds.items()))}
        self._listed = load(model_dir, graph, [f"p{number}" for number in range(len(self._phrases))], _MOST_MARGIN)
        super().__init__(self._free, beginnings(listed.sounds), listed.unheard)

    def _hear(self, samples: NDArray[np.int16]) -> Heard:
        found = self.evidence(samples)
        narrow = is_narrow(samples)
        confidence = found.chance(self._acceptance)
        phrase = None if narrow else found.heard(self._acceptance)
        dictated = "" if narrow else self._dictated(samples, found, bool(phrase))
        phrase = None if dictated else phrase
        between = () if phrase or narrow or dictated else found.between(self._acceptance)
        syllables = found.syllables
        if self._requests and not phrase and syllables:
            syllables = _syllables(decoder_of(self._load_requests(self._requests), 1), samples)
        text = phrase or dictated or " ".join(syllables)
        return Heard(text, phrase, confidence, between=between, syllables=syllables, dictated=dictated)

    def _load_requests(self, graph: bytes) -> Any:
        """Loaded for each utterance that is no phrase: that takes some 25 ms, keeping it would take 10 MB."""
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
        free = readings_of(decoder_of(self._free, 1), sound)[0]
        syllables = tuple(free["text"].split())
        best = [found for found in readings_of(decoder_of(self._listed, 3), sound) if found["text"]]
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


def _syllables(decoder: Any, samples: NDArray[np.int16]) -> tuple[str, ...]:
    return tuple(readings_of(decoder, padded(samples))[0]["text"].split())
