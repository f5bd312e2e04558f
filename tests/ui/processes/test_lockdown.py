"""Nothing leads out of the window, and staff find their way into the maintenance screen."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_support import Kiosk

from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.state.maintenance import Finding
from kiosk.walk.staff import KnownPin
from ui.processes import lockdown
from ui.processes.lockdown import Lockdown
from ui.processes.staff_gesture import WITHIN_S, StaffGesture

UP, DOWN, LEFT, RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def locked(kiosk: Kiosk, ended: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    monkeypatch.setattr(lockdown, "StaffGesture", lambda: StaffGesture(lambda: 0.0))  # however slow the machine is
    session, window = kiosk.rehearsal.session, kiosk.window
    found = [Finding("store", "ok", "3 waiting", "")]
    session.maintained_by(MaintenanceService(KnownPin(is_set=True), lambda show: show(found), ended.append))
    filter_ = Lockdown(window, lambda: window.theme.px_per_mm, session.open_maintenance, full_screen=True)
    yield kiosk
    QApplication.instance().removeEventFilter(filter_)
    QGuiApplication.restoreOverrideCursor()
    window.deleteLater()


def at_corner(kiosk: Kiosk, left: bool) -> QPoint:
    return QPoint(10, 10) if left else QPoint(kiosk.window.width() - 10, 10)


def tap(kiosk: Kiosk, at: QPoint) -> None:
    kiosk.seconds[0] += 1
    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)


def test_three_touches_in_each_upper_corner_ask_for_the_pin(locked: Kiosk) -> None:
    for left in (True, True, True, False, False):
        tap(locked, at_corner(locked, left))
        assert not locked.name.startswith("maintenance")
    tap(locked, at_corner(locked, False))
    assert locked.name == "maintenance-pin"


def test_a_gesture_by_keys_asks_for_the_pin_too_and_it_leads_to_what_doctor_says(
    locked: Kiosk, ended: list[str]
) -> None:
    locked.to_the_id_number()
    for key in (UP, UP, DOWN, DOWN, LEFT, RIGHT, LEFT, RIGHT):
        locked.key(key)
    assert locked.name == "maintenance-pin"
    for digit in KnownPin.PIN:
        locked.do(("type", digit))
        assert digit not in locked.typed
    locked.do("next")
    assert [row.value for row in locked.screen.rows] == ["3 waiting"]
    locked.do("restart")
    assert ended == ["restart"]
    locked.do("resume")
    assert locked.name == "question-resident_id"


def test_a_wrong_pin_is_said_and_ends_nothing(locked: Kiosk, ended: list[str]) -> None:
    locked.rehearsal.session.open_maintenance()
    locked.do(("type", "1"), "next")
    assert locked.name == "maintenance-pin"
    assert locked.screen.error
    locked.do("quit", "restart")
    assert ended == []


def test_a_gesture_takes_no_longer_than_ten_seconds_and_nothing_comes_between() -> None:
    seconds = [0.0]
    slow, mixed = StaffGesture(lambda: seconds[0]), StaffGesture(lambda: 0.0)
    for where in ("top left",) * 3 + ("top right",) * 3:
        seconds[0] += WITHIN_S / 4
        assert not slow.take(where)
    for where in ("top left", "top left", "top left", "elsewhere", "top right", "top right", "top right"):
        assert not mixed.take(where)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Super_L, Qt.KeyboardModifier.MetaModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_no_key_leads_out(locked: Kiosk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    locked.do("start")
    QTest.keyClick(locked.window, key, modifier)
    assert locked.window.isVisible()
    assert locked.name in ("home", "goodbye")  # Escape means back here, as on every screen
    assert QApplication.activePopupWidget() is None


def test_neither_closing_nor_a_right_click_does_anything(locked: Kiosk) -> None:
    assert not locked.window.close()
    assert locked.window.isVisible()
    middle = locked.window.rect().center()
    QTest.mouseClick(locked.window.windowHandle(), Qt.MouseButton.RightButton, pos=middle)
    QApplication.sendEvent(locked.window, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, middle))
    assert (locked.name, QApplication.activePopupWidget()) == ("attract", None)


def test_the_cursor_is_hidden_and_no_input_method_opens(locked: Kiosk) -> None:
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.shape() == Qt.CursorShape.BlankCursor
    assert not locked.window.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not locked.window.acceptDrops()


@pytest.mark.qt_log_ignore("does not support raise")
def test_what_minimises_the_window_is_undone(locked: Kiosk) -> None:
    locked.window.showMinimized()
    assert not locked.window.isMinimized()
    assert locked.window.isFullScreen()


def test_the_keys_of_the_pin_are_not_heard(locked: Kiosk) -> None:
    locked.rehearsal.session.open_maintenance()
    for _ in range(20):
        locked.key(RIGHT)
    heard = ["".join(said) for said in locked.speaker.heard if said]
    assert heard, "the other buttons are read"
    assert not any(re.match(r"\d", said) for said in heard)
