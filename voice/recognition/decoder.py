"""One vosk decoder and what it says."""

import json
from typing import Any

import numpy as np
import vosk
from numpy.typing import NDArray

from voice.audio.recordings import RATE

_PAUSE = np.zeros(RATE * 3 // 10, np.int16)


def decoder_of(model: Any, alternatives: int) -> Any:
    """A vosk.KaldiRecognizer that gives up to `alternatives` readings; with 0, one without its likelihood."""
    decoder = vosk.KaldiRecognizer(model, RATE)
    decoder.SetMaxAlternatives(alternatives)
    return decoder


def padded(samples: NDArray[np.int16]) -> bytes:
    return np.concatenate((_PAUSE, samples.astype(np.int16), _PAUSE)).tobytes()


def readings_of(decoder: Any, sound: bytes) -> list[dict[str, Any]]:
    """The readings of one utterance, best first: [{"text", "confidence": log-likelihood}]."""
    decoder.AcceptWaveform(sound)
    found: list[dict[str, Any]] = json.loads(decoder.FinalResult())["alternatives"]
    return found
