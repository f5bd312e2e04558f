"""Turns corpora into shards of augmented features: each shard is a fresh random sample of all speech."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voice.audio.resample import resampled
from voice.recognition.pinyin import PHONES
from voice.training.clips.augment import Dice, Wave, augmented, coloured_noise, trimmed
from voice.training.clips.corpus import DEVELOPMENT_SPEAKERS, read_manifest, usable
from voice.training.clips.features import RATE, SIZE, mfcc

SHARD_CLIPS = 6000
# How much of a shard comes from each corpus, by the name of the clip's folder.
SHARES = {"words": 0.26, "students": 0.14, "syllables_a": 0.05, "syllables_b": 0.05, "espeak": 0.08, "kokoro": 0.42}
NOISE_ONLY = 0.02
SHORTEST = RATE // 8  # samples
SINGLE_WORDS = {"words", "syllables_a", "syllables_b"}  # joined at random to longer utterances of the same speaker
_NUMBER = {phone: number for number, phone in enumerate(PHONES, 1)}


@dataclass(frozen=True)
class Utterance:
    """Features (frames, SIZE) and the numbers of the sounds spoken in them."""

    features: NDArray[np.float16]
    sounds: NDArray[np.int64]


@dataclass(frozen=True)
class TrainingClip:
    """A clip in memory, int16 samples at RATE without the silence around them, and its sounds."""

    samples: NDArray[np.int16]
    phones: tuple[str, ...]


def load_wave(path: Path) -> Wave:
    """A clip as mono float32 samples at RATE in the range of int16."""
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    return resampled(np.ascontiguousarray(samples[:, 0]), rate, RATE).astype(np.float32)


def training_speech(folders: Sequence[Path]) -> dict[str, list[TrainingClip]]:
    """All clips of the corpora `folders` that may be trained on, by corpus (a name of SHARES)."""
    found: dict[str, list[TrainingClip]] = {}
    for folder in folders:
        for clip, phones in usable(read_manifest(folder)):
            if clip.path.parent.name in SHARES and clip.speaker not in DEVELOPMENT_SPEAKERS:
                wave = trimmed(load_wave(clip.path))
                if len(wave) >= SHORTEST:
                    found.setdefault(clip.path.parent.name, []).append(TrainingClip(wave.astype(np.int16), phones))
    return found


def write_shard(speech: Mapping[str, Sequence[TrainingClip]], path: Path, seed: int) -> None:
    """One shard, SHARD_CLIPS utterances, the same for the same speech and seed."""
    dice = np.random.default_rng(seed)
    names = sorted(speech)
    shares = np.array([SHARES[name] for name in names])
    others = [spoken.samples.astype(np.float32) for name in names for spoken in speech[name][seed % 9 :: 9]]
    utterances = []
    for _ in range(SHARD_CLIPS):
        phones: tuple[str, ...] = ()
        if dice.random() < NOISE_ONLY:
            wave = _noise(dice)
        else:
            name = names[dice.choice(len(names), p=shares / shares.sum())]
            clean, phones = _utterance(speech[name], dice, joined=name in SINGLE_WORDS)
            wave = augmented(clean, others, dice)
        sounds = np.array([_NUMBER[phone] for phone in phones], np.int64)
        utterances.append(Utterance(mfcc(wave).astype(np.float16), sounds))
    _save(path, utterances)


def _noise(dice: Dice) -> Wave:
    return coloured_noise(int(dice.uniform(0.5, 2) * RATE), dice) * np.float32(10 ** dice.uniform(0, 3))


def _utterance(clips: Sequence[TrainingClip], dice: Dice, joined: bool) -> tuple[Wave, tuple[str, ...]]:
    chosen = [clips[int(dice.integers(len(clips)))] for _ in range(dice.integers(1, 4) if joined else 1)]
    pieces = []
    for spoken in chosen:
        pause = np.zeros(int(max(dice.uniform(-0.1, 0.15), 0) * RATE), np.int16)
        pieces += [spoken.samples, pause]
    phones = tuple(phone for spoken in chosen for phone in spoken.phones)
    return np.concatenate(pieces[:-1]).astype(np.float32), phones


def _save(path: Path, utterances: Sequence[Utterance]) -> None:
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(
            file,
            features=np.concatenate([u.features for u in utterances]),
            frames=np.array([len(u.features) for u in utterances]),
            sounds=np.concatenate([u.sounds for u in utterances]),
            lengths=np.array([len(u.sounds) for u in utterances]),
        )
    partial.replace(path)


def read_shard(path: Path) -> list[Utterance]:
    with np.load(path) as data:
        features = np.split(data["features"], np.cumsum(data["frames"])[:-1])
        sounds = np.split(data["sounds"], np.cumsum(data["lengths"])[:-1])
    assert all(f.shape[1] == SIZE for f in features)
    return [Utterance(f, s) for f, s in zip(features, sounds, strict=True)]
