"""Presses that slip, tremble and come twice, on the real widgets; the hand is bench.unsteady's model."""

import subprocess
import sys

import pytest
from project import ASSETS
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from ui_support import Kiosk

from ui.widgets.touch import meant

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pad(kiosk: Kiosk) -> Kiosk:
    kiosk.to_the_id_number()
    return kiosk


def tap(kiosk: Kiosk, down: QPoint, up: QPoint | None = None) -> None:
    """As the touch screen delivers it: to whatever is there."""
    handle = kiosk.window.windowHandle()
    QTest.mousePress(handle, LEFT, NONE, down)
    if up is not None:
        QTest.mouseMove(handle, up)
    QTest.mouseRelease(handle, LEFT, NONE, up or down)


def beside(kiosk: Kiosk, label: str, mm: float) -> QPoint:
    """So many millimetres above a key."""
    place = kiosk.button(label).geometry()
    return QPoint(place.center().x(), place.top() - kiosk.window.theme.mm(mm))


def test_a_press_just_beside_one_key_counts_for_it(pad: Kiosk) -> None:
    tap(pad, beside(pad, "1", 0.5))
    assert pad.typed == "1"


def test_a_press_in_the_middle_between_two_keys_selects_nothing(pad: Kiosk) -> None:
    one, two = pad.button("1").geometry(), pad.button("2").geometry()
    tap(pad, QPoint((one.right() + two.left()) // 2, one.center().y()))
    assert pad.typed == ""


def test_a_finger_that_trembles_over_the_edge_has_not_slid_off(pad: Kiosk) -> None:
    place = pad.button("1").geometry()
    tap(pad, place.center(), QPoint(place.center().x(), place.top() - pad.window.theme.mm(2)))
    assert pad.typed == "1"
    pad.seconds[0] += 1
    tap(pad, place.center(), QPoint(place.center().x(), place.top() - pad.window.theme.mm(12)))
    assert pad.typed == "1"


def test_a_second_tap_beside_the_key_is_dead_too(pad: Kiosk) -> None:
    tap(pad, beside(pad, "1", 0.5))
    pad.seconds[0] += 0.2
    tap(pad, beside(pad, "1", 0.5))
    assert pad.typed == "1"


def test_no_forgiveness_where_none_is_set(pad: Kiosk) -> None:
    pad.window.view._guard.forgive_mm = 0.0
    tap(pad, beside(pad, "1", 0.5))
    assert pad.typed == ""


def test_the_second_finger_does_nothing(pad: Kiosk) -> None:
    screen = QTest.createTouchDevice()
    handle = pad.window.windowHandle()
    first, second = (pad.button(label).geometry().center() for label in "12")

    def fingers(*what: tuple[str, int, QPoint]) -> None:
        event = QTest.touchEvent(handle, screen)
        for move, finger, point in what:
            getattr(event, move)(finger, point, handle)
        event.commit(True)

    fingers(("press", 0, first))
    fingers(("move", 0, first), ("press", 1, second))
    fingers(("move", 0, first), ("release", 1, second))
    assert pad.typed == ""
    fingers(("release", 0, first))
    assert pad.typed == "1"


def test_a_press_is_meant_for_the_nearest_or_for_none() -> None:
    places = [QRect(0, 0, 100, 100), QRect(130, 0, 100, 100)]
    assert meant(QPoint(50, 50), places, 30, 10) == 0
    assert meant(QPoint(105, 50), places, 30, 10) == 0
    assert meant(QPoint(125, 50), places, 30, 10) == 1
    assert meant(QPoint(114, 50), places, 30, 10) is None
    assert meant(QPoint(50, 140), places, 30, 10) is None


def test_an_unsteady_hand_types_a_number_with_tremor(pad: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key once, scattered as published, each with a tremor's second tap; what it means must come out."""
    monkeypatch.syspath_prepend(str(ASSETS.parent))
    from bench.unsteady import UnsteadyHand

    hand, wrong, typed = UnsteadyHand(1), 0, 0
    for digit in "123456789" * 12:
        pad.do("clear")
        pad.seconds[0] += 1
        place = pad.button(digit).geometry()
        tap(pad, hand.aim(place, pad.window.theme.px_per_mm))
        pad.seconds[0] += hand.second_tap_s()
        tap(pad, hand.aim(place, pad.window.theme.px_per_mm))
        typed += pad.typed == digit
        wrong += pad.typed not in ("", digit)
    assert typed >= 0.97 * 108
    assert wrong <= 0.02 * 108


def test_the_figures_of_forgiveness_can_be_printed() -> None:
    run = subprocess.run([sys.executable, "-m", "bench.unsteady", "--presses", "200"], capture_output=True, text=True)
    assert run.returncode == 0
    assert "16.0 mm" in run.stdout
