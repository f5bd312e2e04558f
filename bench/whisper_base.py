"""Whisper base on the clips of hearing.py, for comparison: `python bench/whisper_base.py` prints one JSON line.

The phrase of the list nearest to its text in toneless pinyin is taken; the threshold lets at most 3 % of the clips
outside the list through. It runs where .work/whisper (an environment with faster-whisper) and .work/whisper-base are,
for development only. It hears a random part of the clips, and what it heard once is kept beside them.
"""

import hashlib
import json
import re
import statistics
import subprocess
import sys
from collections.abc import Sequence

from tools.matching import Guess, accent_pairs, decided, nearest
from tools.result import written
from tools.trials import FOLDER, MISSING, ROOT, Trial, read_lists, read_trials, sample, scored, table

from voice.recognition.phrases import sound_out, spoken_ways

WHISPER, MODEL = ROOT / ".work" / "whisper" / "bin" / "python", ROOT / ".work" / "whisper-base"
CACHE = FOLDER / "whisper.json"


def transcripts(trials: Sequence[Trial]) -> dict[Trial, tuple[str, float]]:
    """Text, and the milliseconds it took to hear it."""
    command = [str(WHISPER), str(ROOT / "bench" / "tools" / "whisper_hears.py"), str(MODEL), str(CACHE)]
    subprocess.run(command, input="\n".join(str(trial.path) for trial in trials), text=True, check=True)
    known = json.loads(CACHE.read_text(encoding="utf-8"))
    return {trial: tuple(known[hashlib.sha256(trial.path.read_bytes()).hexdigest()]) for trial in trials}


def sounds_of(text: str) -> tuple[str, ...]:
    """() for what is no Mandarin. What it says again and again counts once: Whisper does that in noise."""
    once = "".join(dict.fromkeys(re.split(r"[，。！？、\s]+", text)))
    kept = re.sub(r"[^0-9一-鿿]", "", once)[:40]
    try:
        return spoken_ways(kept)[0]
    except ValueError:
        return ()


def main() -> int:
    trials = sample(read_trials())
    if not trials or not WHISPER.exists() or not MODEL.exists():
        missing = MISSING if not trials else "Whisper base is not here: the comparison with it is left out."
        print(json.dumps({"left_out": missing}))
        return 0
    sounds = {name: sound_out(phrases).sounds for name, phrases in read_lists().items()}
    price = accent_pairs()
    heard = transcripts(trials)
    guesses = {}
    for trial, (text, _) in heard.items():
        phones = sounds_of(text)
        guesses[trial] = nearest([(phones, 0.0)], sounds[trial.list], price) if phones else Guess(None, float("-inf"))
    answers, threshold = decided(guesses)
    scores = scored(trials, answers)
    print(table(scores), file=sys.stderr)
    took = [ms for _, ms in heard.values()]
    result = {"threshold": round(-threshold, 3), "hear_ms_median": statistics.median(took), "hearing": scores}
    print(written("whisper_base", result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
