"""Accents: how Mandarin sounds change in the mouths of people who grew up with another kind of Chinese.

The rules and how usual they are stand in assets/accents.yaml.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from voice.recognition.pinyin import INITIALS

ACCENTS = Path(__file__).parents[3] / "assets" / "accents.yaml"
PLAIN = "(" + "|".join(INITIALS) + ")?(.+)"


class AccentError(Exception):
    """The file of accents cannot be used; the message says what to mend."""


@dataclass(frozen=True)
class Rule:
    """One habit: which initials, ends of syllables and whole syllables become which others. All toneless pinyin."""

    initials: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    syllables: Mapping[str, str] = field(default_factory=dict)

    def of(self, syllable: str) -> str:
        """The toneless `syllable` as somebody with this habit says it."""
        if syllable in self.syllables:
            return self.syllables[syllable]
        found = re.fullmatch(PLAIN, syllable)
        initial, rest = (found[1] or "", found[2]) if found else ("", syllable)
        ending = next((end for end in self.endings if re.fullmatch(f"[iuvwy]?{end}", rest)), "")
        rest = rest.removesuffix(ending) + self.endings.get(ending, "")
        return self.initials.get(initial, initial) + rest


@dataclass(frozen=True)
class Profile:
    """The accent of a region: its habits, each with the share (0 to 1) of speakers who have it."""

    name: str
    habits: tuple[tuple[Rule, float], ...]

    def speaker(self, dice: random.Random) -> tuple[Rule, ...]:
        """The habits of one random speaker."""
        return tuple(rule for rule, share in self.habits if dice.random() < share)


def read_accents(path: Path = ACCENTS) -> dict[str, Profile]:
    """The profiles by name. AccentError."""
    try:
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        rules = {name: Rule(**tables) for name, tables in data["rules"].items()}
        return {
            name: Profile(name, tuple((rules[rule], float(share)) for rule, share in habits.items()))
            for name, habits in data["profiles"].items()
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise AccentError(f"{path} is no file of accents: mend {error}.") from error


def spoken_by(speaker: Sequence[Rule], syllables: Sequence[str]) -> list[str]:
    """Syllables with tone numbers ("nv3") as one speaker says them. Of two habits that fit a syllable both apply."""
    spoken = []
    for syllable in syllables:
        plain = syllable.rstrip("012345")
        tone = syllable[len(plain) :]
        for rule in speaker:
            plain = rule.of(plain)
        spoken.append(plain + tone)
    return spoken


def surface(syllables: Sequence[str], profile: Profile, dice: random.Random) -> list[str]:
    """`syllables` (pinyin with tone numbers) as one random speaker of `profile` says them in one utterance."""
    return spoken_by(profile.speaker(dice), syllables)
