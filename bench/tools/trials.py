"""The clips of voice.training.trials that recognisers are measured on, and what is counted of their answers."""

import csv
import json
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".work" / "voice-training" / "trials"
MODEL = ROOT / "assets" / "voice_model"
MISSING = f"The clips to measure on are not in {FOLDER.relative_to(ROOT)}: docs/voice.md says how they are made."
INSIDE, OUTSIDE = 30, 20  # clips of each condition that slow recognisers hear
REGIONS = ("jianghuai", "sichuan", "cantonese", "foreign")


@dataclass(frozen=True)
class Trial:
    """A clip, and the list it is heard with; `inside`: the list holds `text`, which is what is said."""

    path: Path
    condition: str
    list: str
    text: str
    inside: bool
    speaker: str

    @property
    def region(self) -> str:
        """Of an accented speaker; else ""."""
        last = self.speaker.split()[-1]
        return last if last in REGIONS else ""


@dataclass(frozen=True)
class Answer:
    """A recogniser's answer: its best guess, whether it stands by it, and the two it asks about when it cannot tell."""

    best: str | None
    accepted: bool
    between: tuple[str, ...] = ()


def read_trials(folder: Path = FOLDER) -> list[Trial]:
    """All trials; none when they were not made."""
    if not (folder / "trials.tsv").exists():
        return []
    with (folder / "trials.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Trial(folder / r["file"], r["condition"], r["list"], r["text"], r["inside"] == "1", r["speaker"])
            for r in rows
        ]


def read_lists(folder: Path = FOLDER) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    return found


def sample(trials: Sequence[Trial], inside: int = INSIDE, outside: int = OUTSIDE) -> list[Trial]:
    """So many random clips of each condition, the same ones in all that have the same clips."""
    found = []
    for condition in dict.fromkeys(trial.condition for trial in trials):
        for kind, most in ((True, inside), (False, outside)):
            here = [trial for trial in trials if trial.condition == condition and trial.inside is kind]
            found += random.Random(3).sample(here, min(most, len(here)))
    return found


def scored(trials: Sequence[Trial], answers: Mapping[Trial, Answer]) -> dict[str, dict[str, Any]]:
    """What `score` says of each condition, and of each region of the accented clips, for the trials with an answer."""
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        if trial in answers:
            groups.setdefault(trial.condition, []).append(trial)
            if trial.region:
                groups.setdefault(f"accented: {trial.region}", []).append(trial)
    return {name: score(group, answers) for name, group in groups.items()}


def score(trials: Sequence[Trial], answers: Mapping[Trial, Answer]) -> dict[str, Any]:
    """Of clips in the list: `best` (the best guess is right), `kept` (and accepted), `asked` (not accepted, but one of
    the two asked about), `wrong` (another phrase accepted); of the others `false` (accepted). Each as [share, lower,
    upper], the bounds of 95 %."""
    inside = [(trial, answers[trial]) for trial in trials if trial.inside]
    outside = [answers[trial] for trial in trials if not trial.inside]
    return {
        "inside": len(inside),
        "best": part(answer.best == trial.text for trial, answer in inside),
        "kept": part(answer.accepted and answer.best == trial.text for trial, answer in inside),
        "asked": part(not answer.accepted and trial.text in answer.between for trial, answer in inside),
        "wrong": part(answer.accepted and answer.best != trial.text for trial, answer in inside),
        "outside": len(outside),
        "false": part(answer.accepted for answer in outside),
        "false_asked": part(not answer.accepted and bool(answer.between) for answer in outside),
    }


def part(yes: Iterable[bool]) -> list[float] | None:
    """[share, lower, upper] with Wilson's bounds of 95 %; None of nothing."""
    values = list(yes)
    if not values:
        return None
    n, share, z = len(values), sum(values) / len(values), 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return [round(share, 3), round(max(middle - reach, 0), 3), round(min(middle + reach, 1), 3)]


def table(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """For people: best, kept, wrong and false of each condition, in per cent."""
    lines = [f"{'':26}" + "".join(f"{name:>8}" for name in ("clips", "best", "kept", "asked", "wrong", "false"))]
    for condition, found in scores.items():
        shares = (found[name] for name in ("best", "kept", "asked", "wrong", "false"))
        shown = "".join(f"{100 * share[0]:8.1f}" if share else f"{'-':>8}" for share in shares)
        lines.append(f"{condition:26}{found['inside']:>4}+{found['outside']:<3}{shown}")
    return "\n".join(lines)
