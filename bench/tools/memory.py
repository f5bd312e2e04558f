"""What hearing adds to a process: run alone by bench/hearing.py; prints one JSON line, in MB of resident memory."""

import json
from pathlib import Path


def resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024, 1)


bare = resident()
import numpy  # noqa: E402, F401
import pypinyin  # noqa: E402, F401  # the pinyin keyboard has it without any voice

from voice.audio import read_wav  # noqa: E402

ROOT = Path(__file__).parents[2]
clips = sorted((ROOT / "tests" / "voice" / "clips").glob("*.opus"))
sounds = [read_wav(clip) for clip in clips]  # some 30 MB for decoding files, which no microphone needs
without_voice = resident()

from voice.recogniser import Recogniser  # noqa: E402

lines = (ROOT / "voice" / "training" / "development.txt").read_text(encoding="utf-8").splitlines()
recogniser = Recogniser(ROOT / "assets" / "voice_model", [line for line in lines if line and line[0] not in "#["][:40])
for number in range(20):
    recogniser.hear(sounds[number % len(sounds)])
after = resident()
shown = {"added": round(after - without_voice, 1), "added_to_bare_python": round(after - bare, 1), "in_all": after}
print(json.dumps(shown))
