"""Whether a sound can be listened to: is anybody speaking, how clearly, and is it whole."""

import numpy as np
from numpy.typing import NDArray

from voice.audio.recordings import RATE

QUIET = 60.0  # root mean square of the loudest 0.1 s, of 32768, below which nobody spoke
# Power above 4.5 kHz relative to all of it, below which half of what tells consonants apart is missing, as from 8 kHz
# recordings (of the trials, 98 in 100 have less when made so; at 16 kHz and lowered by a fifth, 99 in 100 have more).
NARROW_DB = -48.0


def contrast(samples: NDArray[np.int16]) -> float:
    """How far the voice stands out of what else is heard: 0 to 5, in units of 10 dB."""
    window = RATE // 50
    frames = samples[: len(samples) // window * window].astype(np.float64).reshape(-1, window)
    quiet, loud = np.percentile((frames**2).mean(axis=1) + 1, (10, 95))
    return float(min(np.log10(loud / quiet), 5))


def loudness(sound: bytes) -> float:
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
