"""A scanner that types is told from fingers by its speed alone."""

import pytest

from kiosk.devices.wedge import GAP_S, LONGEST, Wedge

FAST, FINGER = 0.008, 0.12


def press(wedge: Wedge[str], text: str, gap: float, start: float = 100.0) -> list[bool]:
    return [wedge.takes(one, one, start + at * gap) for at, one in enumerate(text)]


def test_a_burst_with_enter_is_a_scan() -> None:
    wedge: Wedge[str] = Wedge()
    assert all(press(wedge, "YLK1:400000000002\r", FAST))
    assert wedge.due() == ([], "YLK1:400000000002")
    assert not wedge.waiting


def test_a_burst_without_enter_is_a_scan_too() -> None:
    wedge: Wedge[str] = Wedge()
    press(wedge, "400000000002", FAST)
    assert wedge.due() == ([], "400000000002")


def test_a_finger_is_handed_over_key_by_key() -> None:
    wedge: Wedge[str] = Wedge()
    handed: list[str] = []
    for at, key in enumerate("1101051949"):
        if not wedge.takes(key, key, at * FINGER):
            handed += wedge.due()[0]
            assert wedge.takes(key, key, at * FINGER)
    handed += wedge.due()[0]
    assert handed == list("1101051949")


def test_a_trembling_finger_that_hits_twice_or_thrice_is_no_scan() -> None:
    wedge: Wedge[str] = Wedge()
    press(wedge, "555", 0.03)
    assert wedge.due() == (["5", "5", "5"], "")


def test_enter_alone_is_the_persons() -> None:
    wedge: Wedge[str] = Wedge()
    assert not wedge.takes("\r", "\r", 1.0)
    press(wedge, "12", FINGER)
    assert not wedge.takes("\r", "\r", 200.0)


@pytest.mark.parametrize("key", ["", "\t", "\x1b", " "])
def test_other_keys_never_begin_a_scan(key: str) -> None:
    assert not Wedge[str]().takes("key", key, 1.0)


def test_spaces_within_a_scan_belong_to_it() -> None:
    wedge: Wedge[str] = Wedge()
    assert all(press(wedge, "AB CD EF", FAST))
    assert wedge.due() == ([], "AB CD EF")


def test_an_endless_burst_is_cut_off() -> None:
    wedge: Wedge[str] = Wedge()
    press(wedge, "7" * 5000, FAST)
    assert wedge.due() == ([], "7" * LONGEST)


def test_a_clock_just_at_the_limit() -> None:
    wedge: Wedge[str] = Wedge()
    assert all(press(wedge, "1234", GAP_S * 0.99))
    assert press(Wedge(), "1234", GAP_S * 1.1) == [True, False, False, False]
