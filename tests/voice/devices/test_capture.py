"""What a microphone gives, cut anywhere, becomes chunks at the rate that the recogniser takes."""

import numpy as np
import pytest

from voice.audio.pcm import PcmFormat
from voice.audio.recordings import RATE as LISTENING_RATE
from voice.devices.capture import CHUNK, Capture

STEREO = PcmFormat(LISTENING_RATE, 2, "Int16")


def test_no_chunk_before_there_is_enough_and_a_frame_may_be_cut_anywhere() -> None:
    capture, samples = Capture(STEREO), np.arange(CHUNK, dtype=np.int16)
    data = STEREO.from_mono(samples)
    assert capture.take(data[:5]) is None
    assert capture.take(data[5 : len(data) - 3]) is None
    chunk = capture.take(data[len(data) - 3 :])
    assert chunk is not None
    assert np.array_equal(chunk, samples)


def test_another_rate_is_brought_to_the_recognisers() -> None:
    capture = Capture(PcmFormat(48000, 1, "Int16"))
    tone = (8000 * np.sin(np.arange(48000) * 2 * np.pi * 440 / 48000)).astype(np.int16)
    chunk = capture.take(tone.tobytes())
    assert chunk is not None
    assert len(chunk) == pytest.approx(LISTENING_RATE, abs=20)
    crossings = np.count_nonzero(np.diff(np.signbit(chunk)))
    assert crossings == pytest.approx(880, abs=4)


def test_a_device_is_dead_after_two_seconds_of_exact_zeros() -> None:
    capture = Capture(PcmFormat(LISTENING_RATE, 1, "Int16"))
    second = np.zeros(LISTENING_RATE, dtype=np.int16).tobytes()
    capture.take(second * 2)
    assert not capture.dead
    capture.take(second)
    assert capture.dead
    capture.take(np.ones(CHUNK, dtype=np.int16).tobytes())
    assert not capture.dead
