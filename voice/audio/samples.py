"""Sound as numbers: mono, 16 bits."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]  # mono
QUIETEST_DB = -60.0  # level 0


def to_samples(values: NDArray[np.float64]) -> Samples:
    """Rounded to 16 bits; what is too loud is cut off."""
    return np.clip(np.rint(values), -32768, 32767).astype(np.int16)


def level_of(samples: Samples) -> float:
    """How loud: 0 for -60 dB of full scale and less, 1 for full scale."""
    power = float(np.mean((samples / 32768) ** 2))
    return 0.0 if power == 0 else min(max(1 - 10 * np.log10(power) / QUIETEST_DB, 0.0), 1.0)
