"""Own-words requests in the kept-out voices, to measure what a kiosk makes of them.

`python -m voice.training.clips.requests --help`. Sentences are those of bench/asking/zh.tsv.
"""

import argparse
import csv
import random
from pathlib import Path

from voice.training.clips.kokoro import RATE as KOKORO_RATE
from voice.training.clips.synthesis import DEVELOPMENT_VOICES, KOKORO_LICENCE, Corpus, Kokoro, fetch_voices

LONGEST = 24  # characters; more takes longer to say than the kiosk listens
SPEED = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Speak own-words requests in the kept-out voices.")
    parser.add_argument("--sentences", type=Path, required=True, help="bench/asking/zh.tsv")
    parser.add_argument(
        "--out", type=Path, required=True, help="what voice.training.clips.synthesis wrote; gets `requests`"
    )
    parser.add_argument("--most", type=int, default=120)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    with given.sentences.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    short = [text for text in texts if len(text) <= LONGEST]
    kokoro = Kokoro(fetch_voices(given.out / "voices"), given.threads)
    corpus = Corpus(given.out / "requests")
    for number, text in enumerate(random.Random(1).sample(short, min(given.most, len(short)))):
        voice = DEVELOPMENT_VOICES[number % len(DEVELOPMENT_VOICES)]
        name = f"{number:03d}_{voice}.opus"
        if name not in corpus.have:
            corpus.add(name, kokoro.say(text, kokoro.styles[voice], SPEED), KOKORO_RATE, text, voice, KOKORO_LICENCE)


if __name__ == "__main__":
    main()
