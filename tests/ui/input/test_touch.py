"""Patience with an unsteady hand, on the real buttons."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk, touch

from ui.widgets.label import Label
from ui.widgets.touch import LOST_S

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(kiosk: Kiosk) -> Kiosk:
    """At the ID number, with its digit pad."""
    kiosk.to_the_id_number()
    return kiosk


def test_nothing_happens_before_the_finger_is_lifted(pad: Kiosk) -> None:
    key = pad.button("1")
    QTest.mousePress(key, LEFT, pos=key.rect().center())
    assert pad.typed == ""
    QTest.mouseRelease(key, LEFT, pos=key.rect().center())
    assert pad.typed == "1"


def test_sliding_off_cancels_even_when_the_finger_comes_back(pad: Kiosk) -> None:
    key = pad.button("1")
    QTest.mousePress(key, LEFT, pos=key.rect().center())
    QTest.mouseMove(key, QPoint(-40, 10))
    QTest.mouseMove(key, key.rect().center())
    QTest.mouseRelease(key, LEFT, pos=key.rect().center())
    assert pad.typed == ""


def test_a_second_tap_of_a_tremor_does_not_count(pad: Kiosk) -> None:
    key = pad.button("1")
    touch(key)
    for _ in range(5):  # a tremor of 4.2 Hz goes on and on
        pad.seconds[0] += 0.24
        touch(key)
    assert pad.typed == "1"


@pytest.mark.parametrize("interval", [0.3, 0.4, 0.5])
def test_a_repeated_digit_of_a_quick_hand_counts_each_time(pad: Kiosk, interval: float) -> None:
    for _ in range(4):
        touch(pad.button("0"))
        pad.seconds[0] += interval
    assert pad.typed == "0000"


def test_a_finger_that_comes_back_as_it_leaves_does_not_count(pad: Kiosk) -> None:
    key = pad.button("1")
    QTest.mousePress(key, LEFT, pos=key.rect().center())
    pad.seconds[0] += 0.4
    QTest.mouseRelease(key, LEFT, pos=key.rect().center())
    pad.seconds[0] += 0.1
    touch(key)
    assert pad.typed == "1"


def test_who_was_answered_by_words_has_time_to_hear_them(pad: Kiosk) -> None:
    pad.press("1")
    pad.press("全删掉")
    assert pad.screen.remark
    pad.seconds[0] += 0.4
    touch(pad.button("全删掉"))
    assert pad.typed == "1"


def test_a_number_goes_at_the_second_touch_only(pad: Kiosk) -> None:
    for digit in "11010":
        pad.press(digit)
    pad.press("全删掉")
    assert pad.typed == "11010"
    assert "再按一次" in pad.screen.notices[0]
    pad.press("5")
    pad.press("全删掉")
    assert pad.typed == "110105", "only two touches one after the other count"
    pad.press("全删掉")
    assert pad.typed == ""


def test_a_call_is_given_up_at_the_second_touch_only(kiosk: Kiosk) -> None:
    kiosk.do("start", "help")
    kiosk.press("不用来了")
    assert kiosk.rehearsal.hall.call_state is not None
    kiosk.press("不用来了")
    assert not kiosk.rehearsal.session.state.waits_for_staff


def test_another_key_is_not_dead(pad: Kiosk) -> None:
    touch(pad.button("1"))
    touch(pad.button("2"))
    assert pad.typed == "12"


def test_a_second_tap_does_not_press_what_the_next_screen_shows_there(kiosk: Kiosk) -> None:
    kiosk.to_a_whole_name()
    touch(kiosk.button("下一步"))
    assert kiosk.name == "question-resident_id"
    error_before = kiosk.rehearsal.session.screen().error
    kiosk.seconds[0] = 0.3
    touch(kiosk.button("下一步"))
    assert kiosk.rehearsal.session.screen().error == error_before == ""
    kiosk.seconds[0] = 0.6
    touch(kiosk.button("下一步"))
    assert kiosk.rehearsal.session.screen().error


def test_the_first_finger_wins(pad: Kiosk) -> None:
    first, second = pad.button("1"), pad.button("9")
    QTest.mousePress(first, LEFT, pos=first.rect().center())
    QTest.mousePress(second, LEFT, pos=second.rect().center())
    QTest.mouseRelease(second, LEFT, pos=second.rect().center())
    QTest.mouseRelease(first, LEFT, pos=first.rect().center())
    assert pad.typed == "1"


def test_two_fingers_on_the_glass_press_one_key(pad: Kiosk) -> None:
    device = QTest.createTouchDevice()
    window, first, second = pad.window, pad.button("1"), pad.button("9")
    places = [window.mapFromGlobal(one.mapToGlobal(one.rect().center())) for one in (first, second)]
    QTest.touchEvent(window, device).press(0, places[0], window).press(1, places[1], window).commit()
    QTest.touchEvent(window, device).move(0, places[0], window).release(1, places[1], window).commit()
    QTest.touchEvent(window, device).release(0, places[0], window).commit()
    assert pad.typed == "1"


def test_a_palm_at_rest_on_the_page_blocks_no_finger(kiosk: Kiosk) -> None:
    kiosk.do("start")
    device, window, card = QTest.createTouchDevice(), kiosk.window, kiosk.button("高龄津贴")
    place, palm = window.mapFromGlobal(card.mapToGlobal(card.rect().center())), QPoint(3, 1300)
    QTest.touchEvent(window, device).press(0, palm, window).commit()
    QTest.touchEvent(window, device).stationary(0).press(1, place, window).commit()
    QTest.touchEvent(window, device).stationary(0).release(1, place, window).commit()
    assert kiosk.screen.kind == "prerequisites"
    QTest.touchEvent(window, device).release(0, palm, window).commit()
    assert kiosk.screen.kind == "prerequisites"


def test_one_finger_on_the_glass_presses_and_reads_aloud(pad: Kiosk) -> None:
    device, window, key = QTest.createTouchDevice(), pad.window, pad.button("5")
    place = window.mapFromGlobal(key.mapToGlobal(key.rect().center()))
    QTest.touchEvent(window, device).press(0, place, window).commit()
    assert pad.typed == ""
    QTest.touchEvent(window, device).release(0, place, window).commit()
    assert pad.typed == "5"
    title = next(
        part for part in pad.window.view.pool.used if isinstance(part, Label) and part.string == pad.screen.title
    )
    place = window.mapFromGlobal(title.mapToGlobal(title.rect().center()))
    QTest.touchEvent(window, device).press(0, place, window).commit()
    QTest.touchEvent(window, device).release(0, place, window).commit()
    assert pad.speaker.heard[-1] == (pad.screen.title,)


def test_a_near_miss_selects_nothing(pad: Kiosk) -> None:
    one, two = pad.button("1").geometry(), pad.button("2").geometry()
    between = QPoint((one.right() + two.left()) // 2, one.center().y())
    assert not one.contains(between)
    assert not two.contains(between)
    said = len(pad.speaker.heard)
    QTest.mouseClick(pad.window.view, LEFT, pos=between)
    assert pad.typed == ""
    assert len(pad.speaker.heard) == said


@pytest.mark.parametrize("gone", ["hidden", "disabled"])
def test_a_finger_on_a_button_that_cannot_be_let_go_blocks_nothing(pad: Kiosk, gone: str) -> None:
    key = pad.button("1")
    QTest.mousePress(key, LEFT, pos=key.rect().center())
    key.hide() if gone == "hidden" else key.set(replace(key.button, enabled=False), key.style_)
    touch(pad.button("2"))
    assert pad.typed == "2"


def test_a_finger_on_a_button_that_goes_away_blocks_nothing(pad: Kiosk) -> None:
    key = pad.button("1")
    QTest.mousePress(key, LEFT, pos=key.rect().center())
    pad.do("back", "next")
    touch(pad.button("2"))
    assert pad.typed == "2"


def test_a_finger_that_the_glass_has_lost_blocks_nobody_for_long(pad: Kiosk) -> None:
    key = pad.button("1")
    QTest.mousePress(key, LEFT, pos=key.rect().center())
    pad.seconds[0] += 1
    touch(pad.button("2"))
    assert pad.typed == ""
    pad.seconds[0] += LOST_S
    touch(pad.button("2"))
    assert pad.typed == "2"


def test_who_touches_beside_the_buttons_is_there(pad: Kiosk) -> None:
    session = pad.rehearsal.session
    for _ in range(4):
        pad.ticks(100)  # half a minute and more
        QTest.mouseClick(pad.window.view, LEFT, pos=QPoint(2, 2))
    assert session.state.overlay != "idle"
