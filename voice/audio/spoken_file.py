"""A recording as a file that browsers play: Opus in Ogg (RFC 7845), mono, about 28 kbit/s."""

from io import BytesIO

import soundfile

from voice.audio.recordings import RATE
from voice.audio.samples import Samples


class SpokenFile:
    """It grows in memory while somebody speaks, already compressed; nothing of it is ever on the disk.

    A second of speech takes some 20 ms of processor time, so `write` does not hold a screen up; a minute is 210 kB.
    """

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self._file = soundfile.SoundFile(self._bytes, "w", RATE, 1, format="OGG", subtype="OPUS")
        self._samples = 0

    @property
    def seconds(self) -> float:
        return self._samples / RATE

    def write(self, samples: Samples) -> None:
        """More, at RATE (16 kHz)."""
        self._file.write(samples)
        self._samples += len(samples)

    def close(self) -> bytes:
        """The whole file; nothing more can be written."""
        self._file.close()
        return self._bytes.getvalue()


def samples_in(file: bytes) -> Samples:
    """What was said, at RATE, to be heard again."""
    samples: Samples = soundfile.read(BytesIO(file), dtype="int16")[0]
    return samples
