"""The clips that a voice model is measured on, written once so that every recogniser hears the very same sound.

`python -m voice.training.trials --help`; needs requirements/train.txt. Speakers and voices are those kept out of
training. A folder gets FLAC files of every condition, `trials.tsv`, and `lists.json`, the phrase lists.
"""

import argparse
import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voice.audio.recordings import read_wav
from voice.audio.stretch import stretched
from voice.recognition.phrases import sound_out
from voice.training.clips.augment import Dice, Wave, babble, fan, in_room, mixed, rms, shifted, television
from voice.training.clips.corpus import DEVELOPMENT_SPEAKERS, Clip, read_manifest
from voice.training.clips.dataset import load_wave
from voice.training.clips.features import RATE
from voice.training.clips.synthesis import development_phrases

CONDITIONS = ("clean", "room", "babble", "old", "television", "fan")
NOISE_DB = 10  # that noise is softer than the voice
LONG = 300  # phrases of the long list
COLUMNS = ("file", "condition", "list", "text", "inside", "speaker")


@dataclass(frozen=True)
class TrialClip:
    """A clip to be heard with one of the lists, which holds what is said in it (`inside`) or does not."""

    clip: Clip
    list: str
    inside: bool


def lists(speech: Path) -> dict[str, list[str]]:
    """`kiosk`: 40 phrases of a kiosk. `words`: 28 of them and the 12 words of the students. `long`: both, up to LONG
    with other words. None has two that sound alike."""
    kiosk = development_phrases()["listed"]
    clips = read_manifest(speech)
    words = sorted({clip.text for clip in clips if clip.speaker in DEVELOPMENT_SPEAKERS})
    several = [clip.text for clip in clips if clip.path.parent.name == "words" and 2 <= len(clip.text) <= 4]
    dice = random.Random(5)
    long = [*kiosk, *words, *dice.sample(sorted(set(several) - set(words)), 2 * LONG)]
    return {
        "kiosk": kiosk,
        "words": _heard([*kiosk[: len(kiosk) - len(words)], *words]),
        "long": _heard(long)[:LONG],
    }


def _heard(phrases: list[str]) -> list[str]:
    unheard = sound_out(phrases).unheard
    return [phrase for phrase in phrases if phrase not in unheard]


def spoken(speech: Path, development: Path, known: dict[str, list[str]]) -> list[TrialClip]:
    """Kiosk phrases and others by the synthetic voices; words of the students with the list that has them, and with
    one that has not."""
    said = [TrialClip(clip, "kiosk", clip.text in known["kiosk"]) for clip in read_manifest(development)]
    words = [clip for clip in read_manifest(speech) if clip.speaker in DEVELOPMENT_SPEAKERS][::6]
    words = [clip for clip in words if clip.text in known["words"]]
    said += [TrialClip(clip, "words", True) for clip in words]
    return said + [TrialClip(clip, "kiosk", False) for clip in words[::2]]


def conditioned(wave: Wave, condition: str, others: Sequence[Wave], dice: Dice) -> Wave:
    """`wave` as a kiosk's microphone hears it: as it is, in a room, in noise, or from an old voice."""
    if condition == "room":
        return in_room(wave, dice)
    if condition == "babble":
        return mixed(wave, babble(len(wave), others, dice, people=int(dice.integers(2, 7))), NOISE_DB)
    if condition == "television":
        return mixed(wave, television(len(wave), others, dice), NOISE_DB)
    if condition == "fan":
        return mixed(wave, fan(len(wave), dice), NOISE_DB)
    if condition == "old":  # pitch x 0.8, tempo x 0.75
        lower = np.clip(shifted(wave, 0.8), -32768, 32767).astype(np.int16)
        return stretched(lower, RATE, 0.8 / 0.75).astype(np.float32)
    return wave


def no_words(wave: Wave, others: Sequence[Wave], dice: Dice) -> Wave:
    """What sounds like speech and is none: backwards, hiss that swells as a voice does, other people, a television."""
    kind = dice.integers(4)
    if kind == 0:
        return wave[::-1].copy()
    if kind == 1:
        slow = int(dice.uniform(0.05, 0.15) * RATE)
        swelling = np.sqrt(np.convolve(wave**2, np.ones(slow) / slow, "same"))
        return np.asarray(swelling * dice.standard_normal(len(wave)), np.float32)
    heard = (
        babble(len(wave), others, dice, int(dice.integers(2, 7))) if kind == 2 else television(len(wave), others, dice)
    )
    return np.asarray(heard * np.float32(rms(wave) / rms(heard)), np.float32)


def trials(speech: Path, synthetic: Path, known: dict[str, list[str]]) -> Iterator[tuple[str, TrialClip, Wave]]:
    """(condition, what is spoken, the sound of it) of every trial, always the same."""
    said = spoken(speech, synthetic / "development", known)
    others = [load_wave(clip.path) for clip in read_manifest(speech) if clip.speaker in DEVELOPMENT_SPEAKERS][::12]
    for number, one in enumerate(said):
        wave = load_wave(one.clip.path)
        for place, condition in enumerate(CONDITIONS):
            yield condition, one, conditioned(wave, condition, others, np.random.default_rng([number, place]))
        if one.inside:
            yield "long list", replace(one, list="long"), wave
    for clip in read_manifest(synthetic / "accented"):
        yield "accented", TrialClip(clip, "kiosk", clip.text in known["kiosk"]), load_wave(clip.path)
    for number, one in enumerate(said[::3]):
        dice = np.random.default_rng([number, len(CONDITIONS)])
        yield "no words", replace(one, list="kiosk", inside=False), no_words(load_wave(one.clip.path), others, dice)


def write(speech: Path, synthetic: Path, out: Path) -> int:
    """Writes all trials into `out`; how many they are."""
    out.mkdir(parents=True, exist_ok=True)
    known = lists(speech)
    (out / "lists.json").write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rows = []
    for number, (condition, one, wave) in enumerate(trials(speech, synthetic, known)):
        name = f"{number:04d}.flac"
        soundfile.write(out / name, np.clip(wave, -32768, 32767).astype(np.int16), RATE)
        rows.append((name, condition, one.list, one.clip.text, int(one.inside), one.clip.speaker))
    with (out / "trials.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows((COLUMNS, *rows))
    return len(rows)


@dataclass(frozen=True)
class Trial:
    """A clip as it is heard (int16 at 16 kHz) with the list of that name; `said` is None when the list has it not."""

    condition: str
    list: str
    said: str | None
    speaker: str
    samples: NDArray[np.int16]


def read_lists(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    return found


def read_trials(folder: Path) -> Iterator[Trial]:
    with (folder / "trials.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            said = row["text"] if row["inside"] == "1" else None
            yield Trial(row["condition"], row["list"], said, row["speaker"], read_wav(folder / row["file"]))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the clips that voice models are measured on.")
    parser.add_argument("--speech", type=Path, required=True, help="the unpacked corpus")
    parser.add_argument("--synthetic", type=Path, required=True, help="has the folders development and accented")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    print(write(given.speech, given.synthetic, given.out), "clips in", given.out)


if __name__ == "__main__":
    main()
