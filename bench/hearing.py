"""How well, how soon and how cheaply the recogniser hears: `python bench/hearing.py` prints one JSON line.

Right and refused are counted on the clips of voice.training.trials, where these are; a table for people goes to the
error stream. Times and memory are measured anywhere.
"""

import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.result import written
from tools.trials import (
    MISSING,
    MODEL,
    ROOT,
    Answer,
    Trial,
    part,
    read_lists,
    read_trials,
    sample,
    scored,
    table,
)

from voice.audio.recordings import RATE, read_wav
from voice.recognition.bundled import BundledRecogniser
from voice.recognition.model import ModelError
from voice.recognition.recogniser import Heard

CLIPS = sorted((ROOT / "tests" / "voice" / "clips").glob("*.opus"))
CHUNK = RATE // 20
STREAMED = 80  # clips
LEAD_S, TRAIL_S = 0.5, 3.0
Sound = NDArray[np.int16]


def milliseconds(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)


def preparing(phrases: Sequence[str]) -> dict[str, float]:
    """Load is a new process's first BundledRecogniser (with a 40-phrase list), switch another list."""
    started = time.perf_counter()
    BundledRecogniser(MODEL, phrases[:40])
    load_ms = milliseconds(started)
    switches = []
    for shift in range(20):
        started = time.perf_counter()
        BundledRecogniser(MODEL, phrases[shift : shift + 40])
        switches.append(milliseconds(started))
    started = time.perf_counter()
    BundledRecogniser(MODEL, [first + second for first in phrases[:18] for second in phrases[20:37]])  # 306 phrases
    return {
        "load_ms": load_ms,
        "switch_list_ms": statistics.median(switches),
        "switch_300_phrases_ms": milliseconds(started),
    }


def speed(phrases: Sequence[str]) -> dict[str, float]:
    """Hearing the test clips with a 40-phrase list."""
    recogniser = BundledRecogniser(MODEL, phrases[:40])
    sounds = [read_wav(clip) for clip in CLIPS]
    took = [recogniser.hear(sound).ms for sound in sounds for _ in range(3)]
    seconds = sum(len(sound) for sound in sounds) / RATE
    return {
        "hear_ms_median": statistics.median(took),
        "hear_ms_worst": max(took),
        "real_time_factor": round(sum(took) / 3 / 1000 / seconds, 4),
    }


def answer(recogniser: BundledRecogniser, sound: Sound) -> Answer:
    found = recogniser.hear(sound)
    if found.phrase:
        return Answer(found.phrase, True)
    return Answer(recogniser.evidence(sound).phrase, False, found.between)


def heard(trials: Sequence[Trial], accent: str | None = None) -> dict[Trial, Answer]:
    """Every trial with its list; with `accent` only that region's, by that profile."""
    lists = read_lists()
    chosen = [trial for trial in trials if accent is None or trial.region == accent]
    recognisers = {
        name: BundledRecogniser(MODEL, phrases, accent=accent or "default")
        for name, phrases in lists.items()
        if any(trial.list == name for trial in chosen)
    }
    return {trial: answer(recognisers[trial.list], read_wav(trial.path)) for trial in chosen}


def delays(trials: Sequence[Trial], noise_db: float | None) -> dict[str, Any]:
    """From the end of what is said to the answer, in milliseconds: the end-pointer and the reckoning together.

    Clean clips of the list are streamed in pieces of 50 ms with the quiet of a room before and after, or with noise so
    many decibels softer than the voice. `early`: other answers before the end.
    """
    inside = [trial for trial in trials if trial.inside and trial.condition == "clean"]
    chosen = inside[:: max(len(inside) // STREAMED, 1)]
    recognisers = {name: BundledRecogniser(MODEL, phrases) for name, phrases in read_lists().items()}
    took: list[float] = []
    right = early = 0
    for number, trial in enumerate(chosen):
        sound, end = streamed(read_wav(trial.path), noise_db, np.random.default_rng(number))
        for at, found in streamed_answers(recognisers[trial.list], sound):
            if at < end / RATE and found.phrase != trial.text:
                early += 1
            else:
                took.append(1000 * (at - end / RATE))
                right += found.phrase == trial.text
                break
    p50, p95 = np.percentile(took, (50, 95))
    return {
        "clips": len(chosen),
        "right": part(n < right for n in range(len(chosen))),
        "early": early,
        "never": len(chosen) - len(took),
        "ms_50th": round(float(p50)),
        "ms_95th": round(float(p95)),
        "ms_worst": round(max(took)),
    }


def streamed(clip: Sound, noise_db: float | None, dice: np.random.Generator) -> tuple[Sound, int]:
    """`clip` with room around it, and the sample at which what is said ends.

    That is after the last 20 ms that are within 30 dB of the loudest ones.
    """
    hop = RATE // 50
    energy = (clip[: len(clip) // hop * hop].astype(np.float64).reshape(-1, hop) ** 2).mean(axis=1)
    end = (int(np.flatnonzero(energy > energy.max() * 1e-3)[-1]) + 1) * hop
    loudness = float(np.sqrt((clip[:end].astype(np.float64) ** 2).mean()))
    lead = int(LEAD_S * RATE)
    sound = np.zeros(lead + len(clip) + int(TRAIL_S * RATE))
    sound[lead : lead + len(clip)] = clip
    spectrum = np.fft.rfft(dice.standard_normal(len(sound)))
    rush = np.fft.irfft(
        spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), len(sound)
    )  # more low than high, as of a fan
    level = 5.0 if noise_db is None else loudness * 10 ** (-noise_db / 20)
    return np.clip(sound + rush / rush.std() * level, -32768, 32767).astype(np.int16), lead + end


def streamed_answers(recogniser: BundledRecogniser, sound: Sound) -> Iterator[tuple[float, Heard]]:
    """(second at which it comes, what was heard) of every answer to a stream."""
    recogniser.reset()
    for start in range(0, len(sound), CHUNK):
        piece = sound[start : start + CHUNK]
        started = time.perf_counter()
        found = recogniser.feed(piece.tobytes())
        if found:
            yield (start + len(piece)) / RATE + time.perf_counter() - started, found


def memory() -> dict[str, float]:
    """Resident MB of a new process with a list of 40 phrases that heard 20 clips."""
    sounds = io.BytesIO()
    np.savez(sounds, *(read_wav(clip) for clip in CLIPS))
    command = [sys.executable, str(ROOT / "bench" / "tools" / "memory.py")]
    ran = subprocess.run(command, input=sounds.getvalue(), check=True, capture_output=True, cwd=ROOT)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main() -> int:
    lines = (ROOT / "voice" / "training" / "clips" / "development.txt").read_text(encoding="utf-8").splitlines()
    phrases = [line for line in lines if line and line[0] not in "#["]
    result: dict[str, Any] = {
        **preparing(phrases),
        **speed(phrases),
        "memory_mb": memory(),
        "model_mb": round(sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) / 1e6, 2),
    }
    trials = read_trials()
    if trials:
        result["answer"] = {"quiet": delays(trials, None), "noise 15 dB": delays(trials, 15)}
        answers = heard(trials)
        result["hearing"] = scored(trials, answers)
        result["hearing_whisper_clips"] = scored(sample(trials), answers)
        for region in ("jianghuai", "sichuan", "cantonese"):
            try:
                profiled = scored(trials, heard(trials, region))["accented"]
                result["hearing"][f"accented: {region}, its profile"] = profiled
            except ModelError as error:
                print(error, file=sys.stderr)
        print(
            table(result["hearing"]),
            table(result["hearing_whisper_clips"]),
            sep="\nthe clips of Whisper base\n",
            file=sys.stderr,
        )
    else:
        print(MISSING, file=sys.stderr)
    print(written("hearing", result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
