"""Measures a model on speakers and voices it was not trained on, and finds when to accept a phrase.

`python -m voice.training.evaluate --help`; prints one JSON document.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.recognition.bundled import BundledRecogniser, Evidence
from voice.recognition.model import Acceptance, check_model
from voice.training.package import seal, write_acceptance
from voice.training.trials import read_lists, read_trials

FALSE_ACCEPTS = 0.03  # of phrases outside the list, at most, when the threshold is chosen
AGAINST = {"lost", "lost_per_sound", "syllables_off", "unclear"}
FIRST_HALF = ("s18", "s20", "zf_xiaoyi", "jm_kumo")  # of the development speakers


@dataclass(frozen=True)
class Trial:
    """A clip heard with a list that holds what is said in it (`said`), or does not (None)."""

    said: str | None
    condition: str
    speaker: str
    found: Evidence


def heard(model: Path, folder: Path) -> list[Trial]:
    """What the model's two decoders find in every trial of `folder`."""
    recognisers = {name: BundledRecogniser(model, phrases) for name, phrases in read_lists(folder).items()}
    return [
        Trial(trial.said, trial.condition, trial.speaker, recognisers[trial.list].evidence(trial.samples))
        for trial in read_trials(folder)
    ]


def fit(found: Sequence[Trial]) -> tuple[float, dict[str, float], float]:
    """Logistic regression of "the best phrase is what was said" on the features: bias, weights, threshold.

    What can only speak against a phrase (AGAINST) never speaks for it: a weight that would is left out. The threshold
    lets FALSE_ACCEPTS of the phrases outside the list through.
    """
    usable = [trial for trial in found if trial.found.phrase is not None]
    names = sorted(usable[0].found.features)
    right = np.array([trial.found.phrase == trial.said for trial in usable], float)
    outside = np.array([trial.said is None for trial in usable])
    weight = np.where(outside, (~outside).sum() / max(outside.sum(), 1), 1.0)  # both kinds count alike
    while True:
        x = np.array([[trial.found.features[name] for name in names] for trial in usable])
        bias, weights = _logistic(x, right, weight)
        wrong = [name for name, value in zip(names, weights, strict=True) if name in AGAINST and value > 0]
        if not wrong:
            break
        names = [name for name in names if name not in wrong]
    chance = 1 / (1 + np.exp(-(bias + x @ weights)))
    everything_outside = sum(trial.said is None for trial in found)
    let_through = int(FALSE_ACCEPTS * everything_outside)
    ranked = np.sort(chance[outside])[::-1]
    least = float(ranked[let_through]) if len(ranked) > let_through else 0.5
    every = dict.fromkeys(usable[0].found.features, 0.0) | dict(zip(names, weights.tolist(), strict=True))
    return bias, every, round(least, 3)


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


def crossed(acceptance: Acceptance, found: Sequence[Trial]) -> dict[str, dict[str, float]]:
    """The report when each half of the speakers is judged by what was fitted on the other half."""
    halves = [
        [trial for trial in found if (trial.speaker.split()[0] in FIRST_HALF) == first] for first in (True, False)
    ]
    judged: dict[int, bool] = {}
    for here, other in (halves, halves[::-1]):
        bias, weights, least = fit(other)
        fitted = replace(acceptance, bias=bias, weights=weights, least=least)
        judged |= {id(trial): trial.found.heard(fitted) is not None for trial in here}
    return report(found, judged)


def accepted(acceptance: Acceptance, found: Sequence[Trial]) -> dict[int, bool]:
    return {id(trial): trial.found.heard(acceptance) is not None for trial in found}


def report(found: Sequence[Trial], accepted: Mapping[int, bool]) -> dict[str, dict[str, float]]:
    """By condition: `best` (the best phrase is right), `kept` (right and accepted), `wrong` (another phrase of the list
    accepted), and of phrases outside the list the part falsely accepted."""
    shown = {}
    for condition in (*dict.fromkeys(trial.condition for trial in found), "all"):
        here = [trial for trial in found if condition in (trial.condition, "all")]
        inside = [trial for trial in here if trial.said is not None]
        outside = [trial for trial in here if trial.said is None]
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


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure a voice model on voices it was not trained on.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--trials", type=Path, required=True, help="the folder that voice.training.trials wrote")
    parser.add_argument("--tune", action="store_true", help="choose anew when to accept, and write it into the model")
    arguments = parser.parse_args()
    found = heard(arguments.model, arguments.trials)
    if arguments.tune:
        tune(arguments.model, found)
    acceptance = check_model(arguments.model)
    shown = {
        "fitted": report(found, accepted(acceptance, found)),
        "crossed": crossed(acceptance, found),
    }
    print(json.dumps(shown, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
