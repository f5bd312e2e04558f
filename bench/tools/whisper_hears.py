"""Run by bench/whisper_base.py in an environment that has faster-whisper: what Whisper base hears in clips.

`python whisper_hears.py MODEL CACHE`, the clips' paths on the standard input; CACHE (JSON) gets
{digest of the clip: [text, milliseconds]}.
"""

import hashlib
import json
import sys
import time
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped, unused-ignore]
from faster_whisper import WhisperModel  # type: ignore[import-not-found, unused-ignore]

LONGEST = 48  # tokens, some 30 characters
HINT = "以下是普通话的句子，使用简体中文。"


def main() -> None:
    model, cache = Path(sys.argv[1]), Path(sys.argv[2])
    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=2)
    known = json.loads(cache.read_text(encoding="utf-8")) if cache.exists() else {}
    for line in sys.stdin:
        path = Path(line.strip())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest in known:
            continue
        samples, _ = soundfile.read(path, dtype="float32")
        started = time.perf_counter()
        found, _ = whisper.transcribe(
            np.pad(samples, 4000),
            language="zh",
            initial_prompt=HINT,
            condition_on_previous_text=False,
            temperature=0.0,  # no second tries: after noise they take minutes
            max_new_tokens=LONGEST,
        )
        text = "".join(segment.text for segment in found)
        known[digest] = [text, round(1000 * (time.perf_counter() - started))]
        cache.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
