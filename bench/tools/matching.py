"""Whole phrases matched in the space of initials and finals: what was heard, and the phrase of a list most like it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tools.trials import Answer, Trial

from voice.training.clips.accents import read_accents

MOST_FALSE = 0.03  # of clips outside the list, that a threshold lets through
GAP = 1.0  # what a sound more or less costs; another sound costs 1 at most
LIKE = 0.3  # what a sound costs that some accent has for the other
Phones = tuple[str, ...]
Price = Callable[[str, str], float]  # of hearing the second sound when the first is meant


@dataclass(frozen=True)
class Guess:
    """The phrase most like what was heard, and how sure that is: higher is surer, on a scale of the matcher's own."""

    phrase: str | None
    sure: float


def distance(meant: Phones, heard: Phones, price: Price) -> float:
    """Weighted edit distance."""
    row = [GAP * n for n in range(len(heard) + 1)]
    for i, one in enumerate(meant, 1):
        before, row[0] = row[0], GAP * i
        for j, other in enumerate(heard, 1):
            same = before if one == other else before + price(one, other)
            before, row[j] = row[j], min(same, row[j] + GAP, row[j - 1] + GAP)
    return row[-1]


def nearest(readings: Sequence[tuple[Phones, float]], sounds: Mapping[Phones, str], price: Price) -> Guess:
    """The phrase of `sounds` (sounds -> phrase) nearest to any of `readings` (sounds, what choosing it costs)."""
    found = [
        ((distance(meant, heard, price) + cost) / max(len(meant), 1), phrase)
        for heard, cost in readings
        for meant, phrase in sounds.items()
    ]
    if not found:
        return Guess(None, float("-inf"))
    least, phrase = min(found)
    return Guess(phrase, -least)


def accent_pairs() -> Price:
    """1 for another sound, LIKE for one that some accent has for it."""
    pairs = set()
    for profile in read_accents().values():
        for rule, _ in profile.habits:
            for one, other in {**rule.initials, **rule.endings}.items():
                pairs |= {(one, other), (other, one)}
    return lambda one, other: LIKE if (one, other) in pairs else 1.0


def decided(guesses: Mapping[Trial, Guess]) -> tuple[dict[Trial, Answer], float]:
    """The guesses as answers, accepted from the lowest threshold at which at most MOST_FALSE of the clips outside the
    list are; and that threshold."""
    outside = sorted((guess.sure for trial, guess in guesses.items() if not trial.inside), reverse=True)
    at = outside[int(MOST_FALSE * len(outside))] if outside else float("-inf")
    return {trial: Answer(guess.phrase, guess.sure > at) for trial, guess in guesses.items()}, at
