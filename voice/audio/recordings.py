"""Reading recordings for the recogniser: mono int16 at 16 kHz, whatever a sound file holds."""

import struct
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voice.audio.resample import resampled

RATE = 16000  # Hz, what the recogniser takes
HIGHEST_RATE = 768_000  # Hz; more is a damaged header, and to come down from it takes gigabytes
SHORTEST_S, LONGEST_S = 0.2, 15.0  # nobody says a phrase for longer, and hearing takes longer and longer


class AudioError(Exception):
    """A recording cannot be listened to; the message is one plain sentence that says what to do."""


def read_wav(path: Path) -> NDArray[np.int16]:
    """The samples of a sound file (any rate and width, several channels mixed), mono int16 at RATE.

    AudioError when there is none, it is no sound file, it is cut off, or too short or long.
    """
    try:
        if not path.is_file():
            raise AudioError(f"There is no file {path}: check the name.")
        if _is_cut_off(path):
            raise AudioError(f"{path} is cut off, half a sentence may be another: copy or record it again.")
        with soundfile.SoundFile(path) as file:
            if file.frames > LONGEST_S * file.samplerate:
                raise AudioError(f"{path} is longer than {LONGEST_S:.0f} seconds: cut out the part to be heard.")
            samples = file.read(dtype="float32", always_2d=True).mean(axis=1)
            rate = file.samplerate
    except OSError as error:
        raise AudioError(f"{path} cannot be read ({error.strerror}): check its name and rights.") from error
    # TypeError: soundfile expects to be told what a file named .raw holds. UnicodeError: a name that is no UTF-8.
    except (soundfile.LibsndfileError, RuntimeError, TypeError, UnicodeError) as error:
        raise AudioError(f"{path} is not a sound file that can be read: save it as a WAV file.") from error
    if len(samples) < SHORTEST_S * rate:
        raise AudioError(f"{path} holds less than {SHORTEST_S} seconds of sound: record it again.")
    if rate > HIGHEST_RATE:
        raise AudioError(f"{path} has {rate} samples a second: record it again, at 16000 or 48000.")
    if not np.isfinite(samples).all():
        raise AudioError(f"{path} holds broken samples: record it again.")
    return resampled(np.rint(np.clip(samples, -1, 1) * 32767).astype(np.int16), rate, RATE)


def is_clipped(samples: NDArray[np.int16]) -> bool:
    """Whether the microphone was so loud that the tops of the sound are gone: a fiftieth of it is at the limit."""
    return bool((np.abs(samples.astype(np.int32)) >= 32700).mean() > 0.02)


def _is_cut_off(path: Path) -> bool:
    """Whether a WAV file ends before its header says. Recorders that cannot tell beforehand write 0 or about 2^31."""
    with path.open("rb") as file:
        riff, size, wave = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
        if riff != b"RIFF" or wave != b"WAVE":
            return False
        return bool(8 + size > path.stat().st_size + 1 and size < 0x7FFF0000)
