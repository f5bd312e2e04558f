"""Ways to hear any list of phrases, on the same clips: `python bench/matching.py` prints one JSON line, and a table.

A: syllables are decoded freely, and whole phrases matched over the best readings by weighted edit distance of initials
and finals. C: the same, weighted by the confusions measured on the synthetic training speech. B: the graph compiled for
the list, as voice/recognition/recogniser.py does. Each accepts from the threshold that lets 3 % of the clips outside
the list through.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import vosk
from numpy.typing import NDArray
from tools.matching import Guess, Phones, Price, accent_pairs, decided, nearest
from tools.result import written
from tools.trials import FOLDER, MISSING, MODEL, Trial, read_lists, read_trials, sample, scored, table

from voice.audio.recordings import RATE, read_wav
from voice.recognition.bundled import BundledRecogniser
from voice.recognition.graph import filler_graph
from voice.recognition.model import check_model, load
from voice.recognition.phrases import sound_out
from voice.recognition.pinyin import phones_of
from voice.recognition.syllables import SYLLABLES
from voice.training.confusions import costs, counted, spoken

INSIDE, OUTSIDE = 60, 40  # clips of each condition
READINGS, BEAM = 10, 4.0
LOUDNESS = 0.3  # what a unit of log-likelihood that a reading is worse counts, in sounds
COUNTED = 300  # clips that confusions are counted on
SPEECH = FOLDER.parent / "synthetic" / "kokoro"
Sound = NDArray[np.int16]
Hearer = Callable[[Sound], Guess]
PAUSE = np.zeros(RATE * 3 // 10, np.int16)


class FreeSyllables:
    """Any syllables in any order, heard with READINGS readings."""

    def __init__(self) -> None:
        self._acceptance = check_model(MODEL)
        self._model = load(MODEL, filler_graph(self._acceptance.filler_cost), SYLLABLES, BEAM)

    def readings(self, sound: Sound) -> list[tuple[Phones, float]]:
        """The sounds of each reading, and how much worse it is than the best (log-likelihood, scaled to sounds)."""
        decoder = vosk.KaldiRecognizer(self._model, RATE)
        decoder.SetMaxAlternatives(READINGS)
        decoder.AcceptWaveform(np.concatenate((PAUSE, sound, PAUSE)).tobytes())
        found = json.loads(decoder.FinalResult())["alternatives"]
        best = found[0]["confidence"]
        return [(phones_of(one["text"].split()), LOUDNESS * (best - one["confidence"])) for one in found if one["text"]]


def by_distance(free: FreeSyllables, phrases: Sequence[str], price: Price) -> Hearer:
    sounds = sound_out(phrases).sounds
    return lambda sound: nearest(free.readings(sound), sounds, price)


def by_graph(phrases: Sequence[str]) -> Hearer:
    recogniser, acceptance = BundledRecogniser(MODEL, phrases), check_model(MODEL)

    def hear(sound: Sound) -> Guess:
        found = recogniser.evidence(sound)
        return Guess(found.phrase, found.chance(acceptance))

    return hear


def measured_confusions() -> Price:
    """-log P(heard | meant) above that of the sound itself, scaled so that a sound never heard for it costs 1."""
    tables = costs(counted(MODEL, spoken([SPEECH], "", COUNTED)))
    prices: dict[tuple[str, str], float] = {}
    rest: dict[str, float] = {}
    for sounds in tables.values():
        for meant, heard in sounds.items():
            own, other = heard.get(meant, 0.0), heard["*"]
            rest[meant] = 1.0
            for sound, cost in heard.items():
                prices[meant, sound] = min(max((cost - own) / max(other - own, 0.1), 0.0), 1.0)
    return lambda meant, heard: prices.get((meant, heard), rest.get(meant, 1.0))


def tried(
    trials: Sequence[Trial], lists: Mapping[str, Sequence[str]], design: Callable[[Sequence[str]], Hearer]
) -> dict[str, Any]:
    """Scores by condition, and the processor time of preparing a list and of hearing one clip with 40 phrases."""
    compile_ms: dict[str, float] = {}
    hearers = {}
    for name, phrases in lists.items():
        times = []
        for _ in range(5):
            started = time.process_time()
            hearers[name] = design(phrases)
            times.append(1000 * (time.process_time() - started))
        compile_ms[name] = round(statistics.median(times), 1)
    guesses, took = {}, []
    for trial in trials:
        sound = read_wav(trial.path)
        started = time.process_time()
        guesses[trial] = hearers[trial.list](sound)
        if trial.list != "long":
            took.append(1000 * (time.process_time() - started))
    answers, _ = decided(guesses)
    return {
        "list_of_40_ms": compile_ms["kiosk"],
        "list_of_300_ms": compile_ms["long"],
        "hear_ms_median": round(statistics.median(took), 1),
        "hearing": scored(trials, answers),
    }


def main() -> int:
    trials = sample(read_trials(), INSIDE, OUTSIDE)
    if not trials:
        print(json.dumps({"left_out": MISSING}))
        return 0
    lists, free, like = read_lists(), FreeSyllables(), accent_pairs()
    result = {
        "A free syllables, accent pairs": tried(trials, lists, lambda phrases: by_distance(free, phrases, like)),
        "B graph of the list": tried(trials, lists, by_graph),
    }
    if SPEECH.exists():
        price = measured_confusions()
        result["C free syllables, measured confusions"] = tried(
            trials, lists, lambda phrases: by_distance(free, phrases, price)
        )
    for name, found in result.items():
        times = ", ".join(f"{key} {value}" for key, value in found.items() if key != "hearing")
        print(f"{name}: {times}\n{table(found['hearing'])}", file=sys.stderr)
    print(written("matching", result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
