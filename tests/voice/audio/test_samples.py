"""How loud samples are, and the formats of devices."""

import numpy as np
import pytest

from voice.audio.pcm import SAMPLE_TYPES, PcmFormat
from voice.audio.samples import level_of


@pytest.mark.parametrize("sample_type", SAMPLE_TYPES)
@pytest.mark.parametrize("channels", [1, 2])
def test_samples_survive_the_formats_of_devices(sample_type: str, channels: int) -> None:
    form = PcmFormat(48000, channels, sample_type)
    samples = np.array([0, 1, -1, 12345, 32767, -32768], dtype=np.int16)
    data = form.from_mono(samples)
    assert len(data) == form.frame_bytes * len(samples)
    assert np.array_equal(form.to_mono(data), samples)


def test_channels_are_mixed() -> None:
    left_and_right = np.array([1000, 3000, -200, 0], dtype="<i2").tobytes()
    assert PcmFormat(48000, 2, "Int16").to_mono(left_and_right).tolist() == [2000, -100]


def test_level_goes_from_silence_to_full_scale() -> None:
    assert level_of(np.zeros(100, dtype=np.int16)) == 0
    assert level_of(np.full(100, -32768, dtype=np.int16)) == 1
    assert 0.5 < level_of(np.full(100, 3000, dtype=np.int16)) < 0.8
