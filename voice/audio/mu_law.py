"""A recording as a file that every browser plays: WAV, mono, mu-law (ITU-T G.711), a byte for each sample."""

from io import BytesIO

import soundfile

from voice.audio.recordings import RATE
from voice.audio.samples import Samples


def mu_law_wav(samples: Samples) -> bytes:
    """`samples` at RATE (16 kHz), as the bytes of a file that nothing writes to the disk: a minute is 960 kB."""
    file = BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="ULAW")
    return file.getvalue()
