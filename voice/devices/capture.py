"""What comes out of a microphone, in pieces that can be listened to."""

import numpy as np

from voice.audio.pcm import PcmFormat
from voice.audio.recordings import RATE
from voice.audio.resample import Resampler
from voice.audio.samples import Samples

CHUNK = RATE * 3 // 100  # samples; devices give single ones too, and those have no level
DEAD_S = 2.0  # of exact silence, which no real microphone gives


class Capture:
    """The stream of one device from the moment it was opened, as mono chunks at the recogniser's RATE."""

    def __init__(self, form: PcmFormat) -> None:
        self._form = form
        self._resampler = Resampler(form.rate, RATE) if form.rate != RATE else None
        self._left = b""  # the beginning of a frame
        self._waiting: Samples = np.zeros(0, np.int16)
        self._zeros = 0  # samples since the last sound

    @property
    def dead(self) -> bool:
        """Whether nothing but zeros came for so long that the device must be gone."""
        return self._zeros > DEAD_S * RATE

    def take(self, data: bytes) -> Samples | None:
        """The chunk that `data` completes, CHUNK samples or more; None while there are fewer."""
        data = self._left + data
        whole = len(data) - len(data) % self._form.frame_bytes
        self._left = data[whole:]
        samples = self._form.to_mono(data[:whole])
        if self._resampler:
            samples = self._resampler(samples)
        self._waiting = np.concatenate((self._waiting, samples))
        if len(self._waiting) < CHUNK:
            return None
        chunk, self._waiting = self._waiting, self._waiting[:0]
        self._zeros = 0 if chunk.any() else self._zeros + len(chunk)
        return chunk
