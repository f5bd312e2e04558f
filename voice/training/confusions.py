"""Which sounds the model takes for which: free syllables it hears, beside those that were meant, as costs for matching.

`python -m voice.training.confusions --help`. The cost of hearing h when m is meant is -log P(h | m), apart for initials
and finals, from counts over clips of one accent.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.audio.recordings import read_wav
from voice.recognition.bundled import BundledRecogniser
from voice.recognition.graph import Costs
from voice.recognition.model import ACCENTS
from voice.recognition.pinyin import INITIALS, PHONES, readings, syllable_phones
from voice.training.clips.accents import read_accents
from voice.training.clips.corpus import read_manifest, usable

NO_INITIAL = ""
PRIOR = 0.2  # times that each sound counts as heard for each other one before anything is counted
FINALS = tuple(phone for phone in PHONES if phone not in INITIALS)
MOST = 600  # clips heard for each profile
DEAREST = 3.0  # cost up to which a confusion is written down
FEWEST = 2  # times that a confusion must have been heard to be written down
Said = tuple[NDArray[np.int16], tuple[str, ...]]  # samples at 16 kHz, and the toneless syllables that were meant


@dataclass
class Counts:
    """How often each (meant, heard) pair was met; `dropped` syllables were not heard, `added` ones not meant."""

    initials: Counter[tuple[str, str]] = field(default_factory=Counter)
    finals: Counter[tuple[str, str]] = field(default_factory=Counter)
    dropped: int = 0
    added: int = 0

    def add(self, meant: Sequence[str], heard: Sequence[str]) -> None:
        for one, other in aligned(meant, heard):
            if one is None:
                self.added += 1
            elif other is None:
                self.dropped += 1
            else:
                (initial, final), (heard_initial, heard_final) = parts(one), parts(other)
                self.initials[initial, heard_initial] += 1
                self.finals[final, heard_final] += 1


def parts(syllable: str) -> tuple[str, str]:
    """Initial (NO_INITIAL when there is none) and final. Syllables such as weng, of two finals, count as the last."""
    phones = syllable_phones(syllable)
    return (phones[0] if phones[0] in INITIALS else NO_INITIAL), phones[-1]


def distance(one: str, other: str) -> float:
    """0 for the same syllable, 1 for one with nothing in common."""
    return sum(a != b for a, b in zip(parts(one), parts(other), strict=True)) / 2


def aligned(meant: Sequence[str], heard: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """The cheapest pairing of two rows of syllables in their order; None stands opposite one without a partner."""
    lone = 0.75  # two halves that differ are still a pair, rather than one dropped and one added
    best = [[lone * (i + j) for j in range(len(heard) + 1)] for i in range(len(meant) + 1)]
    for i, one in enumerate(meant, 1):
        for j, other in enumerate(heard, 1):
            pair = best[i - 1][j - 1] + distance(one, other)
            best[i][j] = min(pair, best[i - 1][j] + lone, best[i][j - 1] + lone)
    pairs: list[tuple[str | None, str | None]] = []
    i, j = len(meant), len(heard)
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + distance(meant[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((meant[i], heard[j]))
        elif i and best[i][j] == best[i - 1][j] + lone:
            i -= 1
            pairs.append((meant[i], None))
        else:
            j -= 1
            pairs.append((None, heard[j]))
    return pairs[::-1]


def counted(model: Path, clips: Iterable[Said]) -> Counts:
    """What `model` hears freely in `clips`, counted against what was meant."""
    recogniser = BundledRecogniser(model, ["需要帮助"])  # free syllables are heard beside any list
    counts = Counts()
    for samples, meant in clips:
        counts.add(meant, recogniser.evidence(samples).syllables)
    return counts


def costs(counts: Counts) -> dict[str, dict[str, dict[str, float]]]:
    """{"initials", "finals": {meant: {heard: cost, "*": cost of every sound not named}}}, natural logarithms.

    A sound that was never meant is not there. The initial of a syllable without one is "".
    """
    return {
        "initials": _table(counts.initials, (*INITIALS, NO_INITIAL)),
        "finals": _table(counts.finals, FINALS),
    }


def _table(pairs: Mapping[tuple[str, str], int], sounds: Sequence[str]) -> dict[str, dict[str, float]]:
    table = {}
    for meant in sounds:
        heard = {other: count for (one, other), count in sorted(pairs.items()) if one == meant}
        if heard:
            total = sum(heard.values()) + PRIOR * len(sounds)
            often = {other: count for other, count in heard.items() if count >= FEWEST or other == meant}
            shares = {other: (count + PRIOR) / total for other, count in often.items()} | {"*": PRIOR / total}
            table[meant] = {other: round(-math.log(share), 2) for other, share in shares.items()}
    return table


def accent_costs(counts: Counts, dearest: float) -> Costs:
    """What a phrase graph takes: {meant: {heard: cost above that of the sound itself}}, of those up to `dearest`."""
    found: dict[str, dict[str, float]] = {}
    for table in costs(counts).values():
        for meant, heard in table.items():
            own = heard.get(meant, heard["*"])
            above = {other: round(max(cost - own, 0), 2) for other, cost in heard.items() if other in PHONES}
            usual = {other: cost for other, cost in above.items() if other != meant and cost <= dearest}
            if meant in PHONES and usual:
                found[meant] = usual
    return found


def spoken(folders: Sequence[Path], accent: str, most: int, seed: int = 1) -> Iterator[Said]:
    """At most `most` clips of the corpora, drawn at random, whose speaker is named with `accent` ("" for any)."""
    clips = [clip for folder in folders for clip, _ in usable(read_manifest(folder)) if accent in clip.speaker]
    for clip in random.Random(seed).sample(clips, min(most, len(clips))):
        if clip.text:  # single syllables are labelled otherwise
            yield read_wav(clip.path), readings(clip.text)[0]


def confused(model: Path, clips: Sequence[Path], most: int = MOST, dearest: float = DEAREST) -> dict[str, Costs]:
    """The costs of every profile of accents.yaml, heard by `model`; what was counted goes to the error stream."""
    found = {}
    for profile in read_accents():
        counts = counted(model, spoken(clips, "" if profile == "default" else profile, most))
        found[profile] = accent_costs(counts, dearest)
        print(json.dumps({"profile": profile, **summary(counts)}, ensure_ascii=False), file=sys.stderr)
    return found


def write_accents(out: Path, profiles: Mapping[str, Costs]) -> None:
    """What each accent profile takes for what: {profile: {meant: {heard: cost}}}."""
    (out / ACCENTS).write_text(json.dumps(profiles, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def summary(counts: Counts) -> dict[str, object]:
    """How many syllables were heard, what part of their sounds was right, and what was most confused."""
    pairs = counts.initials + counts.finals
    right = sum(count for (meant, heard), count in pairs.items() if meant == heard)
    confused = [(meant, heard, count) for (meant, heard), count in pairs.most_common() if meant != heard]
    return {
        "syllables": counts.finals.total(),
        "right": round(right / max(pairs.total(), 1), 3),
        "dropped": counts.dropped,
        "added": counts.added,
        "confused": [f"{meant or '-'} as {heard or '-'}: {count}" for meant, heard, count in confused[:20]],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Count which sounds a voice model takes for which.")
    parser.add_argument("--model", type=Path, required=True, help="gets its accents.json anew")
    parser.add_argument("--clips", type=Path, nargs="+", required=True, help="folders of clips with a manifest.tsv")
    parser.add_argument("--most", type=int, default=MOST, help="clips to hear for each profile")
    parser.add_argument("--dearest", type=float, default=DEAREST, help="cost up to which a confusion is written down")
    given = parser.parse_args()
    write_accents(given.model, confused(given.model, given.clips, given.most, given.dearest))
    return 0


if __name__ == "__main__":
    sys.exit(main())
