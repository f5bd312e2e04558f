"""How loud speech sounds (ITU-R BS.1770-4), so that clips and the live voice come out equally loud."""

import numpy as np
from numpy.typing import NDArray

from voice.audio.samples import Samples, to_samples

SPEECH_LUFS = -20.0
PEAK_LIMIT = 0.97  # of full scale


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness of mono `samples` in LUFS; -inf for silence. Shorter than 400 ms counts as one block."""
    weighted = np.fft.irfft(np.fft.rfft(samples / 32768.0) * _k_weighting(len(samples), rate), len(samples))
    block, step = min(int(0.4 * rate), len(weighted)), max(int(0.1 * rate), 1)
    sums = np.concatenate(([0.0], np.cumsum(weighted**2)))
    starts = np.arange(0, len(weighted) - block + 1, step)
    power = (sums[starts + block] - sums[starts]) / max(block, 1)
    power = power[power > _power(-70)]
    if not len(power):
        return float("-inf")
    power = power[power > power.mean() * 0.1]  # the relative gate, 10 LU down
    return float(-0.691 + 10 * np.log10(power.mean()))


def levelled(samples: Samples, rate: int, target: float = SPEECH_LUFS) -> Samples:
    """`samples` brought to `target` LUFS, or as near as the peaks allow; silence stays as it is."""
    now = loudness(samples, rate)
    if not np.isfinite(now):
        return samples
    gain = min(10 ** ((target - now) / 20), PEAK_LIMIT * 32768 / np.abs(samples.astype(np.int32)).max())
    return to_samples(samples * gain)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _k_weighting(length: int, rate: int) -> NDArray[np.float64]:
    """Magnitude of the standard's high shelf (1.5 kHz, +4 dB) and high pass (38 Hz) at the rfft frequencies."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(length, 1))
    steps = np.stack([np.ones_like(z), z, z * z])
    shelf_w, shelf_gain = 2 * np.pi * 1500 / rate, 10 ** (4 / 40)
    cos, root = np.cos(shelf_w), np.sqrt(shelf_gain) * np.sin(shelf_w) * np.sqrt(2)  # Q = 1/sqrt(2)
    up, down = shelf_gain + 1, shelf_gain - 1
    shelf_b = shelf_gain * np.array([up + down * cos + root, -2 * (down + up * cos), up + down * cos - root])
    shelf_a = np.array([up - down * cos + root, 2 * (down - up * cos), up - down * cos - root])
    pass_w = 2 * np.pi * 38 / rate
    cos, alpha = np.cos(pass_w), np.sin(pass_w)  # Q = 0.5
    pass_b = np.array([(1 + cos) / 2, -(1 + cos), (1 + cos) / 2])
    pass_a = np.array([1 + alpha, -2 * cos, 1 - alpha])
    shelf, high_pass = (shelf_b @ steps) / (shelf_a @ steps), (pass_b @ steps) / (pass_a @ steps)
    return np.asarray(np.abs(shelf * high_pass), dtype=np.float64)
