"""Measures a model on speakers and voices it was not trained on, and finds when to accept a phrase.

`python -m voice.training.evaluate --help`; prints one JSON document.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.model import check_model
from voice.recogniser import Evidence, Recogniser
from voice.stretch import stretched
from voice.training.augment import Dice, Wave, babble, in_room, mixed, shifted
from voice.training.corpus import DEVELOPMENT_SPEAKERS, read_manifest
from voice.training.dataset import load_wave
from voice.training.features import RATE
from voice.training.package import seal, write_acceptance
from voice.training.synthesis import development_phrases

CONDITIONS = ("clean", "room", "babble", "old")
FALSE_ACCEPTS = 0.05  # of phrases outside the list, at most, when the threshold is chosen


@dataclass(frozen=True)
class Trial:
    """A clip heard with a list that holds what is said in it (`said`), or does not (None)."""

    said: str | None
    condition: str
    found: Evidence


def heard_as(wave: Wave, condition: str, others: Sequence[Wave], dice: Dice) -> Wave:
    """`wave` as a kiosk's microphone hears it: in a room, in 10 dB of babble, or from an old voice."""
    if condition == "room":
        return in_room(wave, dice)
    if condition == "babble":
        return mixed(wave, babble(len(wave), others, dice, people=int(dice.integers(2, 7))), 10)
    if condition == "old":  # pitch x 0.8, tempo x 0.75
        lower = np.clip(shifted(wave, 0.8), -32768, 32767).astype(np.int16)
        return stretched(lower, RATE, 0.8 / 0.75).astype(np.float32)
    return wave


def trials(model: Path, development: Path, speech: Path) -> list[Trial]:
    """Every development clip in every condition: kiosk phrases by the synthetic voices, words by the students."""
    phrases = development_phrases()
    others = [load_wave(clip.path) for clip in read_manifest(speech) if clip.speaker in DEVELOPMENT_SPEAKERS][::12]
    spoken = [(clip.text, load_wave(clip.path)) for clip in read_manifest(development)]
    kiosk = Recogniser(model, phrases["listed"])
    found = [
        Trial(text if text in phrases["listed"] else None, condition, evidence)
        for text, condition, evidence in _heard(kiosk, spoken, others)
    ]
    return found + _student_trials(model, speech, phrases["listed"], others)


def _student_trials(model: Path, speech: Path, listed: Sequence[str], others: Sequence[Wave]) -> list[Trial]:
    """Two takes of 12 words by each kept-out student, with a list that has the words and with one that has not."""
    clips = [clip for clip in read_manifest(speech) if clip.speaker in DEVELOPMENT_SPEAKERS]
    words = sorted({clip.text for clip in clips})
    with_words = Recogniser(model, [*listed[: len(listed) - len(words)], *words])
    # One of two words that differ in tone alone (北京, 背景) cannot be heard.
    spoken = [(clip.text, load_wave(clip.path)) for clip in clips[::6] if clip.text not in with_words.unheard]
    without = Recogniser(model, listed)
    return [Trial(*heard) for heard in _heard(with_words, spoken, others)] + [
        Trial(None, condition, evidence) for _, condition, evidence in _heard(without, spoken[::2], others)
    ]


def _heard(
    recogniser: Recogniser, spoken: Sequence[tuple[str, Wave]], others: Sequence[Wave]
) -> Iterator[tuple[str, str, Evidence]]:
    for number, (text, wave) in enumerate(spoken):
        for condition in CONDITIONS:
            dice = np.random.default_rng([number, CONDITIONS.index(condition)])
            sound = np.clip(heard_as(wave, condition, others, dice), -32768, 32767).astype(np.int16)
            yield text, condition, recogniser.evidence(sound)


def fit(found: Sequence[Trial]) -> tuple[float, dict[str, float], float]:
    """Logistic regression of "the best phrase is what was said" on the features: bias, weights, threshold.

    The threshold lets FALSE_ACCEPTS of the phrases outside the list through.
    """
    usable = [trial for trial in found if trial.found.phrase is not None]
    names = sorted(usable[0].found.features)
    x = np.array([[trial.found.features[name] for name in names] for trial in usable])
    right = np.array([trial.found.phrase == trial.said for trial in usable], float)
    outside = np.array([trial.said is None for trial in usable])
    weight = np.where(outside, (~outside).sum() / max(outside.sum(), 1), 1.0)  # both kinds count alike
    bias, weights = _logistic(x, right, weight)
    chance = 1 / (1 + np.exp(-(bias + x @ weights)))
    everything_outside = sum(trial.said is None for trial in found)
    let_through = int(FALSE_ACCEPTS * everything_outside)
    ranked = np.sort(chance[outside])[::-1]
    least = float(ranked[let_through]) if len(ranked) > let_through else 0.5
    return bias, dict(zip(names, weights.tolist(), strict=True)), round(least, 3)


def _logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Weighted logistic regression with a little ridge, by Newton's method on standardised columns."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    columns = np.column_stack((np.ones(len(x)), (x - mean) / spread))
    theta = np.zeros(columns.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(columns @ theta, -30, 30)))
        slope = columns.T @ (weight * (y - chance)) - theta
        curve = (columns * (weight * chance * (1 - chance))[:, None]).T @ columns + np.eye(len(theta))
        theta = theta + np.linalg.solve(curve, slope)
    weights = theta[1:] / spread
    return float(theta[0] - weights @ mean), weights


def tune(model: Path, found: Sequence[Trial]) -> None:
    """Writes the acceptance that fits `found` into the model folder."""
    bias, weights, least = fit(found)
    write_acceptance(model, replace(check_model(model), bias=bias, weights=weights, least=least))
    seal(model)


def report(model: Path, found: Sequence[Trial]) -> dict[str, dict[str, float]]:
    """By condition: `best` (the best phrase is right), `kept` (right and accepted), `wrong` (another phrase of the list
    accepted), and of phrases outside the list the part falsely accepted."""
    acceptance = check_model(model)
    shown = {}
    for condition in (*CONDITIONS, "all"):
        here = [trial for trial in found if condition in (trial.condition, "all")]
        inside = [trial for trial in here if trial.said is not None]
        outside = [trial for trial in here if trial.said is None]
        accepted = {id(trial): trial.found.chance(acceptance) >= acceptance.least for trial in here}
        shown[condition] = {
            "clips": len(inside),
            "best": _part(trial.found.phrase == trial.said for trial in inside),
            "kept": _part(trial.found.phrase == trial.said and accepted[id(trial)] for trial in inside),
            "wrong": _part(trial.found.phrase != trial.said and accepted[id(trial)] for trial in inside),
            "outside": len(outside),
            "falsely_accepted": _part(accepted[id(trial)] for trial in outside),
        }
    return shown


def _part(yes: Iterator[bool]) -> float:
    values = list(yes)
    return round(sum(values) / len(values), 3) if values else float("nan")


def large_list(model: Path, speech: Path, size: int = 300, spoken: int = 200) -> dict[str, float]:
    """Words by a speaker of the training data: this measures long lists, not new voices."""
    dice = random.Random(5)
    clips = [clip for clip in read_manifest(speech) if clip.path.parent.name == "words" and 2 <= len(clip.text) <= 3]
    chosen = dice.sample(clips, size)
    recogniser = Recogniser(model, [clip.text for clip in chosen])
    best = 0
    for clip in chosen[:spoken]:
        best += recogniser.evidence(load_wave(clip.path).astype(np.int16)).phrase == clip.text
    return {"phrases": size, "clips": spoken, "best": round(best / spoken, 3)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure a voice model on voices it was not trained on.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--development", type=Path, required=True, help="what voice.training.synthesis wrote there")
    parser.add_argument("--speech", type=Path, required=True, help="the unpacked corpus")
    parser.add_argument("--tune", action="store_true", help="choose anew when to accept, and write it into the model")
    arguments = parser.parse_args()
    found = trials(arguments.model, arguments.development, arguments.speech)
    if arguments.tune:
        tune(arguments.model, found)
    shown = report(arguments.model, found)
    print(json.dumps({"development": shown, "large_list": large_list(arguments.model, arguments.speech)}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
