"""The spoken prompts in numbers: size, pace, loudness, and how much of them a speech recogniser understands.

Understanding needs faster-whisper and a folder with the Whisper base model (docs/speech.md); without --whisper it is
left out. Prints one JSON line and writes bench/results/prompts.json.
"""

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from tools.result import written

from voice.audio.loudness import loudness
from voice.audio.resample import resampled
from voice.audio.samples import Samples
from voice.speech.prompts import Prompts, read_clip, read_index
from voice.speech.sound import LANGS, RATE, Lang

HINT = {"zh": "以下是普通话的句子，使用简体中文。", "en": "Plain English sentences."}
Transcriber = Callable[[Samples, Lang], str]


def words(text: str, lang: Lang) -> list[str]:
    """What is compared: toneless syllables in Chinese, lower-case words in English."""
    if lang == "en":
        return re.findall(r"[a-z0-9']+", text.lower())
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(re.sub(r"[^一-鿿]", "", text)))


def differences(wanted: list[str], heard: list[str]) -> int:
    """Edit distance."""
    row = list(range(len(heard) + 1))
    for i, mine in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, theirs in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (mine != theirs))
    return row[-1]


def transcriber(model: Path) -> Transcriber:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=2)

    def transcribe(samples: Samples, lang: Lang) -> str:
        sound = resampled(samples, RATE, 16000).astype(np.float32) / 32768
        found, _ = whisper.transcribe(
            np.pad(sound, 4000), language=lang, initial_prompt=HINT[lang], condition_on_previous_text=False
        )
        return "".join(segment.text for segment in found)

    return transcribe


def understood(clips: dict[str, Samples], lang: Lang, transcribe: Transcriber) -> dict[str, Any]:
    exact = wrong = total = 0
    misheard = {}
    for text, samples in clips.items():
        heard = transcribe(samples, lang)
        wanted = words(text, lang)
        errors = differences(wanted, words(heard, lang))
        exact, wrong, total = exact + (errors == 0), wrong + errors, total + len(wanted)
        if errors:
            misheard[text] = heard
    return {"clips": len(clips), "exact": exact, "unit_error_rate": round(wrong / total, 3), "misheard": misheard}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=Path, default=Path("assets/prompts"))
    parser.add_argument("--whisper", type=Path, help="folder of the Whisper base model for faster-whisper")
    parser.add_argument("--clips", type=int, default=20, help="how many of each language the recogniser hears")
    arguments = parser.parse_args()
    prompts, index = Prompts.load(arguments.prompts), read_index(arguments.prompts)
    transcribe = transcriber(arguments.whisper) if arguments.whisper else None
    result: dict[str, Any] = {"bytes": sum(path.stat().st_size for path in arguments.prompts.glob("*/*.opus"))}
    for lang in LANGS:
        clips = {text: read_clip(path) for text in index[lang] if (path := prompts.lookup(text, lang))}
        seconds = sum(map(len, clips.values())) / RATE
        loud = [loudness(samples, RATE) for samples in clips.values()]
        units = sum(len(re.findall(r"[\w一-鿿]" if lang == "zh" else r"[\w']+", text)) for text in clips)
        result[lang] = {
            "clips": len(clips),
            "seconds": round(seconds, 1),
            "characters_a_second" if lang == "zh" else "words_a_minute": round(
                units / seconds * (1 if lang == "zh" else 60), 2
            ),
            "lufs": {"mean": round(float(np.mean(loud)), 2), "min": round(min(loud), 2), "max": round(max(loud), 2)},
        }
        if transcribe:
            chosen = random.Random(7).sample(sorted(clips), min(arguments.clips, len(clips)))
            result[lang]["understood"] = understood({text: clips[text] for text in chosen}, lang, transcribe)
    print(written("prompts", result))


if __name__ == "__main__":
    main()
