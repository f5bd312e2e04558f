"""Reading recordings for the recogniser: mono int16 at 16 kHz, whatever a WAV file holds."""

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voice.resample import resampled

RATE = 16000  # Hz
SHORTEST_S, LONGEST_S = 0.2, 15.0  # nobody says a phrase for longer, and hearing takes longer and longer


class AudioError(Exception):
    """A recording cannot be listened to; the message is one plain sentence that says what to do."""


def read_wav(path: Path) -> NDArray[np.int16]:
    """The samples of a sound file (any rate and width, several channels mixed), mono int16 at RATE.

    AudioError when there is none, it is no sound file, it is cut off before the first sound, or too short or long.
    """
    if not path.is_file():
        raise AudioError(f"There is no file {path}: check the name.")
    try:
        with soundfile.SoundFile(path) as file:
            if file.frames > LONGEST_S * file.samplerate:
                raise AudioError(f"{path} is longer than {LONGEST_S:.0f} seconds: cut out the part to be heard.")
            samples = file.read(dtype="float32", always_2d=True).mean(axis=1)
            rate = file.samplerate
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise AudioError(f"{path} is not a sound file that can be read: save it as a WAV file.") from error
    if len(samples) < SHORTEST_S * rate:
        raise AudioError(f"{path} holds less than {SHORTEST_S} seconds of sound: record it again.")
    if not np.isfinite(samples).all():
        raise AudioError(f"{path} holds broken samples: record it again.")
    return resampled(np.rint(np.clip(samples, -1, 1) * 32767).astype(np.int16), rate, RATE)
