"""Counting which sounds are taken for which: pairing syllables, counts, costs."""

import math

import pytest

from voice.training.confusions import Counts, accent_costs, aligned, costs, parts


def test_syllables_are_paired_with_those_most_like_them() -> None:
    assert aligned(["shui", "ping"], ["sui", "pin"]) == [("shui", "sui"), ("ping", "pin")]
    assert aligned(["lao", "nian", "bu", "tie"], ["nian", "bu", "de", "tie"]) == [
        ("lao", None), ("nian", "nian"), ("bu", "bu"), (None, "de"), ("tie", "tie"),
    ]  # fmt: skip
    assert aligned([], ["a"]) == [(None, "a")]


def test_bare_syllables_have_no_initial() -> None:
    assert parts("yi") == ("", "i")
    assert parts("shi") == ("sh", "iii")


def test_what_is_often_taken_for_another_sound_costs_little() -> None:
    counts = Counts()
    for heard, times in (("shui", 60), ("sui", 39), ("hui", 1)):
        for _ in range(times):
            counts.add(["shui"], [heard])
    counts.add(["shui"], [])
    found = costs(counts)
    sh = found["initials"]["sh"]
    assert sh["sh"] < sh["s"] < sh["*"]
    assert "h" not in sh  # once is chance
    assert abs(sh["s"] + math.log(0.39)) < 0.1
    assert list(found["finals"]) == ["ui"]
    assert counts.dropped == 1
    assert accent_costs(counts, dearest=2) == {"sh": {"s": pytest.approx(sh["s"] - sh["sh"])}}
