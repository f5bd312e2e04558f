"""Changing the sample rate of a stream, chunk by chunk, for devices and engines that have their own."""

from math import gcd

import numpy as np
from numpy.typing import NDArray

from voice.audio.samples import Samples, to_samples

HALF_TAPS = 16  # zero crossings of the sinc on either side


class Resampler:
    """Mono int16 at `rate_in` to `rate_out` Hz by windowed-sinc interpolation; keeps its state between chunks.

    The output lags by HALF_TAPS periods of the lower rate (1 ms at 16 kHz); `flush()` gives what is still inside.
    """

    def __init__(self, rate_in: int, rate_out: int) -> None:
        common = gcd(rate_in, rate_out)
        self._up, self._down = rate_out // common, rate_in // common
        cutoff = min(1.0, rate_out / rate_in)  # of the input's Nyquist frequency
        self._reach = int(np.ceil(HALF_TAPS / cutoff))
        # One row of taps for each of the `up` places that an output sample can have between two input samples.
        at = np.arange(-self._reach + 1, self._reach + 1)[None, :] - np.arange(self._up)[:, None] / self._up
        taps = np.sinc(at * cutoff) * np.cos(np.pi * at / (2 * self._reach + 2)) ** 2
        self._taps = taps / taps.sum(axis=1, keepdims=True)
        self._held: NDArray[np.float64] = np.zeros(self._reach - 1)
        self._next = 0  # place of the next output sample in 1/up input samples, from the first one not yet used

    def __call__(self, chunk: Samples) -> Samples:
        """The output samples that `chunk` completes (perhaps none)."""
        held = np.concatenate((self._held, chunk.astype(np.float64)))
        usable = len(held) - 2 * self._reach + 1  # input places that have all their neighbours
        places = np.arange(self._next, max(usable, 0) * self._up, self._down)
        first, phase = places // self._up, places % self._up
        rows = held[first[:, None] + np.arange(2 * self._reach)[None, :]]
        out = np.einsum("ij,ij->i", rows, self._taps[phase])
        used = max(usable, 0)
        self._next += len(places) * self._down - used * self._up
        self._held = held[used:]
        return to_samples(out)

    def flush(self) -> Samples:
        return self(np.zeros(self._reach, dtype=np.int16))


def resampled(samples: Samples, rate_in: int, rate_out: int) -> Samples:
    """A whole recording at another rate; a second at a time, since each sample takes a row of taps in memory."""
    if rate_in == rate_out:
        return samples
    resampler = Resampler(rate_in, rate_out)
    seconds = (samples[start : start + rate_in] for start in range(0, len(samples), rate_in))
    return np.concatenate((*map(resampler, seconds), resampler.flush()))
