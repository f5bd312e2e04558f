"""A quick hand and a trembling one on the real keypad: a small run of bench/keys.py, whose hands these are."""

import pytest
from project import ASSETS
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _bench(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.syspath_prepend(str(ASSETS.parent))


def test_every_number_of_a_quick_hand_is_kept_as_it_was_meant() -> None:
    from bench.keys import quick_hand

    found = quick_hand(6, seed=3)
    assert found["right"] == found["numbers"] == 6
    assert found["repeated_digits"] >= 3


def test_no_digit_of_a_trembling_hand_is_doubled() -> None:
    from bench.keys import trembling_hand

    assert trembling_hand(60, seed=3) == {"digits": 60, "doubled": 0, "lost": 0}


def test_shorter_and_longer_dead_times_would_not_do_for_both_hands() -> None:
    from bench.keys import with_dead_times

    chosen = with_dead_times(0.25, 0.125, 2000, seed=3)
    assert chosen["lost"] <= 0.003
    assert chosen["doubled"] <= 0.005
    assert with_dead_times(0.3, 0.125, 2000, seed=3)["lost"] > 0.1
    assert with_dead_times(0.2, 0.125, 2000, seed=3)["doubled"] > 0.005
    assert with_dead_times(0.0, 0.5, 2000, seed=3)["lost"] > 0.9, "0.5 s from the release"
