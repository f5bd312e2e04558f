"""Makes clean clips sound like a hall: other voices and speeds, rooms, other people talking, noise, bad microphones.

All samples are float32 in the range of int16, mono, at RATE; every function takes the random generator it uses.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve, istft, lfilter, stft

from voice.audio.stretch import stretched
from voice.training.clips.features import RATE

Wave = NDArray[np.float32]
Dice = np.random.Generator
WINDOW = 512  # samples of a spectrum
SMOOTH = 24  # cepstral coefficients that make the envelope: the formants without the pitch


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


def babble(length: int, clips: Sequence[Wave], dice: Dice, people: int) -> Wave:
    """Other people talking at once: each a row of random clips."""
    total = np.zeros(length, np.float32)
    for _ in range(people):
        row = np.zeros(0, np.float32)
        while len(row) < length:
            clip = shifted(clips[int(dice.integers(len(clips)))], dice.uniform(0.8, 1.2))
            row = np.concatenate((row, clip / rms(clip)))
        start = dice.integers(len(row) - length + 1)
        total += row[start : start + length] * np.float32(dice.uniform(0.4, 1))
    return total


def other_throat(wave: Wave, dice: Dice) -> Wave:
    """The same words from another mouth: formants moved by up to a sixth, and as breathy as an old voice may be."""
    _, _, spectrum = stft(wave, RATE, nperseg=WINDOW)
    logarithm = np.log(np.abs(spectrum) + 1.0)
    cepstrum = np.fft.irfft(logarithm, axis=0)
    cepstrum[SMOOTH : -SMOOTH + 1] = 0
    envelope = np.fft.rfft(cepstrum, axis=0).real
    bins = np.arange(len(envelope))
    # what stands at `from_bin` of the envelope moves to each bin
    from_bin = np.clip(bins * np.exp(dice.uniform(-0.16, 0.16)), 0, len(bins) - 1.001)
    below, part = from_bin.astype(int), (from_bin % 1)[:, None]
    moved = envelope[below] * (1 - part) + envelope[below + 1] * part
    spectrum = spectrum * np.exp(moved - envelope)
    if dice.random() < 0.4:
        breath = dice.standard_normal(spectrum.shape) + 1j * dice.standard_normal(spectrum.shape)
        rising = np.minimum(bins / (2000 * WINDOW / RATE), 1)[:, None]  # breath is heard above some 2 kHz
        spectrum = spectrum + breath * rising * np.exp(moved) * dice.uniform(0.1, 0.8)
    return np.asarray(istft(spectrum, RATE, nperseg=WINDOW)[1][: len(wave)], np.float32)


def trembling(wave: Wave, dice: Dice) -> Wave:
    """With the tremor of an old voice: 4 to 8 times a second, in loudness and in pitch."""
    time = np.arange(len(wave)) / RATE
    turn = 2 * np.pi * (dice.uniform(4, 8) * time + dice.random())
    sooner = np.arange(len(wave)) + RATE * dice.uniform(0, 0.0008) * np.sin(turn)
    swung = np.interp(sooner, np.arange(len(wave)), wave)
    return np.asarray(swung * (1 + dice.uniform(0.05, 0.35) * np.sin(turn + 1)), np.float32)


def hesitating(wave: Wave, dice: Dice) -> Wave:
    """With a pause at one of the quieter places inside."""
    hop = RATE // 50
    energy = (wave[: len(wave) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1)
    inner = energy[len(energy) // 5 : -len(energy) // 5]
    if not len(inner):
        return wave
    place = (len(energy) // 5 + int(inner.argmin())) * hop
    pause = np.zeros(int(dice.uniform(0.1, 0.45) * RATE), np.float32)
    return np.concatenate((wave[:place], pause, wave[place:]))


def fan(length: int, dice: Dice) -> Wave:
    """A fan or an air conditioner: hum of the motor and the rush of air."""
    time = np.arange(length) / RATE
    hum = sum(np.sin(2 * np.pi * (dice.uniform(48, 130) * n * time + dice.random())) / n for n in range(1, 6))
    air = lfilter([1], [1, -dice.uniform(0.85, 0.99)], dice.standard_normal(length))
    return np.asarray(air / air.std() + dice.uniform(0, 1) * hum, np.float32)


def television(length: int, clips: Sequence[Wave], dice: Dice) -> Wave:
    """Somebody talking from a small loudspeaker over chords that change."""
    talk = in_room(babble(length, clips, dice, people=1), dice)
    time = np.arange(length) / RATE
    beat = int(dice.uniform(0.25, 0.6) * RATE)
    music = np.zeros(length)
    for start in range(0, length, beat):
        piece = time[start : start + beat]
        for note in dice.choice(24, 3, replace=False):
            music[start : start + beat] += np.sin(2 * np.pi * 220 * 2 ** (note / 12) * piece) * np.exp(piece[0] - piece)
    music *= rms(talk) / rms(np.asarray(music, np.float32)) * dice.uniform(0, 1)
    return np.asarray(lfilter([1, -0.9], [1], talk + music), np.float32)


def noise(length: int, clips: Sequence[Wave], dice: Dice) -> Wave:
    """What else is to be heard in a hall."""
    kind = dice.random()
    if kind < 0.6:
        return babble(length, clips, dice, people=int(dice.integers(1, 7)))
    return television(length, clips, dice) if kind < 0.8 else fan(length, dice)


def augmented(wave: Wave, others: Sequence[Wave], dice: Dice) -> Wave:
    """`wave` as one of many ways that a kiosk's microphone may hear it."""
    wave = shifted(wave, float(np.exp(dice.uniform(np.log(0.72), np.log(1.3)))))
    if dice.random() < 0.5:
        slower = float(np.exp(dice.uniform(np.log(0.8), np.log(1.4))))
        wave = stretched(np.clip(wave, -32768, 32767).astype(np.int16), RATE, slower).astype(np.float32)
    if dice.random() < 0.6:
        wave = other_throat(wave, dice)
    if dice.random() < 0.25:
        wave = trembling(wave, dice)
    if dice.random() < 0.15:
        wave = hesitating(wave, dice)
    quiet = [np.zeros(int(dice.uniform(0.1, 0.6) * RATE), np.float32) for _ in range(2)]
    loudness = rms(wave)
    wave = np.concatenate((quiet[0], wave, quiet[1]))
    if dice.random() < 0.5:
        wave = in_room(wave, dice)
    if dice.random() < 0.5:  # a microphone's colour
        tilt, resonance = dice.uniform(-0.7, 0.7), dice.uniform(-0.5, 0.5)
        wave = np.asarray(lfilter([1, tilt], [1, resonance], wave), np.float32)
    wave = wave * np.float32(loudness / rms(wave))
    if dice.random() < 0.75:
        wave = mixed(wave, noise(len(wave), others, dice), dice.uniform(0, 20))
    if dice.random() < 0.6:
        wave = mixed(wave, coloured_noise(len(wave), dice), dice.uniform(3, 40))
    wave = wave * np.float32(10 ** dice.uniform(2.0, 3.7) / rms(wave))
    return np.clip(np.rint(wave + dice.standard_normal(len(wave)) * 2), -32768, 32767).astype(np.float32)
