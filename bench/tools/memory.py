"""What hearing adds to a process, in MB of resident memory; prints one JSON line.

Run by bench/hearing.py, with a .npz of sounds as from a microphone (16 kHz) on the standard input: decoding the sound
files here would count some 30 MB that no microphone needs.
"""

import io
import json
import sys
from pathlib import Path


def resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024, 1)


bare = resident()
import numpy as np  # noqa: E402
import pypinyin  # noqa: E402, F401  # the pinyin keyboard has it without any voice

ROOT = Path(__file__).parents[2]
sounds = list(np.load(io.BytesIO(sys.stdin.buffer.read())).values())
without_voice = resident()

from voice.recognition.bundled import BundledRecogniser  # noqa: E402

lines = (ROOT / "voice" / "training" / "clips" / "development.txt").read_text(encoding="utf-8").splitlines()
recogniser = BundledRecogniser(
    ROOT / "assets" / "voice_model", [line for line in lines if line and line[0] not in "#["][:40]
)
for number in range(20):
    recogniser.hear(sounds[number % len(sounds)])
after = resident()
shown = {"added": round(after - without_voice, 1), "added_to_bare_python": round(after - bare, 1), "in_all": after}
print(json.dumps(shown))
