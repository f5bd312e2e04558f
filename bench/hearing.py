"""How fast the recogniser is and what it takes: `python bench/hearing.py` prints one JSON line.

Load is a new process's first Recogniser (with a 40-phrase list), switch another list, hear one of the test clips.
"""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

from voice.audio import RATE, read_wav
from voice.recogniser import Recogniser

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "assets" / "voice_model"
CLIPS = sorted((ROOT / "tests" / "voice" / "clips").glob("*.opus"))
RESULT = ROOT / "bench" / "results" / "hearing.json"


def milliseconds(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)


def main() -> int:
    lines = (ROOT / "voice" / "training" / "development.txt").read_text(encoding="utf-8").splitlines()
    phrases = [line for line in lines if line and line[0] not in "#["]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    Recogniser(MODEL, phrases[:40])
    load_ms = milliseconds(started)
    switches = []
    for shift in range(20):
        started = time.perf_counter()
        recogniser = Recogniser(MODEL, phrases[shift : shift + 40])
        switches.append(milliseconds(started))
    started = time.perf_counter()
    Recogniser(MODEL, [first + second for first in phrases[:18] for second in phrases[20:37]])  # 306 phrases
    switch_300_ms = milliseconds(started)
    sounds = [read_wav(clip) for clip in CLIPS]
    heard = [recogniser.hear(sound).ms for sound in sounds for _ in range(3)]
    length = sum(len(sound) for sound in sounds) / RATE
    result = {
        "load_ms": load_ms,
        "switch_list_ms": statistics.median(switches),
        "switch_300_phrases_ms": switch_300_ms,
        "hear_ms_median": statistics.median(heard),
        "hear_ms_worst": max(heard),
        "real_time_factor": round(sum(heard) / 3 / 1000 / length, 4),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rss_mb_before": round(before / 1024),
        "model_mb": round(sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) / 1e6, 2),
    }
    RESULT.parent.mkdir(exist_ok=True)
    line = json.dumps(result)
    RESULT.write_text(line + "\n", encoding="utf-8")
    print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
