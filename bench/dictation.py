"""What is dictated, heard: `python bench/dictation.py` prints one JSON line.

The clips are two voices that the model was not trained on, saying groups of digits, telephone numbers, dates of both
calendars and amounts, clean and with other people talking 10 dB softer. Speaking them needs the training environment
and the voices that `make model` leaves: `.work/train-venv/bin/python bench/dictation.py --speak`.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tools.result import written

from kiosk.entry import spoken
from voice.audio.recordings import RATE, read_wav
from voice.recognition import dictation
from voice.recognition.bundled import BundledRecogniser
from voice.recognition.recogniser import Heard

ROOT = Path(__file__).parent.parent
CLIPS = ROOT / ".work" / "dictation"
MODEL = ROOT / "assets" / "voice_model"
VOICES_HEARD = ("zf_xiaoyi", "zm_yunyang")
TODAY = date(2026, 11, 23)
OUTCOMES = ("right", "wrong", "refused")
VOICES = ROOT / ".work" / "voice-training" / "synthetic" / "voices" / "package" / "voices"
PHRASES = [
    "下一步",
    "继续",
    "好了",
    "上一步",
    "返回",
    "退回去",
    "找人帮忙",
    "帮帮我",
    "叫工作人员",
    "再说一遍",
    "没有电话",
]
OUTSIDE = ["今天天气真不错", "我不知道怎么弄", "你看这个东西", "电视里在唱戏", "他明天才能来", "医生让我多走路"]
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Item:
    kind: str  # of voice.recognition.dictation
    about: str
    said: str


def items() -> Iterator[Item]:
    """What is said, the same every time."""
    dice = random.Random(7)

    def row(length: int) -> str:
        return "".join(dice.choice(DIGITS) for _ in range(length))

    for length in (3, 4, 3, 4, 4, 3, 4, 4):
        yield Item("digits", "group", row(length).replace("一", "幺" if dice.random() < 0.5 else "一"))
    for _ in range(6):
        number = "一" + dice.choice("三五七八九") + row(9)
        yield Item("phone", "phone", number.replace("一", "幺" if dice.random() < 0.5 else "一"))
    for _ in range(8):
        year, month, day = dice.randint(1930, 1966), dice.randint(1, 12), dice.randint(1, 28)
        digits = "".join(DIGITS[int(digit)] for digit in str(year)[dice.choice((0, 0, 2)) :])
        yield Item("date", "solar date", f"{digits}年{below_100(month)}月{below_100(day)}号")
    for month, day in (
        ("正", "初一"),
        ("腊", "廿三"),
        ("三", "初八"),
        ("冬", "十五"),
        ("十", "二十六"),
        ("六", "初十"),
    ):
        year_digits = "".join(DIGITS[int(digit)] for digit in str(dice.randint(1930, 1966)))
        moon = "农历" if day[0] not in "初廿" else ""
        yield Item("date", "lunar date", f"{moon}{year_digits}年{month}月{day}")
    for said in (
        "三千五",
        "两万零五十块六毛",
        "一千二百块",
        "八百六十块",
        "一百零五块",
        "三块五毛",
        "四千七百五十",
        "一万二",
    ):
        yield Item("amount", "amount", said)
    for said in ("改第三位", "第五位改成九", "最后一位是八", "第二组不对"):
        yield Item("digits", "correction", said)
    for text in OUTSIDE:
        yield Item("digits", "outside", text)
        yield Item("date", "outside", text)
    for text in PHRASES[:6]:
        yield Item("digits", "phrase", text)


def below_100(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def speak() -> None:
    """Every item in both voices, into CLIPS."""
    import soundfile

    from voice.audio.resample import resampled
    from voice.training.clips.synthesis import KOKORO_RATE, Kokoro

    kokoro = Kokoro(VOICES, threads=1)
    CLIPS.mkdir(parents=True, exist_ok=True)
    for text in {item.said for item in items()}:
        for voice in VOICES_HEARD:
            path = CLIPS / f"{text}_{voice}.opus"
            if not path.exists():
                wave = kokoro.say(text.replace("幺", "腰"), kokoro.styles[voice], 0.9)
                samples = (np.clip(wave, -1, 1) * 32767).astype(np.int16)
                soundfile.write(path, resampled(samples, KOKORO_RATE, RATE), RATE, format="OGG", subtype="OPUS")


@dataclass(frozen=True)
class Trial:
    """One clip heard: `outcome` is right, wrong (something else was taken) or refused."""

    item: Item
    condition: str
    heard: Heard
    outcome: str


def trials(found: Sequence[Item], conditions: Sequence[str] = ("clean", "babble")) -> Iterator[Trial]:
    """Every item in both voices, each heard beside the phrases of a question's screen."""
    clips = {path.stem: read_wav(path) for path in sorted(CLIPS.glob("*.opus"))}
    recognisers = {kind: BundledRecogniser(MODEL, PHRASES, dictation=kind) for kind in {item.kind for item in found}}
    for item in found:
        for voice in VOICES_HEARD:
            wave = clips[f"{item.said}_{voice}"]
            for condition in conditions:
                others = [clip for name, clip in clips.items() if voice not in name and item.said not in name]
                sound = with_babble(wave, others) if condition == "babble" else wave
                heard = recognisers[item.kind].hear(sound)
                yield Trial(item, condition, heard, outcome(item, heard))


def with_babble(wave: NDArray[np.int16], others: Sequence[NDArray[np.int16]]) -> NDArray[np.int16]:
    """Four other people talking at once, together 10 dB softer."""
    dice = np.random.default_rng(len(wave))
    noise = np.zeros(len(wave))
    for _ in range(4):
        row = np.concatenate([others[int(dice.integers(len(others)))].astype(float) for _ in range(12)])
        start = int(dice.integers(max(1, len(row) - len(wave))))
        row = row[start : start + len(wave)]
        noise[: len(row)] += row
    gain = np.sqrt((wave.astype(float) ** 2).mean() / (noise**2).mean()) * 10 ** (-10 / 20)
    return np.clip(wave + gain * noise, -32768, 32767).astype(np.int16)


def outcome(item: Item, heard: Heard) -> str:
    if item.about == "outside":
        return "wrong" if heard.dictated or heard.phrase else "right"
    if item.about == "phrase":
        return "right" if heard.phrase == item.said else "wrong" if heard.dictated or heard.phrase else "refused"
    if not heard.dictated:
        return "wrong" if heard.phrase else "refused"
    return "right" if meaning(item, heard.dictated) == meaning(item, item.said) else "wrong"


def meaning(item: Item, said: str) -> object:
    """What it comes to: 幺 and 一 are the same. A row of words without a value is refused by the kiosk: None."""
    return spoken.correction(said) if item.about == "correction" else spoken.value(item.kind, said, TODAY)


def summary(heard: Sequence[Trial]) -> dict[str, dict[str, float]]:
    """By condition and kind of thing said: how many, and what became of them in parts of one."""
    groups: dict[str, list[Trial]] = {}
    for trial in heard:
        groups.setdefault(f"{trial.condition} {trial.item.about}", []).append(trial)
    return {
        name: {
            "clips": len(group),
            **{what: round(sum(t.outcome == what for t in group) / len(group), 3) for what in OUTCOMES},
        }
        for name, group in groups.items()
    }


def sweep(found: Sequence[Item]) -> Iterator[str]:
    """What other limits would do: all dictations right and wrong, and outside words taken."""
    usual = dictation.MOST_LOST, dictation.LEAST_MARGIN
    for lost in (0.6, 0.9, 1.2, 1.6, 2.0):
        for margin in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0):
            dictation.MOST_LOST, dictation.LEAST_MARGIN = lost, margin
            heard = list(trials(found))
            for condition in ("clean", "babble"):
                here = [trial for trial in heard if trial.condition == condition]
                inside = [trial.outcome for trial in here if trial.item.about not in ("outside", "phrase")]
                outside = [trial.outcome for trial in here if trial.item.about == "outside"]
                yield (
                    f"{lost} {margin} {condition}: right {inside.count('right')}, wrong {inside.count('wrong')}"
                    f" of {len(inside)}; outside taken {outside.count('wrong')} of {len(outside)}"
                )
    dictation.MOST_LOST, dictation.LEAST_MARGIN = usual


def main() -> int:
    parser = argparse.ArgumentParser(description="How well what is dictated is heard.")
    parser.add_argument("--speak", action="store_true", help="speak the clips that are missing, then stop")
    parser.add_argument("--sweep", action="store_true", help="try other limits of acceptance, then stop")
    parser.add_argument("--each", action="store_true", help="also every clip, what was said and what was heard")
    given = parser.parse_args()
    found = list(items())
    if given.speak:
        speak()
        return 0
    if any(not (CLIPS / f"{item.said}_{voice}.opus").exists() for item in found for voice in VOICES_HEARD):
        print(json.dumps({"skipped": "there are no clips: see the top of bench/dictation.py"}))
        return 0
    if given.sweep:
        for line in sweep(found):
            print(line, flush=True)
        return 0
    started = time.perf_counter()
    for kind in dictation.KINDS:
        dictation.Dictation(MODEL, kind, "default")
    load_ms = 1000 * (time.perf_counter() - started) / len(dictation.KINDS)
    heard = list(trials(found))
    if given.each:
        for trial in heard:
            print(trial.outcome, trial.condition, trial.item.said, trial.heard.text, sep="\t")
    times = sorted(trial.heard.ms for trial in heard)
    result = {
        "load_ms": round(load_ms, 1),
        "hear_ms_median": statistics.median(times),
        "hear_ms_p95": times[len(times) * 95 // 100],
        **summary(heard),
    }
    print(written("dictation", result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
