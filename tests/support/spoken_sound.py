"""Something that was said to a kiosk, as it goes to the hall."""

from functools import cache

import numpy as np

from voice.audio.recordings import RATE
from voice.audio.spoken_file import SpokenFile


@cache
def spoken(seconds: float) -> bytes:
    """A hum of that length."""
    file = SpokenFile()
    file.write((np.sin(np.arange(round(seconds * RATE)) / 9) * 20000).astype(np.int16))
    return file.close()
