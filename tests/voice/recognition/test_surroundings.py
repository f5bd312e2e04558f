"""Too noisy, too soft, or neither: speech of the test clips in made-up noise."""

import numpy as np
import pytest
from numpy.typing import NDArray
from project import CLIPS

from voice.audio.recordings import RATE, read_wav
from voice.recognition.surroundings import Surroundings

CLIPS = sorted(CLIPS.glob("*.opus"))


def listened(samples: NDArray[np.float64]) -> Surroundings:
    """What is thought after all of `samples`, in pieces that are no multiple of anything."""
    surroundings = Surroundings(RATE)
    for start in range(0, len(samples), 487):
        surroundings.take(np.clip(samples[start : start + 487], -32768, 32767).astype(np.int16))
    return surroundings


def spoken(decibels_over_noise: float, loudness: float = 1.0) -> Surroundings:
    speech = np.concatenate([read_wav(clip) for clip in CLIPS[:4]]).astype(float)
    power = float(np.mean(speech**2)) / 10 ** (decibels_over_noise / 10)
    noise = np.random.default_rng(0).normal(0, power**0.5, len(speech))
    return listened((speech + noise) * loudness)


@pytest.mark.parametrize(("decibels_over_noise", "noisy"), [(60, False), (20, False), (5, True), (0, True)])
def test_noise_is_what_nobody_stands_out_of(decibels_over_noise: float, noisy: bool) -> None:
    assert spoken(decibels_over_noise).noisy is noisy


def test_a_soft_voice_in_a_quiet_room_is_soft_not_noisy() -> None:
    surroundings = spoken(60, loudness=0.02)
    assert (surroundings.soft, surroundings.noisy) == (True, False)
    assert not spoken(60).soft


def test_a_quiet_room_is_not_a_soft_voice() -> None:
    hiss = np.random.default_rng(0).normal(0, 20, 12 * RATE)
    assert not listened(hiss).soft
    hiss[5 * RATE : 5 * RATE + RATE // 10] *= 8  # a tap on the case
    assert not listened(hiss).soft


def test_a_soft_voice_is_remembered_while_it_is_quiet_again() -> None:
    speech = read_wav(CLIPS[0]) * 0.02
    hiss = np.random.default_rng(0).normal(0, 3, 10 * RATE)
    hiss[: len(speech)] += speech
    assert listened(hiss).soft


def test_a_quiet_room_and_the_first_moment_are_not_judged_noisy() -> None:
    hiss = np.random.default_rng(0).normal(0, 20, 3 * RATE)
    assert not listened(hiss).noisy
    assert not listened(100 * hiss[:RATE]).noisy
    assert listened(100 * hiss).noisy


def test_it_forgets() -> None:
    surroundings = spoken(0)
    surroundings.forget()
    assert not surroundings.noisy
