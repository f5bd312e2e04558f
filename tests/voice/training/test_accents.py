"""Accented speech: the sounds that change, the same for the same dice, and only sounds that the model has."""

import random
from pathlib import Path

import pytest

from voice.recognition.pinyin import syllable_phones
from voice.recognition.syllables import SYLLABLES
from voice.training.clips.accents import AccentError, read_accents, spoken_by, surface

PROFILES = read_accents()
PHRASE = ["shui3", "ping2", "hu2", "nan2", "ren2"]


def everyone(profile: str) -> set[str]:
    """All ways that two hundred speakers of a profile say 水平湖男人."""
    return {" ".join(surface(PHRASE, PROFILES[profile], random.Random(n))) for n in range(200)}


@pytest.mark.parametrize(
    ("profile", "way"),
    [
        ("jianghuai", "sui3 pin2 hu2 lan2 ren2"),
        ("sichuan", "sui3 pin2 fu2 lan2 ren2"),
        ("cantonese", "sui3 ping2 wu2 lan2 yan2"),
    ],
)
def test_people_of_a_region_say_it_their_way_and_some_say_it_plainly(profile: str, way: str) -> None:
    assert way in everyone(profile)
    assert len(everyone(profile)) > 4


def test_sichuan_keeps_n_before_i() -> None:
    ways = {" ".join(surface(["ni3", "nan2"], PROFILES["sichuan"], random.Random(n))) for n in range(50)}
    assert ways == {"ni3 nan2", "ni3 lan2"}


def test_same_dice_same_speaker() -> None:
    ways = [surface(PHRASE, PROFILES["default"], random.Random(5)) for _ in range(2)]
    assert ways[0] == ways[1]


def test_only_the_end_that_is_meant_changes() -> None:
    (ang_as_an,) = (rule for rule, _ in PROFILES["jianghuai"].habits if "ang" in rule.endings)
    assert spoken_by([ang_as_an], ["guang1", "liang4", "wang2", "shan1", "jing1"]) == [
        "guan1", "lian4", "wan2", "shan1", "jing1",
    ]  # fmt: skip
    (eng_as_en,) = (rule for rule, _ in PROFILES["jianghuai"].habits if "eng" in rule.endings)
    assert spoken_by([eng_as_en], ["leng3", "weng1", "ling2"]) == ["len3", "wen1", "ling2"]


def test_whatever_anybody_says_has_sounds() -> None:
    for profile in PROFILES.values():
        for number in range(20):
            for spoken in surface(SYLLABLES, profile, random.Random(number)):
                assert syllable_phones(spoken)


def test_broken_file_says_what_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "accents.yaml"
    path.write_text("rules: {}\nprofiles: {x: {flat: 0.5}}\n", encoding="utf-8")
    with pytest.raises(AccentError, match="flat"):
        read_accents(path)
