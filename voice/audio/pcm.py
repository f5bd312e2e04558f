"""The formats in which sound devices take and give their samples."""

from dataclasses import dataclass

import numpy as np

from voice.audio.samples import Samples, to_samples

SAMPLE_TYPES = {  # by Qt's name: numpy's, and full scale
    "Int16": ("<i2", 32768.0),
    "Int32": ("<i4", 2147483648.0),
    "Float": ("<f4", 1.0),
}


@dataclass(frozen=True)
class PcmFormat:
    """`rate` in Hz; `sample_type` is one of SAMPLE_TYPES; the channels of a frame lie side by side."""

    rate: int
    channels: int
    sample_type: str

    @property
    def frame_bytes(self) -> int:
        return np.dtype(SAMPLE_TYPES[self.sample_type][0]).itemsize * self.channels

    def to_mono(self, data: bytes) -> Samples:
        """Whole frames, their channels mixed."""
        kind, full = SAMPLE_TYPES[self.sample_type]
        mixed = np.frombuffer(data, dtype=kind).reshape(-1, self.channels).mean(axis=1) / full
        return to_samples(mixed * 32768)

    def from_mono(self, samples: Samples) -> bytes:
        """The same on every channel."""
        kind, full = SAMPLE_TYPES[self.sample_type]
        return np.repeat((samples / 32768 * full).astype(kind), self.channels).tobytes()
