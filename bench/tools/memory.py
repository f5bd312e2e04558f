"""What hearing adds to a process: run alone by bench/hearing.py; prints one JSON line, in MB of resident memory."""

import ctypes
import json
from pathlib import Path


def resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024, 1)


bare = resident()
import numpy as np  # noqa: E402
import pypinyin  # noqa: E402, F401  # the pinyin keyboard has it without any voice


ROOT = Path(__file__).parents[2]
sounds = list(np.load(io.BytesIO(sys.stdin.buffer.read())).values())
for number in range(20):
    recogniser.hear(sounds[number % len(sounds)])
after = resident()
shown = {"added": round(after - without_voice, 1), "added_to_bare_python": round(after - bare, 1), "in_all": after}
print(json.dumps(shown))
