"""How well somebody can be heard here: too much noise, or too soft a voice."""

import numpy as np

from voice.audio.samples import Samples

BLOCK_S = 0.05
KEPT_S, LEAST_S = 3.0, 1.5
# All in dB of full scale. Not measured in real halls: chosen so that the tests' clips are told apart (docs/speech.md).
NOISE_DB = -42.0  # quieter than this nothing disturbs
CLEAR_DB = 16.0  # somebody who stands out of the noise by this is understood
SOFT_DB = -42.0  # the loudest of speech that is too soft
VOICE_DB = 6.0  # a voice stands out of the quiet around it by this, however soft it is …
VOICE_S = 0.25  # … for so long at least


class Surroundings:
    """Takes mono samples at `rate`, in pieces of any length; noise is judged by the last three seconds."""

    def __init__(self, rate: int) -> None:
        self._block = int(BLOCK_S * rate)
        self.forget()

    def forget(self) -> None:
        """As when the microphone opens anew."""
        self._left = np.zeros(0, np.int16)
        self._levels: list[float] = []

    def take(self, samples: Samples) -> None:
        waiting = np.concatenate((self._left, samples))
        whole = len(waiting) // self._block * self._block
        self._left = waiting[whole:]
        for block in waiting[:whole].reshape(-1, self._block):
            power = float(np.mean((block / 32768) ** 2))
            self._levels.append(10 * np.log10(power + 1e-10))

    @property
    def noisy(self) -> bool:
        """Whether what is heard all the time is so loud that nobody stands out of it."""
        last = self._levels[-round(KEPT_S / BLOCK_S) :]
        if len(last) < LEAST_S / BLOCK_S:
            return False
        quiet, loud = np.percentile(last, (20, 95))
        return bool(quiet > NOISE_DB and loud - quiet < CLEAR_DB)

    @property
    def soft(self) -> bool:
        """Whether somebody spoke, and even the loudest of it was soft. A quiet room is not soft."""
        blocks = round(VOICE_S / BLOCK_S)
        if len(self._levels) <= blocks:
            return False
        voice = np.sort(self._levels)[-blocks]
        return bool(max(self._levels) < SOFT_DB and voice - np.percentile(self._levels, 20) > VOICE_DB)
