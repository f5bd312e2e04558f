"""Slower or faster speech at the same pitch: waveform-similarity overlap-add (WSOLA, Verhelst and Roelands 1993)."""

import numpy as np
from numpy.typing import NDArray

from voice.audio.samples import Samples, to_samples

FRAME_S = 0.040
SEARCH_S = 0.010


def stretched(samples: Samples, rate: int, factor: float) -> Samples:
    """Mono `samples` made `factor` times as long (0.5 to 2); pitch and loudness stay.

    Frames overlap by half. Each is taken near its due place in the input, where it best continues the frame before.
    """
    hop = int(rate * FRAME_S / 2)
    reach = int(rate * SEARCH_S)
    if factor == 1 or len(samples) < 2 * hop:
        return samples
    window = np.hanning(2 * hop + 1)[:-1]
    length = int(len(samples) * factor)
    frames = length // hop + 1
    source = np.pad(samples.astype(np.float64), (reach, 4 * hop + 2 * reach))
    out = np.zeros((frames + 1) * hop)
    out[:hop] = source[reach : reach + hop] * window[hop:]  # the first half frame has none before it to fade from
    start = reach
    for frame in range(frames):
        if frame:
            due = reach + min(int(frame * hop / factor), len(samples))
            start = due + _best_shift(source[due - reach : due + reach + 2 * hop], source[start + hop :][: 2 * hop])
        out[frame * hop : (frame + 2) * hop] += source[start : start + 2 * hop] * window
    return to_samples(out[:length])


def _best_shift(around: NDArray[np.float64], wanted: NDArray[np.float64]) -> int:
    """The shift, from minus to plus the search reach, at which `around` is most like `wanted` (normalised)."""
    likeness = np.correlate(around, wanted, "valid")
    energy = np.convolve(around**2, np.ones(len(wanted)), "valid")
    return int(np.argmax(likeness / np.sqrt(energy + 1))) - (len(likeness) - 1) // 2
