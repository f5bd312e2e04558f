"""What the parts of the speaking half share: one sample rate, the languages, the speeds, one kind of error."""

from typing import Literal

import numpy as np

from voice.audio.samples import Samples

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
Speed = Literal["slow", "normal", "fast"]
RATE = 24000  # Hz, of every clip and of everything that is played


class SpeechError(Exception):
    """Something cannot be spoken; the message is one plain sentence that says what to do."""


def has_words(text: str) -> bool:
    """Whether there is anything in `text` to speak: a letter, a digit, a Chinese character."""
    return any(character.isalnum() for character in text)


def trimmed(samples: Samples, quiet: float = 0.01, keep_s: float = 0.03) -> Samples:
    """`samples` at RATE without the silence around them; `quiet` is a part of full scale."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > quiet * 32768)
    keep = int(keep_s * RATE)
    return samples[max(loud[0] - keep, 0) : loud[-1] + keep] if len(loud) else samples[:0]
