"""Speech without the silence around it."""

import numpy as np

from voice.audio.samples import Samples


def trimmed(samples: Samples, rate: int, quiet: float = 0.01, keep_s: float = 0.03) -> Samples:
    """`samples` but for the silence around them, `keep_s` of which stays; `quiet` is a part of full scale."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > quiet * 32768)
    keep = int(keep_s * rate)
    return samples[max(loud[0] - keep, 0) : loud[-1] + keep] if len(loud) else samples[:0]
