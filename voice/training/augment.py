"""Makes clean clips sound like a hall: other voices and speeds, rooms, other people talking, noise, bad microphones.

All samples are float32 in the range of int16, mono, at RATE; every function takes the random generator it uses.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve, lfilter

from voice.training.features import RATE

Wave = NDArray[np.float32]
Dice = np.random.Generator


def trimmed(wave: Wave) -> Wave:
    """Without the silence around it: everything 40 dB below the loudest 20 ms."""
    hop = RATE // 50
    energy = (wave[: len(wave) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1)
    loud: list[int] = np.flatnonzero(energy > energy.max(initial=1.0) * 1e-4).tolist()
    return wave[max(loud[0] - 2, 0) * hop : (loud[-1] + 3) * hop] if loud else wave


def shifted(wave: Wave, factor: float) -> Wave:
    """Pitch, formants and tempo all times `factor`."""
    return np.asarray(np.interp(np.arange(0, len(wave), factor), np.arange(len(wave)), wave), np.float32)


def in_room(wave: Wave, dice: Dice) -> Wave:
    """With a made-up room's echo: 0.1 to 0.6 s until it has died down by 60 dB."""
    length = int(dice.uniform(0.1, 0.6) * RATE)
    echo = dice.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    echo /= np.sqrt((echo**2).sum())
    direct = np.zeros(length)
    direct[0] = dice.uniform(0.7, 3.0)
    return np.asarray(fftconvolve(wave, direct + echo)[: len(wave)], np.float32)


def mixed(wave: Wave, noise: Wave, decibels: float) -> Wave:
    """`wave` with `noise` that much softer."""
    gain = rms(wave) / rms(noise) * 10 ** (-decibels / 20)
    return wave + noise * np.float32(gain)


def rms(wave: Wave) -> float:
    return float(np.sqrt((wave**2).mean()) + 1e-3)


def coloured_noise(length: int, dice: Dice) -> Wave:
    return np.asarray(lfilter([1], [1, -dice.uniform(0, 0.98)], dice.standard_normal(length)), np.float32)


def babble(length: int, clips: Sequence[Wave], dice: Dice) -> Wave:
    """Several other people talking at once: each a row of random clips."""
    total = np.zeros(length, np.float32)
    for _ in range(dice.integers(2, 7)):
        row = np.zeros(0, np.float32)
        while len(row) < length:
            clip = shifted(clips[int(dice.integers(len(clips)))], dice.uniform(0.8, 1.2))
            row = np.concatenate((row, clip / rms(clip)))
        start = dice.integers(len(row) - length + 1)
        total += row[start : start + length] * np.float32(dice.uniform(0.4, 1))
    return total


def augmented(wave: Wave, others: Sequence[Wave], dice: Dice) -> Wave:
    """`wave` as one of many ways that a kiosk's microphone may hear it."""
    wave = shifted(wave, float(np.exp(dice.uniform(np.log(0.7), np.log(1.25)))))
    quiet = [np.zeros(int(dice.uniform(0.1, 0.6) * RATE), np.float32) for _ in range(2)]
    loudness = rms(wave)
    wave = np.concatenate((quiet[0], wave, quiet[1]))
    if dice.random() < 0.5:
        wave = in_room(wave, dice)
    if dice.random() < 0.5:  # a microphone's colour
        tilt, resonance = dice.uniform(-0.7, 0.7), dice.uniform(-0.5, 0.5)
        wave = np.asarray(lfilter([1, tilt], [1, resonance], wave), np.float32)
    wave = wave * np.float32(loudness / rms(wave))
    if dice.random() < 0.5:
        wave = mixed(wave, babble(len(wave), others, dice), dice.uniform(0, 25))
    if dice.random() < 0.7:
        wave = mixed(wave, coloured_noise(len(wave), dice), dice.uniform(3, 40))
    wave = wave * np.float32(10 ** dice.uniform(2.0, 3.7) / rms(wave))
    return np.clip(np.rint(wave + dice.standard_normal(len(wave)) * 2), -32768, 32767).astype(np.float32)
