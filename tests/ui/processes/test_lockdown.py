"""Nothing leads out of the window, and staff find their way into the maintenance screen."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_support import Kiosk

from kiosk.operations.maintenance import Maintenance, PartFound
from kiosk.walk.walk import PlayedLock
from ui.processes.lockdown import KNOCK_S, Chrome, Knock

UP, DOWN, LEFT, RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def chrome(kiosk: Kiosk, ended: list[str]) -> Iterator[Kiosk]:
    session, window = kiosk.rehearsal.session, kiosk.window
    found = [PartFound("store", "ok", "3 waiting", "")]
    session.maintenance = Maintenance(PlayedLock(is_set=True), lambda show: show(found), ended.append)
    filter_ = Chrome(window, lambda: window.theme.px_per_mm, session.open_maintenance, full_screen=True)
    yield kiosk
    QApplication.instance().removeEventFilter(filter_)
    QGuiApplication.restoreOverrideCursor()
    window.deleteLater()


def at_corner(kiosk: Kiosk, left: bool) -> QPoint:
    return QPoint(10, 10) if left else QPoint(kiosk.window.width() - 10, 10)


def tap(kiosk: Kiosk, at: QPoint) -> None:
    kiosk.seconds[0] += 1
    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)


def test_three_touches_in_each_upper_corner_ask_for_the_pin(chrome: Kiosk) -> None:
    for left in (True, True, True, False, False):
        tap(chrome, at_corner(chrome, left))
        assert not chrome.name.startswith("maintenance")
    tap(chrome, at_corner(chrome, False))
    assert chrome.name == "maintenance-pin"


def test_the_keypad_knocks_too_and_the_pin_leads_to_what_doctor_says(chrome: Kiosk, ended: list[str]) -> None:
    chrome.to_the_id_number()
    for key in (UP, UP, DOWN, DOWN, LEFT, RIGHT, LEFT, RIGHT):
        chrome.key(key)
    assert chrome.name == "maintenance-pin"
    for digit in PlayedLock.PIN:
        chrome.do(("type", digit))
        assert digit not in chrome.typed
    chrome.do("next")
    assert [row.value for row in chrome.screen.rows] == ["3 waiting"]
    chrome.do("restart")
    assert ended == ["restart"]
    chrome.do("resume")
    assert chrome.name == "question-resident_id"


def test_a_wrong_pin_is_said_and_ends_nothing(chrome: Kiosk, ended: list[str]) -> None:
    chrome.rehearsal.session.open_maintenance()
    chrome.do(("type", "1"), "next")
    assert chrome.name == "maintenance-pin"
    assert chrome.screen.error
    chrome.do("quit", "restart")
    assert ended == []


def test_a_knock_takes_no_longer_than_ten_seconds_and_nothing_comes_between() -> None:
    seconds = [0.0]
    slow, mixed = Knock(lambda: seconds[0]), Knock(lambda: 0.0)
    for where in ("top left",) * 3 + ("top right",) * 3:
        seconds[0] += KNOCK_S / 4
        assert not slow.heard(where)
    for where in ("top left", "top left", "top left", "elsewhere", "top right", "top right", "top right"):
        assert not mixed.heard(where)


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
def test_no_key_leads_out(chrome: Kiosk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    chrome.do("start")
    QTest.keyClick(chrome.window, key, modifier)
    assert chrome.window.isVisible()
    assert chrome.name in ("home", "goodbye")  # Escape means back here, as on every screen
    assert QApplication.activePopupWidget() is None


def test_neither_closing_nor_a_right_click_does_anything(chrome: Kiosk) -> None:
    assert not chrome.window.close()
    assert chrome.window.isVisible()
    middle = chrome.window.rect().center()
    QTest.mouseClick(chrome.window.windowHandle(), Qt.MouseButton.RightButton, pos=middle)
    QApplication.sendEvent(chrome.window, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, middle))
    assert (chrome.name, QApplication.activePopupWidget()) == ("attract", None)


def test_the_cursor_is_hidden_and_no_input_method_opens(chrome: Kiosk) -> None:
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.shape() == Qt.CursorShape.BlankCursor
    assert not chrome.window.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not chrome.window.acceptDrops()


@pytest.mark.qt_log_ignore("does not support raise")
def test_what_minimises_the_window_is_undone(chrome: Kiosk) -> None:
    chrome.window.showMinimized()
    assert not chrome.window.isMinimized()
    assert chrome.window.isFullScreen()


def test_the_keys_of_the_pin_are_not_heard(chrome: Kiosk) -> None:
    chrome.rehearsal.session.open_maintenance()
    for _ in range(20):
        chrome.key(RIGHT)
    heard = ["".join(said) for said in chrome.speaker.heard if said]
    assert heard, "the other buttons are read"
    assert not any(re.match(r"\d", said) for said in heard)
