"""The development phrases in accents: by the kept-out Kokoro voices with a region's sounds, and by foreign voices.

`python -m voice.training.clips.accented --help`. Voices are never those of training; accents are those of accents.yaml.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from voice.training.clips.accents import Profile, read_accents, surface
from voice.training.clips.kokoro import RATE as KOKORO_RATE
from voice.training.clips.synthesis import (
    ACCENTED_VOICES,
    DEVELOPMENT_VOICES,
    KOKORO_LICENCE,
    Corpus,
    Kokoro,
    development_phrases,
    fetch_voices,
)

SPEED = 0.95
MOST_SPEAKERS = 50  # that are tried for one whose habits change a phrase


def pinyin_of(text: str) -> list[str]:
    return list(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))


def accented(text: str, profile: Profile, dice: random.Random) -> list[str] | None:
    """`text` as the first of some random speakers of `profile` says it who changes a sound; None when none does."""
    plain = pinyin_of(text)
    ways = (surface(plain, profile, dice) for _ in range(MOST_SPEAKERS))
    return next((way for way in ways if way != plain), None)


def clips() -> Iterator[tuple[str, str, str, list[str], str]]:
    """(file name, text, voice, syllables to speak, speaker): phrases of the list by every voice, others by one each."""
    regions = {name: profile for name, profile in read_accents().items() if name != "default"}
    for part, texts in development_phrases().items():
        for number, text in enumerate(texts):
            for place, (region, profile) in enumerate(regions.items()):
                for voice in DEVELOPMENT_VOICES if part == "listed" else [DEVELOPMENT_VOICES[(number + place) % 2]]:
                    way = accented(text, profile, random.Random(f"{text} {voice} {region}"))
                    if way:
                        yield f"{part}_{number:02d}_{region}_{voice}.opus", text, voice, way, f"{voice} {region}"
            for voice in ACCENTED_VOICES if part == "listed" else [ACCENTED_VOICES[number % len(ACCENTED_VOICES)]]:
                yield f"{part}_{number:02d}_foreign_{voice}.opus", text, voice, pinyin_of(text), f"{voice} foreign"


def write_accented(synthetic: Path, threads: int = 1) -> None:
    """The corpus `accented` in the folder that voice.training.clips.synthesis wrote."""
    kokoro = Kokoro(fetch_voices(synthetic / "voices"), threads)
    corpus = Corpus(synthetic / "accented")
    for name, text, voice, syllables, speaker in clips():
        if name not in corpus.have:
            samples = kokoro.say_pinyin(syllables, kokoro.styles[voice], SPEED)
            corpus.add(name, samples, KOKORO_RATE, text, speaker, KOKORO_LICENCE)


def main() -> None:
    parser = argparse.ArgumentParser(description="Speak the development phrases in accents.")
    parser.add_argument(
        "--out", type=Path, required=True, help="what voice.training.clips.synthesis wrote; gets `accented`"
    )
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    write_accented(given.out, given.threads)


if __name__ == "__main__":
    main()
