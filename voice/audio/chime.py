"""A gentle sound of two notes, for whoever is near."""

import numpy as np

from voice.audio.samples import Samples, to_samples

_NOTES_HZ = (659.3, 523.3)  # e, c: a door bell's, which old ears hear well
_NOTE_S, _FADES_S, _LOUD = 0.45, 0.16, 0.5


def chime(rate: int) -> Samples:
    """Under a second, at `rate` Hz; each note begins without a click and dies away."""
    seconds = np.arange(round(_NOTE_S * rate)) / rate
    swell = np.minimum(seconds / 0.01, 1.0) * np.exp(-seconds / _FADES_S)
    return to_samples(np.concatenate([np.sin(2 * np.pi * hz * seconds) * swell for hz in _NOTES_HZ]) * _LOUD * 32767)
