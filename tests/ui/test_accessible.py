"""What a screen reader from outside finds: every button by name, role and state, pressed as by a finger."""

import gc

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from ui_support import Kiosk

from ui.accessible import PRESS


def seen(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name(widget: QWidget) -> str:
    return seen(widget).text(QAccessible.Text.Name)


def press(widget: QWidget) -> None:
    seen(widget).actionInterface().doAction(PRESS)


def test_every_button_of_every_screen_is_told_as_it_is(kiosk: Kiosk) -> None:
    for label, _ in kiosk.rehearsal.walk(["old-age-allowance"]):
        for target in kiosk.window.view.targets():
            state = seen(target).state()
            assert seen(target).role() == QAccessible.Role.Button, label
            assert target.button.label, label
            assert name(target).startswith(target.button.label), label
            assert bool(state.disabled) == (not target.button.enabled), label
            assert bool(state.checked) == target.button.selected, label


def test_the_window_bears_the_name_of_its_screen(kiosk: Kiosk) -> None:
    kiosk.do("start")
    assert name(kiosk.window) == kiosk.screen.title
    kiosk.to_the_id_number()
    assert name(kiosk.window) == kiosk.screen.title


def test_a_press_from_outside_is_a_press(kiosk: Kiosk) -> None:
    press(kiosk.button("点这里开始"))
    assert kiosk.name == "home"


def test_a_disabled_button_has_nothing_to_press(kiosk: Kiosk) -> None:
    kiosk.to_the_id_number()
    disabled = [target for target in kiosk.window.view.targets() if not target.isEnabled()]
    for target in disabled:
        assert seen(target).actionInterface().actionNames() == []


def test_the_focused_button_is_told(kiosk: Kiosk) -> None:
    kiosk.do("start")
    kiosk.window.activateWindow()
    target = kiosk.window.view.targets()[2]
    target.setFocus()
    assert kiosk.window.focusWidget() is target
    assert seen(target).state().focusable


def test_what_is_asked_for_survives_that_screens_come_and_go(kiosk: Kiosk) -> None:
    for _ in range(20):
        for action in ("start", "settings", "resume", "home"):
            kiosk.do(action)
            for part in kiosk.window.view.pool.used:
                assert seen(part).isValid()
            gc.collect()
